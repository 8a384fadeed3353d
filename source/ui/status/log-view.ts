/** How the operator looks at a log. Pure. */
import type {Motion} from '../components/list/list-state.ts';
import {reduceTextField, type TextFieldAction, type TextFieldState, textField} from '../components/text-field/text-field-state.ts';
import {endOf, matchFrom, matchingLines} from './log-buffer.ts';
import {type LogPlace, type LogSurface, moveLog, showLine, visibleLog} from './log-window.ts';

export interface LogView {
  /** First row that is seen; undefined follows the end. */
  readonly place: LogPlace | undefined;
  readonly wrap: boolean;
  readonly timestamps: boolean;
  /** First cell that is seen of lines that are not wrapped. */
  readonly column: number;
  /** What is looked for; empty: nothing. */
  readonly search: string;
  /** While it is typed. */
  readonly typing: TextFieldState | undefined;
  /** Number of the line that was jumped to. */
  readonly match: number | undefined;
}

/** What only the drawn log knows; the rest of the surface is the view itself. */
export type DrawnLog = Pick<LogSurface, 'log' | 'width' | 'height'>;

export type LogAction =
  | {readonly type: 'scroll'; readonly motion: Motion; readonly drawn: DrawnLog}
  | {readonly type: 'match'; readonly direction: 1 | -1; readonly drawn: DrawnLog}
  | {readonly type: 'edit'; readonly edit: TextFieldAction}
  | {readonly type: 'keep'; readonly drawn: DrawnLog}
  | {readonly type: 'sideways'; readonly by: number}
  | {readonly type: 'follow' | 'wrap' | 'timestamps' | 'search' | 'clear'};

export const startLogView: LogView = {
  place: undefined,
  wrap: true,
  timestamps: false,
  column: 0,
  search: '',
  typing: undefined,
  match: undefined,
};

export const surfaceOf = ({wrap, timestamps, column}: LogView, drawn: DrawnLog): LogSurface => ({...drawn, wrap, timestamps, column});

/** What is looked for now: while it is typed, what stands there. */
export const searchOf = ({search, typing}: LogView): string => typing?.value ?? search;

const jump = (view: LogView, direction: 1 | -1, drawn: DrawnLog): LogView => {
  const surface = surfaceOf(view, drawn);
  const seen = visibleLog(surface, view.place);
  // The first jump goes to what is seen, the next ones go on from there.
  const from = view.match ?? (direction === 1 ? (seen[0]?.line ?? 0) - 1 : (seen.at(-1)?.line ?? endOf(drawn.log)) + 1);
  const match = matchFrom(matchingLines(drawn.log, view.search), from, direction);
  return match === undefined ? view : {...view, match, place: showLine(surface, match)};
};

export const reduceLogView = (view: LogView, action: LogAction): LogView => {
  switch (action.type) {
    case 'scroll':
      return {...view, place: moveLog(surfaceOf(view, action.drawn), view.place, action.motion)};
    case 'follow':
      return {...view, place: undefined};
    case 'wrap':
      return {...view, wrap: !view.wrap, column: 0, place: view.place && {...view.place, row: 0}};
    case 'timestamps':
      return {...view, timestamps: !view.timestamps, place: view.place && {...view.place, row: 0}};
    case 'sideways':
      return {...view, column: Math.max(0, view.column + action.by)};
    case 'search':
      return {...view, typing: textField(view.search)};
    case 'edit':
      return view.typing ? {...view, typing: reduceTextField(view.typing, action.edit)} : view;
    case 'keep': {
      const search = view.typing?.value ?? '';
      const kept = {...view, search, typing: undefined, match: undefined};
      return search === '' ? kept : jump(kept, -1, action.drawn);
    }
    case 'clear':
      return {...view, typing: undefined, search: view.typing ? view.search : '', match: view.typing ? view.match : undefined};
    case 'match':
      return view.search === '' ? view : jump(view, action.direction, action.drawn);
  }
};
