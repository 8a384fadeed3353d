import {App, type View} from '../../source/ui/app.tsx';
import {createTheme, type ThemeOptions} from '../../source/ui/theme.ts';
import {type RenderedScreen, renderScreen} from '../helpers/render-screen.ts';
import {clock} from './fixtures.ts';
import {type Scene, type SceneName, scenes} from './scenes.ts';

export interface OpenOptions extends ThemeOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly oversize?: boolean;
}

/** A view as the program draws it, at the time of the recordings. */
export const openView = (view: View, {columns = 100, rows = 30, oversize = false, ...theme}: OpenOptions = {}): RenderedScreen =>
  renderScreen(<App view={view} theme={createTheme(theme)} clock={clock} />, {columns, rows, oversize});

/** A scene, once it is complete. */
export const openScene = async (name: SceneName, options?: OpenOptions): Promise<RenderedScreen> => {
  const scene: Scene = scenes[name];
  const screen = openView(scene.view(), options);
  for (const [text, key] of scene.way) {
    await screen.waitFor(text);
    await screen.press(key);
  }
  await screen.waitFor(scene.complete);
  return screen;
};

/** Its whole frame. */
export const frameOf = async (name: SceneName, columns: number, rows: number, theme: ThemeOptions = {}): Promise<string> => {
  const screen = await openScene(name, {columns, rows, ...theme});
  const frame = await screen.screen();
  screen.close();
  return `\n${frame}\n`;
};
