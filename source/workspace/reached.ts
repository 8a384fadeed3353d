/**
 * `.infra-wizard/reached.json`: for each phase, from what it last came up. The way back for a phase that does not come up from something
 * newer, and what tells a volume that is not there yet from one that is gone. Holds no secret: the lock and the answers never do.
 */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import type {Answers} from '../plan/answers.ts';
import type {KeptVolume, KnownVolume} from '../plan/data.ts';
import type {ImageLock} from '../plan/image-lock.ts';
import {writeFileAtomic} from './atomic.ts';
import {explained, hasCode} from './fs-problem.ts';
import {imageLockText, parseImageLock} from './image-lock.ts';
import {stateFolder} from './paths.ts';
import {exportProfile, importProfile, makeProfile} from './profile.ts';

/** What a phase came up from. */
export interface Reached {
  readonly phase: string;
  /** The compose project: each environment has phases of its own. */
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The newest generation then: the files are those that it left. */
  readonly generation: number;
  readonly lock: ImageLock;
  readonly answers: Answers;
  /** In which its services kept data. */
  readonly volumes: readonly KeptVolume[];
}

const schema = v.object({
  version: v.literal(1),
  phases: v.array(
    v.object({
      phase: v.string(),
      project: v.string(),
      at: v.number(),
      generation: v.pipe(v.number(), v.integer(), v.minValue(1)),
      lock: v.string(),
      answers: v.string(),
      // What was written before there was this says nothing about volumes.
      volumes: v.optional(v.array(v.object({name: v.string(), madeAt: v.number()})), []),
    }),
  ),
});
type Stored = v.InferOutput<typeof schema>['phases'];

const pathOf = (directory: string) => join(directory, stateFolder, 'reached.json');

const parsed = (text: string): Stored => {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output.phases : [];
  } catch {
    return [];
  }
};

/** Nothing where it can not be read: then there is no way back, and the next rollout notes a new one. */
const stored = async (directory: string): Promise<Stored> => {
  const text = await readFile(pathOf(directory), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return '';
    throw error;
  });
  return parsed(text);
};

/** By phase. Throws UserError when a record of the project is there and can not be understood. */
export const loadReached = async (directory: string, project: string): Promise<ReadonlyMap<string, Reached>> => {
  const own = (await stored(directory)).filter(one => one.project === project);
  return new Map(
    own.map(({lock, answers, ...rest}) => [
      rest.phase,
      {...rest, lock: parseImageLock(lock, pathOf(directory)), answers: importProfile(answers, pathOf(directory)).answers},
    ]),
  );
};

/** The oldest generation that some phase came up from; newer ones are needed to find the way back to it. */
export const oldestReached = async (directory: string): Promise<number | undefined> => {
  const numbers = (await stored(directory)).map(({generation}) => generation);
  return numbers.length === 0 ? undefined : Math.min(...numbers);
};

/** What the project's phases last came up with. */
export const knownVolumes = async (directory: string, project: string): Promise<readonly KnownVolume[]> =>
  (await stored(directory))
    .filter(one => one.project === project)
    .flatMap(({at, volumes}) => volumes.map(volume => ({...volume, seenAt: at})));

const write = (directory: string, phases: Stored): Promise<void> =>
  explained(`${pathOf(directory)} cannot be written`, () =>
    writeFileAtomic(pathOf(directory), `${JSON.stringify({version: 1, phases}, null, 2)}\n`, 0o600),
  );

/**
 * Only these volumes of the project are still its data; of all others nothing is known any more. The caller holds the workspace's lock.
 */
export const forgetVolumes = async (directory: string, project: string, still: readonly string[] = []): Promise<void> => {
  const before = await stored(directory);
  const isForgotten = (one: Stored[number]) => one.project === project && one.volumes.some(({name}) => !still.includes(name));
  if (!before.some(isForgotten)) return;
  const kept = ({volumes}: Stored[number]) => volumes.filter(({name}) => still.includes(name));
  await write(
    directory,
    before.map(one => (isForgotten(one) ? {...one, volumes: kept(one)} : one)),
  );
};

/** Replaces what was known of these phases. The caller holds the workspace's lock. */
export const saveReached = async (directory: string, reached: readonly Reached[]): Promise<void> => {
  const isReplaced = ({phase, project}: Stored[number]) => reached.some(one => one.phase === phase && one.project === project);
  const others = (await stored(directory)).filter(one => !isReplaced(one));
  const fresh: Stored = reached.map(({lock, answers, at, volumes, ...rest}) => ({
    ...rest,
    at,
    volumes: [...volumes],
    lock: imageLockText(lock),
    answers: exportProfile(makeProfile('workspace', answers, new Date(at))),
  }));
  await write(directory, [...others, ...fresh]);
};
