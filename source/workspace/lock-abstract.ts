/**
 * Linux: one abstract socket name per workspace. Two processes cannot have it, and the kernel frees it with its holder; see unix(7).
 * Abstract names are per network namespace, so a run inside a container does not see one outside of it.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {hasCode} from './fs-problem.ts';
import type {Claim} from './lock.ts';
import {type Answer, ask, listen} from './lock-socket.ts';

const listenIfFree = async (address: string, holder: string) => {
  try {
    return await listen(address, () => holder);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return undefined;
    throw error;
  }
};

const addressOf = (key: string) => `\0infra-wizard-${key}`;

/** What the holder says about itself, without taking the lock. */
export const askAbstract = (key: string): Promise<Answer> => ask(addressOf(key));

/** A holder that hangs up is ending; one that always does is respected after this many times. */
const attempts = 50;
const pause = 10;

export const acquireAbstract = async (key: string, holder: string): Promise<Claim> => {
  const address = addressOf(key);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const listener = await listenIfFree(address, holder);
    if (listener) return {held: true, release: () => listener.close()};
    const answer = await ask(address);
    if (answer.kind === 'said') return {held: false, holder: answer.text};
    if (answer.kind === 'silent') break;
    await sleep(pause);
  }
  return {held: false, holder: undefined};
};
