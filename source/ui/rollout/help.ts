import type {HelpTopic} from '../components/help.tsx';

export const rolloutHelp: readonly HelpTopic[] = [
  {
    title: 'Keys',
    entries: [
      {keys: 'up/down', does: 'scroll; j k, g G, PgUp PgDn too'},
      {keys: 'f, Esc', does: 'follow what is being worked on'},
      {keys: 'i', does: 'layers of the images under way, and again without'},
      {keys: 'q', does: 'asks whether to stop'},
      {keys: 'Ctrl+C', does: 'stops after what is under way; a second time leaves at once'},
    ],
  },
  {
    title: 'When something fails',
    entries: [
      {keys: 'Enter', does: 'takes the marked answer; nothing goes on before'},
      {keys: 'Tab', does: 'the next failure, when there are several; Shift-Tab the one before'},
      {keys: 'PgUp PgDn', does: 'scroll its output'},
    ],
  },
  {
    title: 'What happens',
    entries: [
      {keys: 'phase', does: 'its services start once their images are here and what they depend on is healthy'},
      {keys: 'stopping', does: 'loses nothing: what runs is left as it is, and the next run goes on from there'},
    ],
  },
];
