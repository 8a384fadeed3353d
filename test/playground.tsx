/**
 * Opens any screen on recorded data, without Docker: `tsx test/playground.tsx <screen> [columns rows]`.
 *
 * With a size one frame of that size is printed and the program ends; without one the screen is live in the terminal.
 */
import {runView} from '../source/ui/run.tsx';
import {createTheme} from '../source/ui/theme.ts';
import {clock} from './ui/fixtures.ts';
import {frameOf} from './ui/open.tsx';
import {type Scene, type SceneName, scenes} from './ui/scenes.ts';

const theme = {colour: process.env.NO_COLOR === undefined, unicode: process.env.ASCII === undefined};

const isScene = (name: string): name is SceneName => name in scenes;

/** Long enough for a screen to be drawn before the next key of the way is pressed. */
const settle = () => new Promise(resolve => setTimeout(resolve, 250));

const live = async ({view, way}: Scene) => {
  const ended = runView(view(), {theme: createTheme(theme), clock});
  for (const [, key] of way) {
    await settle();
    process.stdin.unshift(key);
  }
  process.exitCode = (await ended).exitCode;
};

const [name = '', columns, rows] = process.argv.slice(2);
if (!isScene(name)) {
  console.error(`Which screen? ${Object.keys(scenes).join(', ')}`);
  process.exitCode = 2;
} else if (columns && rows) console.log((await frameOf(name, Number(columns), Number(rows), theme)).trim());
else await live(scenes[name]);
