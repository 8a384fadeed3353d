import type {HelpTopic} from '../components/help.tsx';

export const statusHelp: readonly HelpTopic[] = [
  {
    title: 'Keys',
    entries: [
      {keys: 'up/down', does: 'another service; j k, g G, PgUp PgDn too'},
      {keys: 'l, Enter', does: 'follow its log; l or Esc closes it'},
      {keys: 'f', does: 'in a log: back to its end'},
      {keys: 'r', does: 'restart it, after asking'},
      {keys: '/', does: 'filter: a part of a name, or unhealthy, exited, drift, missing; Esc shows all'},
      {keys: '< >', does: 'order by another column; I turns the order round'},
      {keys: '1-9', does: 'only that phase; 0 or a shows all'},
      {keys: 'q, Ctrl+C', does: 'leave; everything keeps running'},
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
