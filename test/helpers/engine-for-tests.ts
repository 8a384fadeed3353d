/**
 * The engine that tests run against, by the variable SANDBOX: `required` fails where no sandbox can run, `off` takes the Docker that is
 * there already, with the real images; else the sandbox, or nothing where this machine can run none.
 */
import {type Sandbox, sandboxSupport, startSandbox} from '../sandbox/sandbox.ts';
import {environmentAt, type Finished, startProgram} from './cli.ts';

export interface TestEngine {
  /** For children: DOCKER_HOST, DOCKER_CONFIG, PATH with docker. */
  readonly env: NodeJS.ProcessEnv;
  /** Undefined when it is Docker as it was found: no faults can be made there. */
  readonly sandbox: Sandbox | undefined;
  /** The argv that runs another argv where published ports are. */
  inside(argv: readonly string[]): readonly string[];
  /** Removes what a test left behind. */
  reset(options?: {readonly images?: boolean}): Promise<void>;
  stop(): Promise<void>;
}

export type EngineSupport = {readonly kind: 'sandbox'} | {readonly kind: 'existing'} | {readonly kind: 'none'; readonly reason: string};

/** Throws when a sandbox is required and this machine can run none. */
export const engineSupport = async (): Promise<EngineSupport> => {
  const {SANDBOX: wish = ''} = process.env;
  if (wish === 'off') return {kind: 'existing'};
  const support = await sandboxSupport();
  if (support.ok) return {kind: 'sandbox'};
  if (wish === 'required') throw new Error(`SANDBOX=required, but ${support.reason}.`);
  return {kind: 'none', reason: support.reason};
};

/** A suite's title, with the reason when it can not run. Faults can only be made in the sandbox. */
export const titled = (title: string, support: EngineSupport, needs: 'engine' | 'faults' = 'engine'): string => {
  if (support.kind === 'none') return `${title} (not run: ${support.reason})`;
  return support.kind === 'existing' && needs === 'faults' ? `${title} (not run: SANDBOX=off can make no faults)` : title;
};

const project = 'infra-dev';

const docker = async (...args: readonly string[]): Promise<Finished> => {
  const finished = await startProgram(['docker', ...args], {env: process.env}).finished;
  if (finished.code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${finished.code}: ${finished.stderr}`);
  return finished;
};

const listed = async (kind: 'container' | 'network' | 'volume'): Promise<readonly string[]> => {
  const all = kind === 'container' ? ['--all'] : [];
  const {stdout} = await docker(kind, 'ls', ...all, '--quiet', '--filter', `label=com.docker.compose.project=${project}`);
  return stdout.split('\n').filter(Boolean);
};

const removeProject = async (): Promise<void> => {
  for (const kind of ['container', 'network', 'volume'] as const) {
    const found = await listed(kind);
    if (found.length > 0) await docker(kind, 'rm', ...(kind === 'network' ? [] : ['--force']), ...found);
  }
};

/** Whatever of the project is there was not made by a test, and is not theirs to remove. */
const existingEngine = async (): Promise<TestEngine> => {
  const found = [...(await listed('container')), ...(await listed('volume'))];
  if (found.length > 0) throw new Error(`SANDBOX=off, but this Docker already has a project ${project}: ${found.join(', ')}`);
  return {env: process.env, sandbox: undefined, inside: argv => argv, reset: removeProject, stop: removeProject};
};

export const startEngineForTests = async (
  support: EngineSupport,
  options: Parameters<typeof startSandbox>[0] = {},
): Promise<TestEngine> => {
  if (support.kind === 'existing') return existingEngine();
  const sandbox = await startSandbox(options);
  const {env, inside, reset, stop} = sandbox;
  return {env, sandbox, inside, reset, stop};
};

/** What a run of the program gets: a home of its own, and this engine. */
export const environmentWith = ({env}: TestEngine, home: string): NodeJS.ProcessEnv => {
  const {DOCKER_HOST, DOCKER_CONFIG, PATH} = env;
  return {
    ...environmentAt(home),
    ...(DOCKER_HOST !== undefined && {DOCKER_HOST}),
    ...(DOCKER_CONFIG !== undefined && {DOCKER_CONFIG}),
    PATH,
  };
};
