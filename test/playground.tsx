/**
 * Opens any screen on recorded data, without Docker: `tsx test/playground.tsx [screen] [columns rows]`.
 *
 * Without a screen a menu of all of them is shown. With a size one frame of that size is printed; without one the screen is live in the terminal.
 * NO_COLOR, ASCII and REDUCED_MOTION in the environment choose how things look.
 */
import {runView} from '../source/ui/run.tsx';
import {createTheme} from '../source/ui/theme.ts';
import {askScene} from './playground-menu.tsx';
import {clock} from './ui/fixtures.ts';
import {frameOf} from './ui/open.tsx';
import {type Scene, type SceneName, scenes} from './ui/scenes.ts';

const isSet = (name: string) => process.env[name] !== undefined;
const look = {colour: !isSet('NO_COLOR'), unicode: !isSet('ASCII'), still: isSet('REDUCED_MOTION')};

const isScene = (name: string): name is SceneName => name in scenes;

/** Long enough for a screen to be drawn before the next key of the way is pressed. */
const settle = () => new Promise(resolve => setTimeout(resolve, 250));

const live = async ({view, way}: Scene): Promise<number> => {
  const ended = runView(view(), {theme: createTheme(look), clock});
  for (const [, key] of way) {
    await settle();
    process.stdin.unshift(key);
  }
  return (await ended).exitCode;
};

const print = async (name: SceneName, columns: number, rows: number) => {
  const frame = await frameOf(name, columns, rows, look);
  console.log(frame.slice(1, -1));
};

/** Lets the frame be looked at. */
const enter = async () => {
  process.stdout.write('Enter for the list again ');
  process.stdin.ref().resume();
  await new Promise(resolve => process.stdin.once('data', resolve));
  process.stdin.pause();
};

/** Until it is left: a screen is opened, and left again by its own keys. */
const menu = async () => {
  for (let place = 0; ; ) {
    const choice = await askScene(createTheme(look), place);
    if (!choice) return;
    place = choice.place;
    if (choice.size) {
      await print(choice.name, ...choice.size);
      await enter();
    } else await live(scenes[choice.name]);
  }
};

const [name = '', columns, rows] = process.argv.slice(2);
if (name === '' && process.stdin.isTTY) await menu();
else if (!isScene(name)) {
  console.error(`Which screen? ${Object.keys(scenes).join(', ')}`);
  process.exitCode = 2;
} else if (columns && rows) await print(name, Number(columns), Number(rows));
else process.exitCode = await live(scenes[name]);
