import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {composePlugin, noTools} from '../sandbox/tools.ts';

const run = promisify(execFile);

/** Runs compose with the arguments given to it; needs no engine for `config`. */
export type Compose = (args: readonly string[], cwd: string) => Promise<{stdout: string; stderr: string}>;

/** The compose of this machine, else the sandbox's; or why there is neither. */
export const findCompose = async (): Promise<Compose | {readonly reason: string}> => {
  const installed = await run('docker', ['compose', 'version']).catch(() => undefined);
  if (installed) return (args, cwd) => run('docker', ['compose', ...args], {cwd});
  const reason = await noTools();
  if (reason !== undefined) return {reason};
  const plugin = await composePlugin();
  return (args, cwd) => run(plugin, [...args], {cwd});
};
