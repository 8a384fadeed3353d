import {mkdir, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {type Env, environmentAt, temporaryFolder} from './cli.ts';

export interface BareHost {
  readonly folder: string;
  readonly env: Env;
  /** Not there yet. */
  readonly workspace: string;
}

/** A search path with nothing but what a test itself needs: no docker, wherever this runs. */
export const bareHost = async (): Promise<BareHost> => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bin'));
  for (const program of ['/bin/stty', '/usr/bin/id']) await symlink(program, join(folder, 'bin', program.split('/').at(-1) ?? ''));
  const env = {
    ...environmentAt(folder),
    PATH: join(folder, 'bin'),
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    LINES: undefined,
    COLUMNS: undefined,
  };
  return {folder, env, workspace: join(folder, 'infra')};
};
