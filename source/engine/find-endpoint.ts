import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import {UserError} from '../errors.ts';
import {printableLine} from '../printable.ts';
import {configDirectoryOf, homeOf, readDockerConfig, readIfThere} from './docker-config.ts';
import {type ContextFacts, chooseEndpoint, type Endpoint, type EndpointFacts} from './endpoint.ts';
import {parseJson} from './lines.ts';
import type {Env} from './process.ts';

/**
 * The engine that the docker CLI would talk to in this environment. Reads the CLI's files, so that it works without the CLI.
 * Throws UserError for a context that does not exist or an address nobody can use.
 */
export const findEndpoint = async (env: Env): Promise<Endpoint> => {
  const configDirectory = configDirectoryOf(env);
  const context = env.DOCKER_HOST ? undefined : await readContext(env, configDirectory);
  return chooseEndpoint({env, configDirectory, context, sockets: await socketsOf(env)});
};

const named = async (env: Env): Promise<Pick<ContextFacts, 'name' | 'from'> | undefined> => {
  const fromEnv = env.DOCKER_CONTEXT;
  const name = fromEnv || (await readDockerConfig(env)).currentContext;
  return name && name !== 'default' ? {name, from: fromEnv ? 'DOCKER_CONTEXT' : 'context'} : undefined;
};

const metadata = v.object({
  Endpoints: v.object({docker: v.object({Host: v.string(), SkipTLSVerify: v.optional(v.boolean())})}),
});

/** The CLI keeps a context under the SHA-256 of its name; its certificates in a folder of that name too. */
const readContext = async (env: Env, configDirectory: string): Promise<ContextFacts | undefined> => {
  const context = await named(env);
  if (!context) return undefined;
  const key = createHash('sha256').update(context.name).digest('hex');
  const text = await readIfThere(join(configDirectory, 'contexts', 'meta', key, 'meta.json'));
  const parsed = v.safeParse(metadata, parseJson(text ?? ''));
  if (!parsed.success) throw unknownContext(context, text !== undefined);
  const {Host, SkipTLSVerify = false} = parsed.output.Endpoints.docker;
  const certificates = join(configDirectory, 'contexts', 'tls', key, 'docker');
  const tls = (await exists(certificates)) ? {directory: certificates, verify: !SkipTLSVerify} : undefined;
  return {...context, host: Host, tls};
};

const unknownContext = ({name, from}: Pick<ContextFacts, 'name' | 'from'>, found: boolean): UserError =>
  new UserError(`The docker context ${printableLine(name)} ${found ? 'has no usable address' : 'does not exist'}.`, {
    why: from === 'DOCKER_CONTEXT' ? 'The variable DOCKER_CONTEXT names it.' : 'The docker configuration names it as the current one.',
    next: [
      'See which there are: docker context ls.',
      from === 'DOCKER_CONTEXT' ? 'Unset DOCKER_CONTEXT.' : 'Go back: docker context use default.',
    ],
  });

const socketsOf = async (env: Env): Promise<EndpointFacts['sockets']> => {
  const home = homeOf(env);
  const runtime = env.XDG_RUNTIME_DIR;
  const candidates: EndpointFacts['sockets'] = [
    ...(runtime ? [{path: join(runtime, 'docker.sock'), from: 'rootless'} as const] : []),
    {path: join(home, '.docker', 'run', 'docker.sock'), from: 'desktop'},
    {path: join(home, '.docker', 'desktop', 'docker.sock'), from: 'desktop'},
    {path: '/var/run/docker.sock', from: 'default'},
  ];
  const found = await Promise.all(candidates.map(({path}) => exists(path)));
  return candidates.filter((_, index) => found[index]);
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const enginePrograms = ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd', '/snap/bin/dockerd'];

/** Whether its engine is on this host, where that can be known. */
export const isInstalled = ({kind, from}: Endpoint): boolean | undefined =>
  kind === 'unix' && from === 'default' ? enginePrograms.some(path => existsSync(path)) : undefined;
