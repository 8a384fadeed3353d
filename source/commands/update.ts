/** What newer builds the tags mean by now, and why an image changed; nothing moves before the operator said so. */
import {jsonText} from '../display/json.ts';
import {table} from '../display/tables.ts';
import {concurrently} from '../engine/concurrently.ts';
import type {Engine} from '../engine/engine.ts';
import {PullError} from '../engine/pull-failure.ts';
import {ExitCode, UserError} from '../errors.ts';
import {platformOf, shortDigest} from '../plan/image-lock.ts';
import {acceptMoves, type ImageMove, imageMoves, isMove, type RemoteImage} from '../plan/image-moves.ts';
import {imageLockFile, loadImageLock, saveImageLock} from '../workspace/image-lock.ts';
import {acquireLock} from '../workspace/lock.ts';
import {answersOf, type Command, type Context} from './context.ts';
import {requireReady} from './host.ts';
import {withHost} from './plan.ts';
import {type Prepared, prepare} from './prepare.ts';

/** Registries count requests and some refuse many at once. */
const askedAtOnce = 4;

const askRegistries = async (engine: Engine, references: readonly string[]): Promise<ReadonlyMap<string, RemoteImage>> => {
  const answers = await concurrently(references, askedAtOnce, async (reference): Promise<readonly [string, RemoteImage]> => {
    try {
      return [reference, {digest: await engine.remoteDigest(reference)}];
    } catch (error) {
      if (error instanceof PullError) return [reference, {reason: error.failure.reason}];
      throw error;
    }
  });
  return new Map(answers);
};

const words: Readonly<Record<ImageMove['change'], string>> = {
  same: 'same',
  new: 'new',
  moved: 'newer build',
  replaced: 'other version',
  unknown: 'not known',
};

const columns = [{title: 'IMAGE'}, {title: 'CHANGE'}, {title: 'LOCKED'}, {title: 'NOW'}, {title: 'WHY'}];

const short = (digest: string | undefined) => (digest === undefined ? '-' : shortDigest(digest));

const summaryOf = (moves: readonly ImageMove[]): string => {
  const [moved, unknown] = [moves.filter(isMove).length, moves.filter(({change}) => change === 'unknown').length];
  const said = moved === 0 ? 'Nothing moved.' : `${moved} of ${moves.length} images would move.`;
  return unknown === 0 ? said : `${said} ${unknown} could not be asked for.`;
};

const confirm = async (context: Context): Promise<boolean> => {
  if (context.flags.yes) return true;
  if (context.flags.json) return false;
  const answer = await context.ask(`Take these into ${imageLockFile}? [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
};

const accept = async (context: Context, {compose}: Prepared, moves: readonly ImageMove[], platform: string) => {
  const lock = await acquireLock(compose.directory, {project: compose.project, command: 'update'});
  try {
    await saveImageLock(compose.directory, acceptMoves(await loadImageLock(compose.directory), moves, platform));
  } finally {
    await lock.release();
  }
  context.note([`${imageLockFile} is written; nothing runs otherwise yet. To roll out: infra-wizard up`]);
};

/** 6 with `--exit-code` when something would move and is not taken; 1 when no registry could be asked. */
export const updateCommand: Command = async context => {
  const answers = await answersOf(context);
  return withHost(context, async host => {
    const ready = requireReady(host);
    const prepared = await prepare(ready, {catalog: context.catalog, directory: context.directory, answers});
    const platform = platformOf(ready.info.architecture);
    const remote = await askRegistries(ready.engine, [...new Set(prepared.services.map(({image}) => image))]);
    const moves = imageMoves({lock: prepared.observed.lock, services: prepared.services, remote, platform, answers});
    if (context.flags.json) context.out(`${jsonText({platform, images: moves})}\n`);
    else {
      const rows = moves.map(({reference, change, locked, now, cause}) => [reference, words[change], short(locked), short(now), cause]);
      context.print([...table(columns, rows), summaryOf(moves)]);
    }
    if (moves.every(({change}) => change === 'unknown')) {
      throw new UserError('No registry could be asked.', {
        why: moves[0]?.cause ?? 'There is no image to ask for.',
        next: ['Check the connection, then run it again.'],
      });
    }
    if (!moves.some(isMove)) return ExitCode.done;
    if (await confirm(context)) await accept(context, prepared, moves, platform);
    else if (context.flags.exitCode) return ExitCode.changes;
    return ExitCode.done;
  });
};
