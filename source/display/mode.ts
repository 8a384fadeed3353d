/** How progress is shown. Pure. */

export const progressModes = ['auto', 'tty', 'plain', 'json', 'quiet'] as const;
/** What `--progress` may say. */
export type ProgressFlag = (typeof progressModes)[number];

/** `tty`: full screen. `plain`: lines. `json`: one event a line. `quiet`: only failures. */
export type DisplayMode = Exclude<ProgressFlag, 'auto'>;

export interface ModeFacts {
  /** Default: auto. */
  readonly flag?: ProgressFlag | undefined;
  /** `--json`: whoever reads the result reads progress and errors as JSON too. */
  readonly json?: boolean | undefined;
  /** Both ends are a terminal: keys can be read, and the screen can be drawn. */
  readonly isTty: boolean;
  /** For a screen reader: nothing is drawn. @default false */
  readonly accessible?: boolean | undefined;
  /** The environment; empty values count as not set. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const isSet = (value: string | undefined) => value !== undefined && value !== '';

/** CI services set CI to `true` or `1`; some people unset it by `false` or `0`. */
const isCi = ({CI}: ModeFacts['env']) => isSet(CI) && CI !== 'false' && CI !== '0';

const canDraw = ({isTty, accessible = false, env}: ModeFacts) => isTty && !accessible && env.TERM !== 'dumb';

/** What was asked for, but never a full screen where there is none to draw on. */
export const chooseMode = (facts: ModeFacts): DisplayMode => {
  const {flag = 'auto', json = false, env} = facts;
  if (flag === 'tty') return canDraw(facts) ? 'tty' : 'plain';
  if (flag !== 'auto') return flag;
  if (json) return 'json';
  return canDraw(facts) && !isCi(env) ? 'tty' : 'plain';
};

/** Colour on a terminal that has it, unless `--no-color` or NO_COLOR says otherwise; see https://no-color.org. */
export const choosesColor = ({noColor, isTty, env}: Pick<ModeFacts, 'isTty' | 'env'> & {readonly noColor: boolean}): boolean =>
  !noColor && isTty && !isSet(env.NO_COLOR) && env.TERM !== 'dumb';

/** Variables that say yes by being there, and no by `0` or `false`. */
const says = (value: string | undefined) => isSet(value) && value !== '0' && value?.toLowerCase() !== 'false';

interface Asked {
  readonly flag: boolean;
  readonly env: ModeFacts['env'];
}

/** A screen reader can not be found out from a server, so it is asked for: by `--accessible`, or by the variable that other programs read too. */
export const choosesAccessible = ({flag, env}: Asked): boolean => flag || says(env.ACCESSIBLE);

/** Nothing on the screen moves by itself. */
export const choosesStill = ({flag, env}: Asked): boolean => flag || says(env.REDUCED_MOTION);
