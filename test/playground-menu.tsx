/** The list of all screens, drawn with the program's own parts. */
import {render, useApp, useWindowSize} from 'ink';
import {useEffect, useEffectEvent, useReducer} from 'react';
import {Body} from '../source/ui/components/body.tsx';
import {Frame} from '../source/ui/components/frame.tsx';
import {motionOf} from '../source/ui/components/list/list-keys.ts';
import {moveCursor} from '../source/ui/components/list/list-state.ts';
import {KeyReader, useKeys} from '../source/ui/hooks/use-keys.tsx';
import {ThemeContext, useTheme} from '../source/ui/hooks/use-theme.ts';
import {type Key, keyName} from '../source/ui/keys.ts';
import {layoutOf} from '../source/ui/layout.ts';
import {type Line, segment} from '../source/ui/text/line.ts';
import type {Theme} from '../source/ui/theme.ts';
import {type SceneName, scenes} from './ui/scenes.ts';

type Size = readonly [columns: number, rows: number];

/** Undefined: live, as large as the terminal is. */
export const menuSizes: readonly (Size | undefined)[] = [undefined, [60, 15], [80, 24], [100, 30], [200, 60]];

export interface Choice {
  readonly name: SceneName;
  readonly place: number;
  readonly size: Size | undefined;
}

const names = Object.keys(scenes) as SceneName[];
const intro = 'Every screen of the program on recorded data. Nothing is asked of Docker.';
const hints = [
  {keys: 'Enter', does: 'open'},
  {keys: 'up/down', does: 'screen'},
  {keys: 'left/right', does: 'size'},
  {keys: 'q', does: 'quit'},
];

const sizeText = (size: Size | undefined) => (size ? `one frame of ${size.join('x')}` : 'live');

interface MenuProps {
  readonly start: number;
  readonly onChoice: (choice: Choice | undefined) => void;
}

interface MenuState {
  readonly place: number;
  /** Among the sizes. */
  readonly sized: number;
  readonly left: 'no' | 'chosen' | 'quit';
}

const reduceMenu = (state: MenuState, {key, page}: {readonly key: Key; readonly page: number}): MenuState => {
  const motion = motionOf(key);
  if (motion) return {...state, place: moveCursor(state.place, motion, names.length, page)};
  const count = menuSizes.length;
  switch (keyName(key)) {
    case 'left':
      return {...state, sized: (state.sized + count - 1) % count};
    case 'right':
      return {...state, sized: (state.sized + 1) % count};
    case 'enter':
      return {...state, left: 'chosen'};
    case 'q':
    case 'escape':
    case 'ctrl+c':
      return {...state, left: 'quit'};
    default:
      return state;
  }
};

export const Menu = ({start, onChoice}: MenuProps) => {
  const {figures} = useTheme();
  const size = useWindowSize();
  const layout = layoutOf(size, intro);
  const [{place, sized, left}, press] = useReducer(reduceMenu, {place: start, sized: 0, left: 'no'});
  useKeys(key => press({key, page: layout.height}));
  const leave = useEffectEvent(() => {
    const name = names[place];
    onChoice(left === 'chosen' && name ? {name, place, size: menuSizes[sized]} : undefined);
  });
  useEffect(() => {
    if (left !== 'no') leave();
  }, [left]);
  const rows = names.map(
    (name, index): Line => [
      segment(index === place ? `${figures.pointer} ` : '  ', 'focus'),
      segment(name, index === place ? 'focus' : 'plain'),
    ],
  );
  return (
    <Frame size={size} title={`Playground, ${sizeText(menuSizes[sized])}`} intro={intro} hints={hints}>
      <Body layout={layout} rows={rows} cursor={place} />
    </Frame>
  );
};

const Asking = ({theme, start, onChoice}: MenuProps & {readonly theme: Theme}) => {
  const {exit} = useApp();
  const leave = (choice: Choice | undefined) => {
    onChoice(choice);
    exit();
  };
  return (
    <ThemeContext value={theme}>
      <KeyReader onInterrupt={() => leave(undefined)} onSuspend={() => undefined}>
        <Menu start={start} onChoice={leave} />
      </KeyReader>
    </ThemeContext>
  );
};

/** Undefined: nothing more is to be opened. */
export const askScene = async (theme: Theme, start: number): Promise<Choice | undefined> => {
  let chosen: Choice | undefined;
  const keep = (choice: Choice | undefined) => {
    chosen = choice;
  };
  const app = render(<Asking theme={theme} start={start} onChoice={keep} />, {
    alternateScreen: true,
    exitOnCtrlC: false,
    interactive: true,
  });
  await app.waitUntilExit();
  return chosen;
};
