import type {HelpTopic} from '../components/help.tsx';
import type {ScreenName} from './state.ts';

const general: HelpTopic = {
  title: 'Everywhere',
  entries: [
    {keys: 'Enter', does: 'continue; the defaults lead to a rollout of the largest tier that fits this host'},
    {keys: 'Esc', does: 'back; no answer is lost'},
    {keys: 'up/down', does: 'move; j k, g G, Home End, PgUp PgDn too'},
    {keys: '?', does: 'this help'},
    {keys: 'q, Ctrl+C', does: 'leave; nothing changes before a plan was confirmed'},
  ],
};

const forms: HelpTopic = {
  title: 'Questions',
  entries: [
    {keys: 'up/down', does: 'another question'},
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
        {keys: 'right', does: 'settings of this one, on a line with + the list of them; s has all settings'},
        {keys: 'v V', does: 'another way to deploy it, where there is one'},
        {keys: 'a', does: 'pick all of the phase; when all are picked, leave them out'},
        {keys: '/', does: 'show only what has these words; Enter keeps the filter, Esc clears it'},
        {keys: 'Tab, 1-9', does: 'next phase, phase of that number; Shift-Tab the one before'},
      ],
    },
    {
      title: 'Words',
      entries: [
        {keys: 'of memory', does: 'what all services may use together at most, of what this host has'},
        {keys: 'CPU limits', does: 'what they may use at most; processors are shared, so the sum may be more than there are'},
      ],
    },
  ],
  instances: [
    {
      title: 'The list',
      entries: [
        {keys: 'Enter, e', does: 'settings of this one'},
        {keys: 'n, +', does: 'add one under a name of its own'},
        {keys: 'r', does: 'another name; settings stay, but what is deployed has the old one and counts as another'},
        {keys: 'x, Delete', does: 'remove it, after a question'},
      ],
    },
  ],
  settings: [
    forms,
    {
      title: 'Settings',
      entries: [
        {keys: 'Tab', does: 'the next one that needs an answer; when none does, the next component. Shift-Tab goes back'},
        {keys: 'Ctrl+R', does: 'show a secret, or hide it again; it hides by itself when the cursor leaves'},
      ],
    },
  ],
  edited: [
    {
      title: 'Edited files',
      entries: [
        {keys: 'Keep mine', does: 'what you added or changed moves to the 90- overlay, which is merged last'},
        {keys: 'Take', does: 'the new file is written; your copy stays in .infra-wizard/generations'},
        {keys: 'PgUp PgDn', does: 'scroll the difference'},
      ],
    },
  ],
  removal: [
    {
      title: 'Removal',
      entries: [
        {keys: 'y', does: 'go on: the containers are stopped and removed, data volumes stay'},
        {keys: 'n, Enter', does: 'back; pick it again to keep it'},
      ],
    },
  ],
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
        {keys: 'e', does: 'back to the answer that decided the line; Esc or Enter leads here again'},
        {keys: 'right', does: 'open a line with a mark; left closes it, Space does both'},
        {keys: '1-9', does: 'go to a section'},
        {keys: 'w', does: 'write the files only'},
        {keys: 'd', does: 'show what changes in each file, or hide it'},
        {keys: 'r', does: 'look again at the host and the files'},
        {keys: 's', does: 'settings'},
      ],
    },
  ],
};

export const wizardHelp = (screen: ScreenName): readonly HelpTopic[] => [...(topics[screen] ?? []), general];
