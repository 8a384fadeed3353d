/** How long the program takes to say something, against what Node itself needs. */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';

const program = fileURLToPath(new URL('../../dist/infra-wizard.cjs', import.meta.url));

const environment = (): Record<string, string> => {
  const {CI: _, ...rest} = process.env;
  return {
    ...Object.fromEntries(Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    TERM: 'xterm-256color',
  };
};

const timeRun = (argv: readonly string[]): number => {
  const start = performance.now();
  spawnSync(process.execPath, argv, {stdio: 'ignore'});
  return performance.now() - start;
};

/** From the start of the process until its first screen is there; then it is ended. */
const timeFirstFrame = (): Promise<number> =>
  new Promise(resolve => {
    const start = performance.now();
    const child = pty.spawn(process.execPath, [program], {cols: 80, rows: 24, env: environment()});
    let said = '';
    child.onData(data => {
      said += data;
      if (!said.includes('Welcome')) return;
      const elapsed = performance.now() - start;
      said = '';
      child.onExit(() => resolve(elapsed));
      child.kill('SIGKILL');
    });
  });

export interface StartTimes {
  readonly node: readonly number[];
  readonly version: readonly number[];
  readonly frame: readonly number[];
}

/** Milliseconds, taken in turn, so that a busy machine is busy for all of them. */
export const measureStart = async (runs: number): Promise<StartTimes> => {
  const times: {node: number[]; version: number[]; frame: number[]} = {node: [], version: [], frame: []};
  timeRun([program, '--version']);
  await timeFirstFrame();
  for (let run = 0; run < runs; run += 1) {
    times.node.push(timeRun(['-e', '0']));
    times.version.push(timeRun([program, '--version']));
    times.frame.push(await timeFirstFrame());
  }
  return times;
};
