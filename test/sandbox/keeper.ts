import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {basename} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {EngineFiles} from './engine-files.ts';

export interface Keeper {
  /** A process that lives in the sandbox's network namespace. */
  readonly namespacePid: number;
  stop(): Promise<void>;
}

/**
 * Starts keeper.sh, which starts the supervisor in its own namespaces and cleans up when this process ends or lets go.
 * Nothing of it keeps this process alive.
 */
export async function startKeeper(directory: string, files: EngineFiles, prepare: (cgroup: string) => Promise<void>): Promise<Keeper> {
  const cgroup = basename(directory);
  try {
    await prepare(cgroup);
  } catch (cause) {
    await rm(directory, {recursive: true, force: true});
    throw cause;
  }
  const child = spawn(fileURLToPath(new URL('./keeper.sh', import.meta.url)), [directory, cgroup, ...namespaced(files, directory)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.ref();
    child.stdin.end();
    await ended;
  };
  try {
    const namespacePid = await readiness(child);
    letGo(child);
    return {namespacePid, stop};
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** tini reaps what the engine's helpers leave behind, and ends, with all of the namespace, when the supervisor ends. */
function namespaced(files: EngineFiles, directory: string): readonly string[] {
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return [
    'unshare',
    ...namespaces,
    files.init,
    '--',
    process.execPath,
    '--import',
    tsx,
    fileURLToPath(new URL('./supervisor.ts', import.meta.url)),
    directory,
  ];
}

/** Reads the keeper's two lines: the process that holds the namespace, then whether the supervisor is ready. */
async function readiness(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('The keeper of the sandbox has no output to read.');
  const lines: string[] = [];
  for await (const line of createInterface({input: child.stdout})) {
    if (lines.push(line) === 2) break;
  }
  const [pid, state = '{"error":"it ended without a word"}'] = lines;
  const {error}: {error?: string} = JSON.parse(state);
  if (error !== undefined) throw new Error(`The sandbox did not start: ${error}`);
  return Number(pid);
}

function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}
