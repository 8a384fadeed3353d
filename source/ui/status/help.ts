import type {HelpTopic} from '../components/help.tsx';

export const statusHelp: readonly HelpTopic[] = [
  {
    title: 'Keys',
    entries: [
      {keys: 'up/down', does: 'another service; j k, g G, PgUp PgDn too'},
      {keys: 'l, Enter', does: 'follow its log; l or Esc closes it'},
      {keys: 'f', does: 'in a log: back to its end'},
      {keys: 'r', does: 'restart it, after asking'},
      {keys: 'q, Ctrl+C', does: 'leave; everything keeps running'},
    ],
  },
  {
    title: 'Columns',
    entries: [
      {keys: 'Health', does: 'what its own health check says; - means that it has none'},
      {keys: 'Uptime', does: 'since its last start; (3x) means that the engine restarted it three times'},
      {keys: 'CPU', does: 'of one core: 200% are two cores'},
      {keys: 'Memory', does: 'in use, of what it may use'},
    ],
  },
];
