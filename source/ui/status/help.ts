import type {HelpTopic} from '../components/help.tsx';

export const statusHelp: readonly HelpTopic[] = [
  {
    title: 'Keys',
    entries: [
      {keys: 'up/down', does: 'another service; j k, g G, PgUp PgDn too'},
      {keys: 'Enter', does: 'open it: everything about one service'},
      {keys: 'l', does: 'follow its log; l or Esc closes it'},
      {keys: ':', does: 'all actions by name: type, then Enter'},
      {keys: '/', does: 'filter: a part of a name, or unhealthy, exited, drift, missing; Esc shows all'},
      {keys: '< >', does: 'order by another column; I turns the order round'},
      {keys: '1-9', does: 'only that phase; 0 or a shows all'},
      {keys: '?', does: 'this help; Esc closes it'},
      {keys: 'q, Ctrl+C', does: 'leave; everything keeps running'},
    ],
  },
  {
    title: 'What can be done to a service',
    entries: [
      {keys: 'r', does: 'restart it, after asking'},
      {keys: 's', does: 'stop it, after asking: it says what depends on it'},
      {keys: 'S', does: 'start it'},
      {keys: 'u', does: 'apply its overlay again, after asking: compose makes it anew where it differs'},
      {keys: 'e', does: 'a shell in it; exit comes back here'},
      {keys: 'o', does: 'open its address; without a desktop it is copied by your terminal (OSC 52)'},
      {keys: 'W', does: 'save its whole log to a new file in the folder you are in'},
    ],
  },
  {
    title: 'One service',
    entries: [
      {keys: 'Tab, 1-6', does: 'another page of it; Shift-Tab and arrows too'},
      {keys: 'Esc', does: 'back to the table'},
    ],
  },
  {
    title: 'Its log',
    entries: [
      {keys: 'up/down', does: 'look back; f or the end of it follows again'},
      {keys: '/', does: 'search; capitals count only when you type one; Esc ends the search'},
      {keys: 'n N', does: 'the next match, the one before'},
      {keys: 'w', does: 'wrap long lines; without it left and right move sideways'},
      {keys: 't', does: 'when each line was written, by the clock here'},
      {keys: 'bar', does: 'in front of a line: it went to standard error'},
    ],
  },
  {
    title: 'Columns',
    entries: [
      {keys: 'Health', does: 'what its own health check says; - means that it has none'},
      {keys: 'Overlay', does: 'differs: the next rollout makes it anew; in none: no overlay knows it'},
      {keys: 'Restarts', does: 'how often the engine restarted it'},
      {keys: 'Uptime', does: 'since its last start'},
      {keys: 'CPU', does: 'of one core: 200% are two cores; the line is its last 20 samples, against its limit or one core'},
      {keys: 'Memory', does: 'in use, of what it may use; the line is against that limit'},
      {keys: 'Net, Disk', does: 'bytes a second in and out, read and written: 1.2M/300k'},
    ],
  },
];
