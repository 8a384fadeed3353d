/**
 * Where there are no abstract sockets: every contender listens on a socket file of its own and looks at the others. A socket file whose
 * process was killed refuses connections, and as names are never used twice it can be removed without a race.
 * Exactly one wins: nobody decides before it listens itself, so of two contenders at least the later one sees the other.
 */
import {randomBytes} from 'node:crypto';
import {mkdir, readdir, rename, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Claim} from './lock.ts';
import {ask, listen} from './lock-socket.ts';

const trying = 'trying';
const pause = 10;

/** Unix socket paths end after 104 bytes on macOS, so they cannot lie in the workspace. */
const folderOf = (key: string) => join(tmpdir(), `infra-wizard-${key.slice(0, 16)}`);

type Verdict = {readonly kind: 'won'} | {readonly kind: 'lost'; readonly holder: string | undefined} | {readonly kind: 'wait'};

/** Lost to whoever holds it, and to a contender with a lower name; waits for one with a higher name to hold it or to go. */
const look = async (folder: string, own: string): Promise<Verdict> => {
  const others = (await readdir(folder)).filter(name => name !== own && name.endsWith('.sock')).toSorted();
  let verdict: Verdict = {kind: 'won'};
  for (const name of others) {
    const answer = await ask(join(folder, name));
    if (answer.kind === 'dead') await rm(join(folder, name), {force: true});
    else if (answer.kind === 'silent') return {kind: 'lost', holder: undefined};
    else if (answer.kind === 'said' && answer.text !== trying) return {kind: 'lost', holder: answer.text};
    else if (answer.kind === 'said' && name < own) return {kind: 'lost', holder: undefined};
    else verdict = {kind: 'wait'};
  }
  return verdict;
};

export const acquireByFiles = async (key: string, holder: string): Promise<Claim> => {
  const folder = folderOf(key);
  await mkdir(folder, {recursive: true, mode: 0o700});
  const id = randomBytes(8).toString('hex');
  const own = `${id}.sock`;
  let answer = trying;
  const listener = await listen(join(folder, `${id}.new`), () => answer);
  // Between bind(2) and listen(2) a socket file refuses connections as a dead one does, so it gets its name afterwards.
  await rename(join(folder, `${id}.new`), join(folder, own));
  const release = async () => {
    await listener.close();
    await rm(join(folder, own), {force: true});
  };
  for (;;) {
    const verdict = await look(folder, own);
    if (verdict.kind === 'wait') {
      await sleep(pause);
      continue;
    }
    if (verdict.kind === 'lost') {
      await release();
      return {held: false, holder: verdict.holder};
    }
    answer = holder;
    return {held: true, release};
  }
};
