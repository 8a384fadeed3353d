/** Every screen on recorded data, with the keys that lead to it. */
import type {ResourceEvent} from '../../source/events.ts';
import type {View} from '../../source/ui/app.tsx';
import type {WizardServices} from '../../source/ui/services.ts';
import {keys} from '../helpers/render-screen.ts';
import {catalogue} from './catalogue.ts';
import * as recorded from './fixtures.ts';
import {withProfiles} from './profiles.ts';
import {failingRollout, recordingServices, standing, statusServices} from './services.ts';

export interface Scene {
  /** A fresh one each time: streams can be read only once. */
  readonly view: () => View;
  /** Text to wait for, then the key to press. */
  readonly way: readonly (readonly [text: string, key: string])[];
  /** On the screen once the scene is complete. */
  readonly complete: string;
}

export const wizard = (services: WizardServices = recordingServices([]), answers = recorded.answers): View => ({
  kind: 'wizard',
  catalog: catalogue,
  services,
  answers,
});

const rollout = (events: readonly ResourceEvent[]): View => ({
  kind: 'rollout',
  open: ({signal}) => standing(events, signal),
  titles: recorded.titles,
  links: recorded.review.links,
});

const whole = async function* (): AsyncGenerator<ResourceEvent> {
  yield* recorded.finished;
};

const titlesOnTheWay = ['1/5', '2/5', '3/5', 'Checks of this host', '4/5 Save'];

/** Enter on the first `count` screens. */
const forward = (count: number): Scene['way'] => titlesOnTheWay.slice(0, count).map(title => [title, keys.enter]);

const withoutDocker = () =>
  recordingServices([], {inspectHost: async () => recorded.bareHost, review: async () => recorded.fileOnlyReview});

const shop = {...recorded.answers, components: {...recorded.answers.components, shop: 'standalone', sql: 'standalone'}};

export const scenes = {
  welcome: {view: () => wizard(), way: [], complete: 'Compose'},
  'welcome-bare': {view: () => wizard(withoutDocker()), way: [], complete: 'not installed'},
  checks: {view: () => wizard(), way: [['Compose', 'c']], complete: 'Ports are free'},
  'checks-finding': {
    view: () => wizard(),
    way: [
      ['Compose', 'c'],
      ['Ports are free', 'l'],
    ],
    complete: 'https_port=8443',
  },
  'checks-ignore': {
    view: () => wizard(),
    way: [
      ['Compose', 'c'],
      ['Ports are free', 'i'],
    ],
    complete: 'Ignore D49',
  },
  basics: {view: () => wizard(), way: [['Compose', keys.enter]], complete: '2/5'},
  components: {view: () => wizard(), way: forward(2), complete: '3/5'},
  naming: {
    view: () => wizard(),
    way: [...forward(2), ...'jjjjj'.split('').map(key => ['3/5', key] as const), ['❯ + Site', ' ']],
    complete: 'called',
  },
  settings: {view: () => wizard(recordingServices([]), shop), way: forward(3), complete: 'Shop title'},
  review: {view: () => wizard(), way: forward(3), complete: 'Checks of this host'},
  'review-blocked': {
    view: () => wizard(recordingServices([], {review: async () => recorded.blockedReview})),
    way: forward(3),
    complete: 'Checks of this host',
  },
  profile: {view: () => wizard(), way: forward(4), complete: 'Save as'},
  profiles: {view: () => wizard(withProfiles()), way: [['Compose', 'p']], complete: '❯ blog'},
  'profiles-rename': {
    view: () => wizard(withProfiles()),
    way: [
      ['Compose', 'p'],
      ['❯ blog', 'r'],
    ],
    complete: 'New name',
  },
  'profiles-remove': {
    view: () => wizard(withProfiles()),
    way: [
      ['Compose', 'p'],
      ['❯ blog', 'x'],
    ],
    complete: 'Remove blog',
  },
  'profiles-empty': {view: () => wizard(), way: [['Compose', 'p']], complete: 'No profiles'},
  written: {
    view: () => wizard(withoutDocker()),
    way: [...forward(3), ['4/5 Review', keys.enter], ['Save as', keys.enter]],
    complete: 'The files are written',
  },
  help: {view: () => wizard(), way: [...forward(2), ['3/5', '?']], complete: 'Keys and words'},
  rollout: {view: () => rollout(recorded.midway), way: [], complete: 'needs log'},
  failure: {
    view: () => ({
      kind: 'rollout',
      open: ({decide}) => failingRollout([recorded.unhealthy, recorded.outOfMemory], decide),
      titles: recorded.titles,
      links: recorded.review.links,
    }),
    way: [],
    complete: 'What now?',
  },
  'failure-oom': {
    view: () => ({
      kind: 'rollout',
      open: ({decide}) => failingRollout([recorded.outOfMemory], decide),
      titles: recorded.titles,
      links: recorded.review.links,
    }),
    way: [],
    complete: 'Go on without',
  },
  finished: {
    view: () => ({kind: 'rollout', open: whole, titles: recorded.titles, links: recorded.review.links}),
    way: [],
    complete: 'All 3 services',
  },
  status: {view: () => ({kind: 'status', services: statusServices()}), way: [], complete: '❯ gateway'},
  restart: {view: () => ({kind: 'status', services: statusServices()}), way: [['❯ gateway', 'r']], complete: 'Restart gateway?'},
  logs: {view: () => ({kind: 'status', services: statusServices()}), way: [['❯ gateway', 'l']], complete: 'ready'},
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof scenes;
