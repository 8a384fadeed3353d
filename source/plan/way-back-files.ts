/** The files of a workspace of which some phases go back and the others stay. Pure. */
import type {Answers} from './answers.ts';
import type {ImageLock} from './image-lock.ts';
import {generatedPart, ownBorder} from './own-variables.ts';
import {linesOf, mergedOrder, mountsFile, type OverlayFacts, overlaysOf, type Texts} from './way-back-parts.ts';

/** A workspace as it is, or as it was when a phase came up. */
export interface WorkspaceState {
  /** Generated files by path. */
  readonly files: Texts;
  readonly lock: ImageLock;
  readonly answers: Answers;
}

export interface EarlierState extends WorkspaceState {
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Placed {
  readonly overlay: OverlayFacts;
  readonly kept: boolean;
  /** What it goes back to, newest first. */
  readonly back: readonly EarlierState[];
}

/** Two sides want different things. */
export class Clash extends Error {}

export const clash = (what: string): never => {
  throw new Clash(what);
};

/** Phases that go back, and everything that is known. */
export interface Sides {
  readonly now: WorkspaceState;
  /** By phase: what it last came up from. */
  readonly earlier: ReadonlyMap<string, EarlierState>;
  readonly back: ReadonlySet<string>;
  readonly lastPhase: string;
}

export const placeOverlays = ({now, earlier, back, lastPhase}: Sides): readonly Placed[] => {
  const placed = new Map<string, Placed>();
  for (const overlay of overlaysOf(now.files, lastPhase)) {
    const kept = overlay.services.length === 0 || overlay.services.some(({phase}) => !back.has(phase));
    if (kept) placed.set(overlay.path, {overlay, kept, back: []});
  }
  const states = [...back].flatMap(phase => (earlier.has(phase) ? [{phase, state: earlier.get(phase)}] : []));
  for (const {phase, state} of states.sort((one, other) => (other.state?.at ?? 0) - (one.state?.at ?? 0))) {
    if (!state) continue;
    for (const overlay of overlaysOf(state.files, lastPhase).filter(({services}) => services.some(one => one.phase === phase))) {
      const there = placed.get(overlay.path);
      if (there?.kept && there.overlay.content !== overlay.content) clash(`${overlay.path} holds services of both`);
      placed.set(overlay.path, {overlay: there?.overlay ?? overlay, kept: there?.kept ?? false, back: [...(there?.back ?? []), state]});
    }
  }
  for (const {overlay, kept, back: states} of placed.values()) {
    if (kept && states.length === 0 && overlay.services.some(({phase}) => back.has(phase))) clash(`${overlay.path} holds services of both`);
  }
  return [...placed.values()].sort((one, other) => (one.overlay.path < other.overlay.path ? -1 : 1));
};

/** What one side wants and what the other wants; the same, or only one of them. */
const agreed = (kept: string | undefined, back: string | undefined, what: string): string | undefined => {
  if (kept !== undefined && back !== undefined && kept !== back) clash(what);
  return kept ?? back;
};

export const placeConfig = (placed: readonly Placed[], {now, earlier}: Sides): Texts => {
  const paths = new Set([now, ...earlier.values()].flatMap(({files}) => [...files.keys()].filter(path => path.startsWith('config/'))));
  const files = new Map<string, string>();
  for (const path of paths) {
    const users = placed.filter(({overlay}) => mountsFile(overlay, path));
    const kept = users.some(one => one.kept) ? now.files.get(path) : undefined;
    const back = users
      .flatMap(({back: states}) => states)
      .find(state => state.files.has(path))
      ?.files.get(path);
    const content = agreed(kept, back, `both read ${path}`);
    if (content !== undefined) files.set(path, content);
  }
  return files;
};

/** `rendered`: the file as it would be written for the answers of both sides; undefined where these are not possible any more. */
export const placeVariables = (
  placed: readonly Placed[],
  {now, earlier, back}: Sides,
  overlays: readonly string[],
  rendered: string | undefined,
): string => {
  const present = linesOf(now.files.get('.env') ?? '');
  const states = [...earlier].flatMap(([phase, state]) => (back.has(phase) ? [state] : []));
  const newest = states.toSorted((one, other) => other.at - one.at);
  const was = (name: string, among: readonly EarlierState[]) =>
    among.map(({files}) => linesOf(files.get('.env') ?? '').get(name)).find(line => line !== undefined);
  const everything = placed.every(({kept}) => !kept);
  const text = (everything ? newest[0]?.files.get('.env') : rendered) ?? now.files.get('.env') ?? '';
  const base = linesOf(text);
  const lineOf = (name: string): string | undefined => {
    if (name === 'COMPOSE_FILE') return `COMPOSE_FILE=${overlays.join(':')}`;
    const users = placed.filter(({overlay}) => overlay.variables.includes(name));
    if (users.length === 0) return base.get(name);
    const kept = users.some(one => one.kept) ? present.get(name) : undefined;
    const returned = users.flatMap(one => one.back);
    return agreed(kept, was(name, returned), `both need ${name}, which changed`);
  };
  const order = mergedOrder(
    [...base.keys()],
    [...present.keys(), ...newest.flatMap(({files}) => [...linesOf(files.get('.env') ?? '').keys()])],
  );
  const head = generatedPart(text)
    .split('\n')
    .filter(line => line.startsWith('#') && line !== ownBorder);
  const lines = (names: readonly string[]) => names.flatMap(name => lineOf(name) ?? []);
  return [...head, ...lines(order.slice(0, 3)), '', ...lines(order.slice(3)), '', ownBorder, ''].join('\n');
};
