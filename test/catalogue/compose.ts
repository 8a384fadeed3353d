import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {cacheRoot} from '../sandbox/cache.ts';
import {Debian, hostSuite} from '../sandbox/debian.ts';
import {engineFiles} from '../sandbox/engine-files.ts';
import {sandboxSupport} from '../sandbox/support.ts';

const run = promisify(execFile);

/** Runs compose with the arguments given to it; needs no engine for `config`. */
export type Compose = (args: readonly string[], cwd: string) => Promise<{stdout: string; stderr: string}>;

/** The compose of this machine, else the sandbox's; or why there is neither. */
export const findCompose = async (): Promise<Compose | {readonly reason: string}> => {
  const installed = await run('docker', ['compose', 'version']).catch(() => undefined);
  if (installed) return (args, cwd) => run('docker', ['compose', ...args], {cwd});
  const support = await sandboxSupport();
  const suite = await hostSuite();
  if (!support.ok || !suite) return {reason: support.ok ? 'this system is not Debian' : support.reason};
  const {composePlugin} = await engineFiles(new Debian(cacheRoot()), suite);
  return (args, cwd) => run(composePlugin, [...args], {cwd});
};
