/** Text being typed. The caret is an offset in UTF-16 units and always stands between two user-perceived characters. Pure. */
import {graphemesOf} from '../../text/width.ts';

export interface TextFieldState {
  readonly value: string;
  readonly caret: number;
}

export type TextFieldAction =
  | {readonly type: 'insert'; readonly text: string}
  | {readonly type: 'delete-backward' | 'delete-forward' | 'delete-word' | 'delete-to-start' | 'delete-to-end'}
  | {readonly type: 'move-left' | 'move-right' | 'move-to-start' | 'move-to-end'};

/** Longer than any answer can be; keeps a mistaken paste from filling memory and screen. */
const maximumLength = 512;

export const textField = (value: string): TextFieldState => ({value, caret: value.length});

const before = ({value, caret}: TextFieldState) => value.slice(0, caret);
const after = ({value, caret}: TextFieldState) => value.slice(caret);

const previousBoundary = (state: TextFieldState) => state.caret - (graphemesOf(before(state)).at(-1)?.length ?? 0);
const nextBoundary = (state: TextFieldState) => state.caret + (graphemesOf(after(state))[0]?.length ?? 0);
const wordStart = (state: TextFieldState) => before(state).replace(/[^\s./@:-]*[\s./@:-]*$/, '').length;

const remove = (state: TextFieldState, from: number, to: number): TextFieldState => ({
  value: state.value.slice(0, from) + state.value.slice(to),
  caret: from,
});

const insert = (state: TextFieldState, text: string): TextFieldState => {
  const value = before(state) + text + after(state);
  return value.length > maximumLength ? state : {value, caret: state.caret + text.length};
};

const steps: Readonly<Record<Exclude<TextFieldAction['type'], 'insert'>, (state: TextFieldState) => TextFieldState>> = {
  'delete-backward': state => remove(state, previousBoundary(state), state.caret),
  'delete-forward': state => remove(state, state.caret, nextBoundary(state)),
  'delete-word': state => remove(state, wordStart(state), state.caret),
  'delete-to-start': state => remove(state, 0, state.caret),
  'delete-to-end': state => remove(state, state.caret, state.value.length),
  'move-left': state => ({...state, caret: previousBoundary(state)}),
  'move-right': state => ({...state, caret: nextBoundary(state)}),
  'move-to-start': state => ({...state, caret: 0}),
  'move-to-end': state => ({...state, caret: state.value.length}),
};

export const reduceTextField = (state: TextFieldState, action: TextFieldAction): TextFieldState =>
  action.type === 'insert' ? insert(state, action.text) : steps[action.type](state);
