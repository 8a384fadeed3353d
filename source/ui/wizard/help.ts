import type {HelpTopic} from '../components/help.tsx';
import type {ScreenName} from './state.ts';

const general: HelpTopic = {
  title: 'Everywhere',
  entries: [
    {keys: 'Enter', does: 'continue; the defaults lead to a rollout of the smallest tier'},
    {keys: 'Esc', does: 'back; no answer is lost'},
    {keys: 'up/down', does: 'move; j k, g G, Home End, PgUp PgDn too'},
    {keys: '?', does: 'this help'},
    {keys: 'q, Ctrl+C', does: 'leave; nothing changes before a plan was confirmed'},
  ],
};

const forms: HelpTopic = {
  title: 'Questions',
  entries: [
    {keys: 'up/down, Tab', does: 'another question'},
    {keys: 'left/right', does: 'another choice; Space and h l too'},
    {keys: 'typing', does: 'changes a value; an emptied field goes back to its default'},
    {keys: 'Ctrl+A Ctrl+E', does: 'start and end of the text; Ctrl+W, Ctrl+U and Ctrl+K delete as in a shell'},
  ],
};

const topics: Readonly<Partial<Record<ScreenName, readonly HelpTopic[]>>> = {
  welcome: [
    {
      title: 'Welcome',
      entries: [
        {keys: 'p', does: 'saved profiles: use, rename, copy, remove, export, import'},
        {keys: 'c', does: 'check this host: ports, subnets, disk, Docker and more'},
      ],
    },
  ],
  checks: [
    {
      title: 'Checks',
      entries: [
        {keys: 'Enter', does: 'take over a port or subnet that is free, where one is offered'},
        {keys: 'right', does: 'read a finding whole; left or Esc closes it'},
        {keys: 'i', does: 'ignore what forbids a rollout, for this run; asks first'},
        {keys: 'r', does: 'check again'},
      ],
    },
  ],
  basics: [
    forms,
    {
      title: 'Words',
      entries: [
        {keys: 'Tier', does: 'a starting selection and what a host should have for it'},
        {keys: 'Environment', does: 'part of the project name; several can share a server'},
        {keys: 'Phase', does: 'a step of the rollout; the next one starts when it is healthy'},
      ],
    },
  ],
  components: [
    {
      title: 'Picking',
      entries: [
        {keys: 'Space', does: 'pick or leave out; on a line with + it adds one under a name of its own'},
        {keys: 'left/right', does: 'another way to deploy it, where there is one'},
        {keys: 'Tab', does: 'next phase; Shift-Tab the one before'},
        {keys: 's', does: 'settings of what was picked'},
      ],
    },
  ],
  settings: [forms],
  profiles: [
    {
      title: 'Profiles',
      entries: [
        {keys: 'Enter', does: 'use its answers, which the next screens show'},
        {keys: 'r, c', does: 'rename it, copy it under another name'},
        {keys: 'x, Delete', does: 'remove it, after a question'},
        {keys: 'e', does: 'export it to a YAML file in this folder; it holds no secret'},
        {keys: 'i', does: 'import one from a file'},
      ],
    },
  ],
  review: [
    {
      title: 'The plan',
      entries: [
        {keys: 'w', does: 'write the files only'},
        {keys: 'd', does: 'show what changes in each file'},
        {keys: 'r', does: 'look again at the host and the files'},
        {keys: 's', does: 'settings'},
      ],
    },
  ],
};

export const wizardHelp = (screen: ScreenName): readonly HelpTopic[] => [...(topics[screen] ?? []), general];
