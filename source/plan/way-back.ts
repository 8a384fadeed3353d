/**
 * What a workspace has to be, so that the phases from one on are what they last came up from, and those before it what they are now. Pure.
 *
 * Files are shared: an overlay may hold services of two phases, `.env` is everybody's. Where the two sides want something different of
 * the same file, variable or image, the phase before goes back as well.
 */
import {type Answers, platformSettings} from './answers.ts';
import type {ImageLock, LockedImage} from './image-lock.ts';
import {
  Clash,
  clash,
  type EarlierState,
  type Placed,
  placeConfig,
  placeOverlays,
  placeVariables,
  type Sides,
  type WorkspaceState,
} from './way-back-files.ts';
import {composeFiles, overlaysOf} from './way-back-parts.ts';

export interface WayBackInput {
  /** In the order of the rollout. */
  readonly phases: readonly string[];
  /** The first that shall go back. */
  readonly from: string;
  readonly now: WorkspaceState;
  /** By phase: what it last came up from. */
  readonly earlier: ReadonlyMap<string, EarlierState>;
  /** Component to the phase it is rolled out in. */
  readonly phaseOf: (answers: Answers) => ReadonlyMap<string, string>;
  /** The `.env` that would be written for answers; undefined where they are not possible. */
  readonly dotenvOf: (answers: Answers) => string | undefined;
}

export interface WayBack extends WorkspaceState {
  /** Phases that go back. */
  readonly phases: readonly string[];
  /** Why more goes back than was asked for. */
  readonly wider: string | undefined;
  /** When the phase that was asked for last came up; milliseconds since 1970. */
  readonly at: number;
  /** Overlays in merge order, the operator's own last. */
  readonly overlays: readonly string[];
}

const placeImages = (placed: readonly Placed[], {now, earlier, back}: Sides): ImageLock => {
  const returning = new Set(
    placed
      .flatMap(({overlay, back: of}) => (of.length === 0 ? [] : overlay.services))
      .flatMap(({name, phase}) => (back.has(phase) ? [name] : [])),
  );
  const gone = new Set(
    overlaysOf(now.files, '').flatMap(({services}) => services.flatMap(({name, phase}) => (back.has(phase) ? [name] : []))),
  );
  const only = (lock: ImageLock, wanted: (service: string) => boolean): readonly LockedImage[] =>
    lock.flatMap(entry => {
      const services = entry.services.filter(wanted);
      return services.length === 0 ? [] : [{...entry, services}];
    });
  const kept = only(now.lock, service => !returning.has(service) && !gone.has(service));
  const before = new Map<string, LockedImage>();
  for (const [phase, {lock, files}] of earlier) {
    if (!back.has(phase)) continue;
    const own = new Set(overlaysOf(files, '').flatMap(({services}) => services.filter(one => one.phase === phase).map(({name}) => name)));
    for (const entry of only(lock, service => own.has(service))) {
      const there = before.get(entry.reference);
      before.set(entry.reference, {...entry, services: [...(there?.services ?? []), ...entry.services].sort()});
    }
  }
  const merged = new Map(before);
  for (const entry of kept) {
    const there = merged.get(entry.reference);
    for (const [platform, digest] of entry.digests) {
      if (there && (there.digests.get(platform) ?? digest) !== digest) clash(`both run ${entry.reference}, whose build changed`);
    }
    merged.set(entry.reference, there ? {...there, services: [...new Set([...there.services, ...entry.services])].sort()} : entry);
  }
  return [...merged.values()].sort((one, other) => (one.reference < other.reference ? -1 : 1));
};

/** What was said about the components of each side. */
const placeAnswers = ({now, earlier, back}: Sides, phaseOf: WayBackInput['phaseOf'], everything: boolean): Answers => {
  const states = [...earlier].filter(([phase]) => back.has(phase));
  const newest = states.map(([, state]) => state).toSorted((one, other) => other.at - one.at)[0];
  const base = everything && newest ? newest.answers : now.answers;
  const present = phaseOf(now.answers);
  const isKept = (id: string) => !back.has(present.get(id) ?? '');
  const take = <T>(of: (answers: Answers) => Readonly<Record<string, T>>): Readonly<Record<string, T>> => {
    const kept = Object.entries(of(now.answers)).filter(([id]) => isKept(id) && id !== platformSettings);
    const returned = states.flatMap(([phase, {answers}]) => {
      const then = phaseOf(answers);
      return Object.entries(of(answers)).filter(([id]) => then.get(id) === phase);
    });
    const platform = Object.entries(of(base)).filter(([id]) => id === platformSettings);
    return Object.fromEntries([...platform, ...kept, ...returned]);
  };
  return {...base, components: take(({components}) => components), settings: take(({settings}) => settings)};
};

const cutAt = (input: WayBackInput, cut: number): Omit<WayBack, 'wider'> => {
  const {phases, now, earlier} = input;
  const back = new Set(phases.slice(cut).filter(phase => earlier.has(phase)));
  const sides: Sides = {now, earlier, back, lastPhase: phases.at(-1) ?? ''};
  const placed = placeOverlays(sides);
  const own = composeFiles(now.files.get('.env') ?? '').filter(path => !now.files.has(path));
  const overlays = [...placed.map(({overlay}) => overlay.path), ...own];
  const answers = placeAnswers(
    sides,
    input.phaseOf,
    placed.every(({kept}) => !kept),
  );
  const files = new Map([
    ...placed.map(({overlay}) => [overlay.path, overlay.content] as const),
    ['.env', placeVariables(placed, sides, overlays, input.dotenvOf(answers))] as const,
    ...placeConfig(placed, sides),
  ]);
  return {phases: [...back], at: earlier.get(input.from)?.at ?? 0, overlays, files, lock: placeImages(placed, sides), answers};
};

/** As few phases as possible; why there is no way, where even all of them together clash. `from` has come up before. */
export const wayBack = (input: WayBackInput): WayBack | {readonly clash: string} => {
  const asked = Math.max(0, input.phases.indexOf(input.from));
  let wider: string | undefined;
  for (let cut = asked; cut >= 0; cut -= 1) {
    try {
      return {...cutAt(input, cut), wider};
    } catch (error) {
      if (!(error instanceof Clash)) throw error;
      wider ??= error.message;
    }
  }
  return {clash: wider ?? ''};
};
