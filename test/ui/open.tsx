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

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Each figure with its ASCII twin. */
const twins = (() => {
  const [figures, ascii] = [createTheme().figures, createTheme({unicode: false}).figures];
  return Object.keys(figures).flatMap(key => {
    const [one, other] = [figures[key as keyof typeof figures], ascii[key as keyof typeof ascii]];
    return typeof one === 'string' && typeof other === 'string' && /[^ -~]/.test(one) ? [[one, other] as const] : [];
  });
})();

/** A text of a scene in figures of any kind, some of which are wider than others. */
const inAnyFigures = (text: string | RegExp): string | RegExp => {
  if (typeof text !== 'string') return text;
  const anyOf = (figure: string) => [figure, ...twins.filter(([one]) => one === figure).map(([, other]) => other)];
  const pattern = [...text].map(character => (character === ' ' ? ' +' : `(?:${anyOf(character).map(escaped).join('|')})`));
  return new RegExp(pattern.join(''));
};

/** A scene, once it is complete. */
export const openScene = async (name: SceneName, options?: OpenOptions): Promise<RenderedScreen> => {
  const scene: Scene = scenes[name];
  const screen = openView(scene.view(), options);
  for (const [text, key] of scene.way) {
    await screen.waitFor(inAnyFigures(text));
    await screen.press(key);
  }
  await screen.waitFor(inAnyFigures(scene.complete));
  return screen;
};

/** Its whole frame. */
export const frameOf = async (name: SceneName, columns: number, rows: number, theme: ThemeOptions = {}): Promise<string> => {
  const screen = await openScene(name, {columns, rows, ...theme});
  const frame = await screen.screen();
  screen.close();
  return `\n${frame}\n`;
};
