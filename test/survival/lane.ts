/** One platform that is killed over and over: its folder, its program, and what is known of it from before. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Env, environmentAt, type Finished, type Running, startProgram} from '../helpers/cli.ts';
import type {Sandbox} from '../sandbox/sandbox.ts';
import {imageOf} from '../sandbox/test-helpers.ts';
import {readTree, type Tree} from './disk-view.ts';
import {type EngineView, viewEngine} from './engine-view.ts';
import {buildHouse, flagsOf, type House, ownOverlay, type Wish, wishes} from './house.ts';

export interface Lane {
  /** All of it lies there. */
  readonly folder: string;
  readonly name: string;
  /** As compose calls it. */
  readonly project: string;
  readonly workspace: string;
  /** The program's own temporary folder. */
  readonly temporary: string;
  readonly engine: EngineView;
  readonly lampImage: string;
  /** Folder of a volume's files, on this host. */
  volumeFolder(volume: string): string;
  /** The program on the workspace. */
  start(...args: readonly string[]): Running;
  /** The program as it is called, to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  /** What `start` starts, with its environment: for other ways to start it. */
  readonly command: {readonly argv: readonly string[]; readonly env: Env};
  docker(...args: readonly string[]): Promise<Finished>;
  remove(): Promise<void>;
}

/** What complete runs write, for every wish. */
export const writeReferences = async ({run, folder}: Lane): Promise<readonly Tree[]> => {
  const trees: Tree[] = [];
  for (const [index, wish] of wishes.entries()) {
    const directory = join(folder, `complete-${index}`);
    const {code, stderr} = await run('write', ...flagsOf(wish), '--dir', directory);
    if (code !== 0) throw new Error(`A reference could not be written: ${stderr}`);
    trees.push(await readTree(directory));
  }
  return trees;
};

export interface LaneOptions extends Omit<House, 'lampImage'> {
  /** Whose tag is taken away now and then: of no other lane. */
  readonly lampRepository: string;
}

export const openLane = async (sandbox: Sandbox, {name, subnet, lampRepository}: LaneOptions): Promise<Lane> => {
  const folder = await mkdtemp(join(tmpdir(), 'infra-wizard-survival-'));
  const [workspace, temporary] = [join(folder, 'infra'), join(folder, 'tmp')];
  const lampImage = imageOf(sandbox, lampRepository);
  const program = await buildHouse({name, subnet, lampImage}, join(folder, 'program'));
  for (const path of [workspace, temporary, join(folder, 'home')]) await mkdir(path);
  await writeFile(join(workspace, ownOverlay.path), ownOverlay.content);
  const {DOCKER_HOST, DOCKER_CONFIG, PATH} = sandbox.env;
  const env = {...environmentAt(join(folder, 'home')), DOCKER_HOST, DOCKER_CONFIG, PATH, TMPDIR: temporary};
  const start = (argv: readonly string[], cwd: string) => startProgram(argv, {env, cwd, inside: sandbox.inside});
  const run = (...args: readonly string[]) => start([process.execPath, program, ...args], folder).finished;
  return {
    name,
    project: `${name}-dev`,
    workspace,
    temporary,
    engine: viewEngine(sandbox.socket),
    lampImage,
    volumeFolder: volume => join(sandbox.directory, 'data', 'volumes', volume, '_data'),
    folder,
    run,
    command: {argv: sandbox.inside([process.execPath, program]), env},
    start: (...args) => start([process.execPath, program, ...args, '--dir', workspace], folder),
    docker: (...args) => start(['docker', ...args], workspace).finished,
    remove: () => rm(folder, {recursive: true, force: true}),
  };
};

export type Command = 'up' | 'write' | 'update' | 'down';

export const argvOf = (command: Command, wish: Wish): readonly string[] => {
  switch (command) {
    case 'up':
      return ['up', '--yes', '--remove', '--progress', 'json', ...flagsOf(wish)];
    case 'write':
      return ['write', ...flagsOf(wish)];
    case 'update':
      return ['update', '--yes', ...flagsOf(wish)];
    case 'down':
      return ['down', '--yes'];
  }
};
