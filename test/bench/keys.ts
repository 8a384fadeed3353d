/** From a key in the terminal to the frame that answers it, in the picker with the whole catalogue. */
import {createElement} from 'react';
import {defaultAnswers} from '../../source/plan/select.ts';
import {App} from '../../source/ui/app.tsx';
import {createTheme} from '../../source/ui/theme.ts';
import {keys, type RenderedScreen, renderScreen} from '../helpers/render-screen.ts';
import {host} from '../ui/fixtures.ts';
import {recordingServices} from '../ui/services.ts';
import {parse, readSources} from './core.ts';

const openPicker = async (): Promise<RenderedScreen> => {
  const catalog = parse(await readSources());
  // All services once, on a host that is too small for them: every row has something to say.
  const answers = defaultAnswers(catalog, catalog.platform.tiers.findLast(({hosts}) => hosts === 1)?.id);
  const view = {kind: 'wizard', catalog, services: recordingServices([], {inspectHost: async () => host}), answers} as const;
  const screen = renderScreen(createElement(App, {view, theme: createTheme()}), {columns: 80, rows: 24});
  for (const title of ['Compose', '2/5']) {
    await screen.waitFor(title);
    await screen.press(keys.enter);
  }
  await screen.waitFor('3/5');
  return screen;
};

/** Milliseconds until the screen has changed; a key that changes nothing is a mistake of the benchmark. */
const timeKey = async (screen: RenderedScreen, key: string): Promise<number> => {
  const before = await screen.screen();
  const start = performance.now();
  await screen.press(key);
  const after = await screen.screen();
  const elapsed = performance.now() - start;
  if (after === before) throw new Error(`Nothing changed on ${JSON.stringify(key)}:\n${after}`);
  return elapsed;
};

const timesOf = async (screen: RenderedScreen, pressed: readonly string[], runs: number): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) for (const key of pressed) times.push(await timeKey(screen, key));
  return times;
};

export interface KeyTimes {
  readonly moves: readonly number[];
  readonly picks: readonly number[];
  readonly phases: readonly number[];
  readonly filter: readonly number[];
}

/** Everything comes back to where it was, so that each run meets the same screen. */
export const measureKeys = async (runs: number): Promise<KeyTimes> => {
  const screen = await openPicker();
  await timesOf(screen, ['j', ' ', ' ', 'k'], 3);
  const moves = await timesOf(screen, ['j', 'j', 'G', 'k', 'g'], runs);
  await screen.press('2');
  const picks = await timesOf(screen, [' ', ' ', 'v', 'V'], runs);
  const phases = await timesOf(screen, ['4', 'a', 'a', '2'], runs);
  const filter = await timesOf(screen, ['/', 'o', 's', keys.backspace, keys.backspace, keys.enter], runs);
  screen.close();
  return {moves, picks, phases, filter};
};
