/** Which engine is meant, decided as the docker CLI decides it. Pure; `find-endpoint.ts` finds the facts out. */
import {UserError} from '../errors.ts';
import {printableLine} from '../printable.ts';
import type {Env} from './process.ts';

type EndpointKind = 'unix' | 'npipe' | 'tcp' | 'ssh';

export interface TlsFiles {
  /** Folder with ca.pem, cert.pem and key.pem, as DOCKER_CERT_PATH has it. */
  readonly directory: string;
  /** False: encrypted, but the engine's certificate is not checked. */
  readonly verify: boolean;
}

export interface Endpoint {
  readonly kind: EndpointKind;
  /** As DOCKER_HOST takes it, for example `unix:///var/run/docker.sock`. */
  readonly host: string;
  readonly tls?: TlsFiles | undefined;
  /** What decided it: a variable, the current context, or a socket that was found. */
  readonly from: 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'context' | 'rootless' | 'desktop' | 'default';
  /** Name of the context it came from. */
  readonly context?: string | undefined;
}

export interface ContextFacts {
  readonly name: string;
  readonly from: 'DOCKER_CONTEXT' | 'context';
  readonly host: string;
  readonly tls?: TlsFiles | undefined;
}

export interface EndpointFacts {
  /** Of which DOCKER_HOST, DOCKER_TLS, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH are looked at. */
  readonly env: Env;
  /** Folder of the docker configuration, where certificates lie by default. */
  readonly configDirectory: string;
  /** What DOCKER_CONTEXT or else the configuration names, unless it is `default`. */
  readonly context: ContextFacts | undefined;
  /** Those that exist, in the order in which they are tried. */
  readonly sockets: readonly {readonly path: string; readonly from: 'rootless' | 'desktop' | 'default'}[];
}

const defaultSocket = {path: '/var/run/docker.sock', from: 'default'} as const;

/** DOCKER_HOST, then the context, then the first socket found. Throws UserError for an address nobody can use. */
export const chooseEndpoint = ({env, configDirectory, context, sockets}: EndpointFacts): Endpoint => {
  const fromEnv = env.DOCKER_HOST;
  if (fromEnv) return {...parseHost(fromEnv, 'DOCKER_HOST'), tls: tlsOf(env, configDirectory), from: 'DOCKER_HOST'};
  if (context) return {...parseHost(context.host, `context ${context.name}`), tls: context.tls, from: context.from, context: context.name};
  const {path, from} = sockets[0] ?? defaultSocket;
  return {kind: 'unix', host: `unix://${path}`, from};
};

/** Environment for a child, so that it talks to this endpoint and no other. */
export const environmentFor = (endpoint: Endpoint, env: Env): Env => {
  const {DOCKER_CONTEXT: _context, DOCKER_TLS: _tls, DOCKER_TLS_VERIFY: _verify, DOCKER_CERT_PATH: _path, ...rest} = env;
  const tls = endpoint.tls && {
    [endpoint.tls.verify ? 'DOCKER_TLS_VERIFY' : 'DOCKER_TLS']: '1',
    DOCKER_CERT_PATH: endpoint.tls.directory,
  };
  return {...rest, ...tls, DOCKER_HOST: endpoint.host};
};

const kinds: ReadonlyMap<string, EndpointKind> = new Map([
  ['unix:', 'unix'],
  ['npipe:', 'npipe'],
  ['tcp:', 'tcp'],
  ['ssh:', 'ssh'],
]);

/** Without a scheme it is an address of TCP, as for the CLI. */
const parseHost = (text: string, source: string): Pick<Endpoint, 'kind' | 'host'> => {
  const host = text.includes('://') ? text : `tcp://${text}`;
  const kind = kinds.get(host.slice(0, host.indexOf('://') + 1));
  if (kind && (kind === 'unix' || kind === 'npipe' || (URL.canParse(host) && new URL(host).hostname))) return {kind, host};
  throw new UserError(`${source} is not an address of a Docker Engine: ${printableLine(text)}`, {
    why: 'It begins with unix://, tcp:// or ssh://.',
    next: [
      source === 'DOCKER_HOST' ? 'Correct or unset DOCKER_HOST.' : 'Pick another context: docker context ls, docker context use NAME.',
    ],
  });
};

const tlsOf = (env: Env, configDirectory: string): TlsFiles | undefined => {
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && !env.DOCKER_TLS) return undefined;
  return {directory: env.DOCKER_CERT_PATH || configDirectory, verify};
};
