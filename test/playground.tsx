/**
 * Opens any screen on recorded data, without Docker: `tsx test/playground.tsx <screen> [columns rows]`.
 *
 * With a size one frame of that size is drawn and the program ends; without, the screen is live in the terminal.
 */
import {render} from 'ink';
import type {ReactNode} from 'react';
import {App, type View} from '../source/ui/app.tsx';
import {createTheme} from '../source/ui/theme.ts';
import {keys, renderScreen} from './helpers/render-screen.ts';
import {catalogue} from './ui/catalogue.ts';
import * as recorded from './ui/fixtures.ts';
import {failingRollout, recordingServices, standing, statusServices, wizardServices} from './ui/services.ts';

const wizard = (services = recordingServices([])): View => ({kind: 'wizard', catalog: catalogue, services, answers: recorded.answers});

const rollout = (events: readonly (typeof recorded.midway)[number][]): View => ({
  kind: 'rollout',
  open: ({signal}) => standing(events, signal),
  titles: recorded.titles,
  links: recorded.review.links,
});

interface Scene {
  readonly view: View;
  /** Pressed to get there. */
  readonly presses?: readonly string[];
}

const forward = (times: number): readonly string[] => Array.from({length: times}, () => keys.enter);

const withoutDocker = recordingServices([], {inspectHost: async () => recorded.bareHost, review: async () => recorded.fileOnlyReview});
const shop = {...recorded.answers, components: {...recorded.answers.components, shop: 'standalone', sql: 'standalone'}};

const scenes: Readonly<Record<string, Scene>> = {
  welcome: {view: wizard()},
  'welcome-bare': {view: wizard(withoutDocker)},
  basics: {view: wizard(), presses: forward(1)},
  components: {view: wizard(), presses: forward(2)},
  settings: {view: {kind: 'wizard', catalog: catalogue, services: wizardServices(), answers: shop}, presses: forward(3)},
  review: {view: wizard(), presses: forward(3)},
  'review-blocked': {view: wizard(recordingServices([], {review: async () => recorded.blockedReview})), presses: forward(3)},
  profile: {view: wizard(), presses: forward(4)},
  written: {view: wizard(withoutDocker), presses: forward(5)},
  help: {view: wizard(), presses: [...forward(2), '?']},
  rollout: {view: rollout(recorded.midway)},
  failure: {
    view: {
      kind: 'rollout',
      open: ({decide}) => failingRollout([recorded.unhealthy, recorded.outOfMemory], decide),
      titles: recorded.titles,
      links: recorded.review.links,
    },
  },
  finished: {
    view: {
      kind: 'rollout',
      async *open() {
        yield* recorded.finished;
      },
      titles: recorded.titles,
      links: recorded.review.links,
    },
  },
  status: {view: {kind: 'status', services: statusServices()}},
  logs: {view: {kind: 'status', services: statusServices()}, presses: ['l']},
};

const settle = () => new Promise(resolve => setTimeout(resolve, 250));

const drawOnce = async (tree: ReactNode, presses: readonly string[], columns: number, rows: number) => {
  const app = renderScreen(tree, {columns, rows});
  for (const read of presses) {
    await settle();
    await app.press(read);
  }
  await settle();
  console.log(await app.screen());
  app.close();
};

const [name = '', columns, rows] = process.argv.slice(2);
const scene = scenes[name];
if (!scene) {
  console.error(`Which screen? ${Object.keys(scenes).join(', ')}`);
  process.exitCode = 2;
} else {
  const tree = <App view={scene.view} theme={createTheme({colour: !process.env.NO_COLOR})} />;
  if (columns && rows) await drawOnce(tree, scene.presses ?? [], Number(columns), Number(rows));
  else {
    const app = render(tree, {alternateScreen: true, exitOnCtrlC: false, incrementalRendering: true});
    for (const read of scene.presses ?? []) {
      await settle();
      process.stdin.unshift(read);
    }
    await app.waitUntilExit();
  }
}
