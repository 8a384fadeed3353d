/** The words of the conversation that stands for the screens: what is said, what is asked, what an answer does. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Motion} from '../components/list/list-state.ts';
import type {Trouble} from '../trouble.ts';
import type {WizardAction, WizardState} from '../wizard/state.ts';

/** One step of the conversation. */
export interface Turn {
  /** Sentences, one or more a line. */
  readonly say: readonly string[];
  readonly next: /** `secret`: what is typed is not shown. */
    | {readonly kind: 'ask'; readonly prompt: string; readonly secret?: boolean}
    /** Nothing to ask: the outside is at work. */
    | {readonly kind: 'wait'}
    | {readonly kind: 'go'; readonly action: WizardAction};
}

/** What an answer does. Without actions it was not understood, and the same is asked again. */
export interface Reply {
  readonly actions: readonly WizardAction[];
  readonly say: readonly string[];
}

export interface Moment {
  readonly state: WizardState;
  readonly catalog: Catalog;
}

/** How one screen is talked through. */
export interface Talk {
  /** `before`: the state when something was said last. What was said then is not said again. */
  readonly turn: (moment: Moment & {readonly before: WizardState | undefined}) => Turn;
  /** `answer` is trimmed, and none of the answers that mean the same everywhere. */
  readonly reply: (answer: string, moment: Moment) => Reply;
  /** Answers of this screen besides, each with what it does. */
  readonly help: readonly string[];
}

export const asking = (say: readonly string[], prompt: string): Turn => ({say, next: {kind: 'ask', prompt}});

export const waiting = (...say: readonly string[]): Turn => ({say, next: {kind: 'wait'}});

export const doing = (...actions: readonly WizardAction[]): Reply => ({actions, say: []});

export const saying = (...say: readonly string[]): Reply => ({actions: [], say});

export const moving = (motion: Motion): WizardAction => ({type: 'move', motion, page: 1, limit: 0});

/** The cursor on the row or the question at a place. */
export const movingTo = (place: number): readonly WizardAction[] => [moving('first'), ...Array.from({length: place}, () => moving('next'))];

/** Replaces a text by another. */
export const typing = (text: string): readonly WizardAction[] => [
  {type: 'edit', edit: {type: 'move-to-end'}},
  {type: 'edit', edit: {type: 'delete-to-start'}},
  ...(text === '' ? [] : [{type: 'edit', edit: {type: 'insert', text}} as const]),
];

/** A value that would be taken for one of the answers that mean the same everywhere is written with = in front. */
export const literal = (answer: string): string => (answer.startsWith('=') ? answer.slice(1) : answer);

/** The place that a typed number names among `count`; undefined when it is none. */
export const placeOf = (answer: string, count: number): number | undefined => {
  const number = /^\d{1,4}$/.test(answer) ? Number(answer) : 0;
  return number >= 1 && number <= count ? number - 1 : undefined;
};

/** Ends like a sentence. */
export const sentence = (text: string): string => (text === '' || /[.!?:]$/.test(text) ? text : `${text}.`);

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const entered = ({state, before}: {readonly state: WizardState; readonly before: WizardState | undefined}): boolean =>
  before?.screen.name !== state.screen.name;

export const troubleLines = ({what, why, lines, next}: Trouble): readonly string[] => [
  `Problem: ${sentence(what)}`,
  ...(why ? [sentence(why)] : []),
  ...lines,
  ...next.map(step => `What to do: ${step}`),
];
