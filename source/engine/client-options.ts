import {readFile} from 'node:fs/promises';
import {Agent as PlainAgent} from 'node:http';
import {Agent} from 'node:https';
import {join} from 'node:path';
import type {DockerOptions} from 'dockerode';
import {UserError} from '../errors.ts';
import type {Endpoint, TlsFiles} from './endpoint.ts';

/** Of Docker 25; without a version, dockerode gets whatever shapes the newest API has. */
const apiVersion = 'v1.44';

/** Every field is set: dockerode fills those that are not from DOCKER_HOST, which may mean another engine. */
type Options = DockerOptions & {readonly pathPrefix: string; readonly agent: PlainAgent | undefined};
const general = {
  ...{
    version: apiVersion,
    protocol: 'http',
    host: undefined,
    port: undefined,
    socketPath: undefined,
    username: undefined,
    timeout: undefined,
  },
  ...{ca: undefined, cert: undefined, key: undefined, agent: undefined, pathPrefix: '/'},
} as const satisfies Options;

/** How dockerode reaches an endpoint. Throws UserError when a certificate cannot be read. */
export const clientOptions = async ({kind, host, tls}: Endpoint): Promise<Options> => {
  if (kind === 'unix') return {...general, socketPath: host.slice('unix://'.length)};
  if (kind === 'npipe') return {...general, socketPath: host.slice('npipe://'.length)};
  const {hostname, port} = new URL(host);
  if (!tls) return {...general, host: hostname, port: port || '2375'};
  return {...general, protocol: 'https', host: hostname, port: port || '2376', agent: await agentOf(tls)};
};

/** The same over connections that nobody else uses, which stay open between two questions. */
export const ownConnections = async (endpoint: Endpoint): Promise<Options & {readonly agent: PlainAgent}> => {
  const {agent = new PlainAgent({keepAlive: true}), ...options} = await clientOptions(endpoint);
  return {...options, agent};
};

const agentOf = async ({directory, verify}: TlsFiles): Promise<Agent> => {
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map(name => read(join(directory, name))));
  return new Agent({ca, cert, key, rejectUnauthorized: verify, keepAlive: true});
};

const read = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new UserError(`A certificate for the Docker Engine cannot be read: ${path}`, {
      why: `The system says ${(cause as NodeJS.ErrnoException).code}.`,
      next: ['Check DOCKER_CERT_PATH, or create the context again: docker context create --help.'],
      cause,
    });
  });
