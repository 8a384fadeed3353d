/** Every screen on recorded data, with the keys that lead to it. */
import type {ResourceEvent} from '../../source/events.ts';
import type {View} from '../../source/ui/app.tsx';
import type {WizardServices} from '../../source/ui/services.ts';
import {keys} from '../helpers/render-screen.ts';
import {catalogue} from './catalogue.ts';
import {deployedAnswers, editedReview, hostBefore, removalReview} from './deployed.ts';
import * as recorded from './fixtures.ts';
import {withProfiles} from './profiles.ts';
import {layered, paused} from './pulling.ts';
import {removalReview as longRemoval, longReview} from './reviews.ts';
import {secretiveCatalogue, twoSites} from './secretive.ts';
import {failingRollout, recordingServices, standing, statusServices} from './services.ts';
import {busyHost, sizedCatalogue} from './sized.ts';

export interface Scene {
  /** A fresh one each time: streams can be read only once. */
  readonly view: () => View;
  /** Text to wait for, then the key to press. */
  readonly way: readonly (readonly [text: string | RegExp, key: string])[];
  /** On the screen once the scene is complete. */
  readonly complete: string | RegExp;
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

/** The row that the pointer stands at, in figures of any kind. */
const pointed = (...words: readonly string[]) => new RegExp(['[❯>]', ...words.map(word => word.replace('+', '\\+'))].join(' +'));

const titlesOnTheWay = ['1/5', '2/5', '3/5', 'Checks of this host', '4/5 Save'];

/** Enter on the first `count` screens. */
const forward = (count: number): Scene['way'] => titlesOnTheWay.slice(0, count).map(title => [title, keys.enter]);

const withoutDocker = () =>
  recordingServices([], {inspectHost: async () => recorded.bareHost, review: async () => recorded.fileOnlyReview});

/** Little memory, and a web server and a network that are in the way. */
const onBusyHost = (): View => ({
  kind: 'wizard',
  catalog: sizedCatalogue,
  services: recordingServices([], {inspectHost: async () => busyHost}),
  answers: {...recorded.answers, components: {...recorded.answers.components, builds: 'standalone', sql: 'standalone'}},
});
const comingBack = () => recordingServices([], {inspectHost: async () => hostBefore, review: async () => removalReview});

const shop = {...recorded.answers, components: {...recorded.answers.components, shop: 'standalone', sql: 'standalone'}};

const withSecrets = (): View => ({
  kind: 'wizard',
  catalog: secretiveCatalogue,
  services: recordingServices([], {
    secrets: {present: async () => ['login_cookie_key'], reveal: async () => 'of-the-file'},
  }),
  answers: twoSites,
});

const toSites: Scene['way'] = [...forward(2), ...'jjjjj'.split('').map(key => ['3/5', key] as const)];
const openSettings: Scene['way'] = [...forward(2), ['3/5', 's'], ['❯ Subnet', keys.down], ['❯ HTTPS', keys.down]];

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
  'welcome-deployed': {view: () => wizard(comingBack(), deployedAnswers), way: [], complete: 'Deployed'},
  'components-deployed': {
    view: () => wizard(comingBack(), deployedAnswers),
    way: [['Deployed', keys.enter], ...forward(2).slice(1)],
    complete: 'Deployed: Core',
  },
  'components-unpicked': {
    view: () => wizard(comingBack(), deployedAnswers),
    way: [['Deployed', keys.enter], ...forward(2).slice(1), ['❯ ◻ Builds', 'g'], ['❯ ◆ Gateway', 'j'], ['❯ ◼ Login', ' ']],
    complete: 'will be removed',
  },
  edited: {
    view: () => wizard(recordingServices([], {review: async () => editedReview})),
    way: [...forward(3), ['Checks of this host', keys.enter]],
    complete: 'Keep mine',
  },
  'edited-lost': {
    view: () => wizard(recordingServices([], {review: async () => editedReview})),
    way: [...forward(3), ['Checks of this host', keys.enter], ['Keep mine', keys.enter]],
    complete: '2 of 2',
  },
  removal: {view: () => wizard(comingBack()), way: [...forward(3), ['Checks of this host', keys.enter]], complete: '[y/N]'},
  basics: {view: () => wizard(), way: [['Compose', keys.enter]], complete: '2/5'},
  'basics-fresh': {view: () => ({...wizard(), fresh: true}), way: [['Compose', keys.enter]], complete: 'fits this host.'},
  components: {view: () => wizard(), way: forward(2), complete: '3/5'},
  naming: {
    view: () => wizard(),
    way: [...forward(2), ...'jjjjj'.split('').map(key => ['3/5', key] as const), [pointed('+', 'Site'), ' ']],
    complete: 'called',
  },
  'components-busy': {view: onBusyHost, way: forward(2), complete: 'port 443'},
  'components-beyond': {
    view: onBusyHost,
    way: [...forward(2), ['3/5', '4'], ['❯ ◼ SQL', 'V'], ['Cluster of three', ' '], ['❯ ◻ SQL', 'v']],
    complete: 'too much memory',
  },
  'components-filter': {view: onBusyHost, way: [...forward(2), ['3/5', '/'], ['/', 'd'], ['/d', 'a'], ['/da', 't']], complete: '/dat'},
  'settings-one': {view: onBusyHost, way: [...forward(2), ['3/5', '4'], ['❯ ◼ SQL', keys.right]], complete: 'Settings of SQL'},
  settings: {view: () => wizard(recordingServices([]), shop), way: forward(3), complete: 'Shop title'},
  'settings-secret': {
    view: withSecrets,
    way: [...openSettings, ['❯ Administrator', 'S'], ['•', 'e'], ['••', 'c'], ['•••', 'r']],
    complete: '••••',
  },
  'settings-revealed': {view: withSecrets, way: [...openSettings, ['❯ Administrator', 'S3cret'], ['••••••', '\u0012']], complete: 'S3cret'},
  'settings-kept': {
    view: withSecrets,
    way: [...openSettings, ['❯ Administrator', keys.down], ['❯ Name', keys.down]],
    complete: '❯ Cookie key',
  },
  instances: {view: withSecrets, way: [...toSites, ['❯ + Site', keys.right]], complete: 'answers at'},
  'instances-removing': {view: withSecrets, way: [...toSites, ['❯ + Site', keys.right], ['answers at', 'x']], complete: 'y removes'},
  renaming: {view: withSecrets, way: [...toSites, ['❯ + Site', keys.right], ['answers at', 'r']], complete: 'another name'},
  review: {view: () => wizard(), way: forward(3), complete: 'Checks of this host'},
  'review-blocked': {
    view: () => wizard(recordingServices([], {review: async () => recorded.blockedReview})),
    way: forward(3),
    complete: 'Checks of this host',
  },
  'review-long': {
    view: () => wizard(recordingServices([], {review: async () => longReview})),
    way: [...forward(3), ['1  Summary', '2jjjj']],
    complete: 'registry.example/login:1.1',
  },
  'review-open': {
    view: () => wizard(recordingServices([], {review: async () => longReview})),
    way: [...forward(3), ['1  Summary', '2jj'], ['20 services', keys.right], ['gateway-3', 'd'], ['gateway-3', '3jj']],
    complete: '@@ -12,3 +12,3 @@',
  },
  'review-removal': {
    view: () => wizard(recordingServices([], {review: async () => longRemoval})),
    way: [...forward(3), ['1  Summary', '2jjjjjj']],
    complete: 'its volumes are kept',
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
  writing: {
    view: () => wizard(recordingServices([], {write: () => new Promise(() => undefined)})),
    way: [...forward(3), ['4/5 Review', 'w'], ['Save as', keys.enter]],
    complete: 'Writing to',
  },
  'writing-failed': {
    view: () => wizard(recordingServices([], {write: () => Promise.reject(recorded.diskFull)})),
    way: [...forward(3), ['4/5 Review', 'w'], ['Save as', keys.enter]],
    complete: 'could not be written',
  },
  help: {view: () => wizard(), way: [...forward(2), ['3/5', '?']], complete: 'Keys and words'},
  rollout: {view: () => rollout(recorded.midway), way: [], complete: 'needs log'},
  layers: {view: () => rollout(layered), way: [['gateway', 'i']], complete: 'layers: 1'},
  paused: {view: () => rollout(paused), way: [], complete: /ask(?:s|ed) to wait/},
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
  status: {view: () => ({kind: 'status', services: statusServices()}), way: [], complete: pointed('gateway')},
  restart: {view: () => ({kind: 'status', services: statusServices()}), way: [[pointed('gateway'), 'r']], complete: 'Restart gateway?'},
  logs: {view: () => ({kind: 'status', services: statusServices()}), way: [[pointed('gateway'), 'l']], complete: 'ready'},
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof scenes;
