/**
 * Linux: one abstract socket name per workspace. Two processes cannot have it, and the kernel frees it with its holder; see unix(7).
 * Abstract names are per network namespace, so a run inside a container does not see one outside of it.
 */
import {hasCode} from './fs-problem.ts';
import type {Claim} from './lock.ts';
import {ask, listen} from './lock-socket.ts';

const listenIfFree = async (address: string, holder: string) => {
  try {
    return await listen(address, () => holder);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return undefined;
    throw error;
  }
};

export const acquireAbstract = async (key: string, holder: string): Promise<Claim> => {
  const address = `\0infra-wizard-${key}`;
  for (;;) {
    const listener = await listenIfFree(address, holder);
    if (listener) return {held: true, release: () => listener.close()};
    const answer = await ask(address);
    // Nobody there any more: its holder ended between our two calls.
    if (answer.alive) return {held: false, holder: answer.text};
  }
};
