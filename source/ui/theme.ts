/** What a colour or a figure means; views name meanings only. Values in, values out: reads neither the environment nor the terminal. */

/** How a piece of text is meant. `plain` is what is read, `muted` what accompanies it. */
export type Tone = 'plain' | 'strong' | 'muted' | 'accent' | 'focus' | 'good' | 'warning' | 'bad' | 'caret';

export interface Style {
  readonly color?: 'cyan' | 'green' | 'yellow' | 'red';
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export interface Figures {
  readonly pointer: string;
  readonly on: string;
  readonly off: string;
  /** Comes with something else. */
  readonly brought: string;
  /** One more of its kind. */
  readonly add: string;
  readonly radioOn: string;
  readonly radioOff: string;
  readonly done: string;
  readonly working: readonly string[];
  readonly waiting: string;
  readonly skipped: string;
  readonly warning: string;
  readonly error: string;
  readonly pull: string;
  /** In front of what to do. */
  readonly next: string;
  /** In front of what can be opened, and of what is open. */
  readonly closed: string;
  readonly open: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** From nothing to the highest. */
  readonly spark: readonly string[];
  /** In the place of a character that is hidden. */
  readonly mask: string;
  readonly rule: string;
  readonly ellipsis: string;
  readonly separator: string;
  readonly up: string;
  readonly down: string;
  readonly left: string;
  readonly right: string;
  readonly bar: string;
}

export interface Theme {
  readonly styles: Readonly<Record<Tone, Style>>;
  readonly figures: Figures;
  /** Milliseconds between two redraws of what changes with the time alone. */
  readonly tick: number;
}

export interface ThemeOptions {
  /** False: no colour at all (NO_COLOR, --no-color). Weight and brightness stay, since they carry the hierarchy. @default true */
  readonly colour?: boolean;
  /** False: ASCII figures, for terminals that are not UTF-8. @default true */
  readonly unicode?: boolean;
  /** True: nothing turns, and times move on in larger steps. What they say stays. @default false */
  readonly still?: boolean;
}

const coloured: Theme['styles'] = {
  plain: {},
  strong: {bold: true},
  muted: {dimColor: true},
  accent: {color: 'cyan'},
  focus: {color: 'cyan', bold: true},
  good: {color: 'green'},
  warning: {color: 'yellow'},
  bad: {color: 'red'},
  caret: {inverse: true},
};

const colourless: Theme['styles'] = {
  ...coloured,
  accent: {},
  focus: {bold: true},
  good: {},
  warning: {bold: true},
  bad: {bold: true},
};

const unicodeFigures: Figures = {
  pointer: '❯',
  on: '◼',
  off: '◻',
  brought: '◆',
  add: '+',
  radioOn: '●',
  radioOff: '○',
  done: '✔',
  working: ['◐', '◓', '◑', '◒'],
  waiting: '·',
  skipped: '✔',
  warning: '▲',
  error: '✖',
  pull: '↓',
  next: '→',
  closed: '▸',
  open: '▾',
  barFull: '━',
  barEmpty: '─',
  spark: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  mask: '•',
  rule: '─',
  ellipsis: '…',
  separator: '·',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  bar: '│',
};

const asciiFigures: Figures = {
  pointer: '>',
  on: '[x]',
  off: '[ ]',
  brought: '[+]',
  add: ' + ',
  radioOn: '(*)',
  radioOff: '( )',
  done: 'v',
  working: ['|', '/', '-', '\\'],
  waiting: '.',
  skipped: 'v',
  warning: '!',
  error: 'x',
  pull: 'v',
  next: '->',
  closed: '+',
  open: '-',
  barFull: '#',
  barEmpty: '-',
  spark: [' ', '.', ':', '-', '=', '+', '*', '#', '@'],
  mask: '*',
  rule: '-',
  ellipsis: '...',
  separator: '-',
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  bar: '|',
};

/** A mark that turns, stopped half-way, looks like a program that hangs: this one never turns. */
const stillFigures = (figures: Figures): Figures => ({...figures, working: [figures.next]});

export const createTheme = ({colour = true, unicode = true, still = false}: ThemeOptions = {}): Theme => {
  const figures = unicode ? unicodeFigures : asciiFigures;
  return {
    styles: colour ? coloured : colourless,
    figures: still ? stillFigures(figures) : figures,
    tick: still ? 10_000 : 1000,
  };
};
