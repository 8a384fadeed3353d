import {readFile} from 'node:fs/promises';
import {Agent as PlainAgent} from 'node:http';
import {Agent} from 'node:https';
import {join} from 'node:path';
import {inspect} from 'node:util';
import type {DockerOptions} from 'dockerode';
import {UserError} from '../errors.ts';
import type {Endpoint, TlsFiles} from './endpoint.ts';

/** Of Docker 25; without a version, dockerode gets whatever shapes the newest API has. */
const apiVersion = 'v1.44';

/** Every field is set: dockerode fills those that are not from DOCKER_HOST, which may mean another engine. */
type Options = DockerOptions & {readonly pathPrefix: string; readonly agent: PlainAgent | undefined};
const general = {
  version: apiVersion,
  protocol: 'http',
  host: undefined,
  port: undefined,
  socketPath: undefined,
  username: undefined,
  timeout: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  agent: undefined,
  pathPrefix: '/',
} as const satisfies Options;

/** How dockerode reaches an endpoint. Throws UserError when a certificate cannot be read. */
export const clientOptions = async ({kind, host, tls}: Endpoint): Promise<Options> => {
  if (kind === 'unix') return {...general, socketPath: host.slice('unix://'.length)};
  if (kind === 'npipe') return {...general, socketPath: host.slice('npipe://'.length)};
  const {hostname, port} = new URL(host);
  if (!tls) return {...general, host: hostname, port: port || '2375'};
  return {...general, protocol: 'https', host: hostname, port: port || '2376', agent: await agentOf(tls)};
};

/** Connections stay open between two requests, and are closed by us before a proxy does: many take five seconds. Milliseconds. */
const keptOpen = {keepAlive: true, timeout: 4000} as const;

/** docker-modem describes each request with all that belongs to it, for a log: an agent with its connections takes it 18 ms. */
const inOneWord = <T extends PlainAgent>(agent: T): T => Object.assign(agent, {[inspect.custom]: () => 'Agent'});

/** The same over connections that nobody else uses. */
export const ownConnections = async (endpoint: Endpoint): Promise<Options & {readonly agent: PlainAgent}> => {
  const {agent = inOneWord(new PlainAgent(keptOpen)), ...options} = await clientOptions(endpoint);
  return {...options, agent};
};

const agentOf = async ({directory, verify}: TlsFiles): Promise<Agent> => {
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map(name => read(join(directory, name))));
  return inOneWord(new Agent({ca, cert, key, rejectUnauthorized: verify, ...keptOpen}));
};

const read = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new UserError(`A certificate for the Docker Engine cannot be read: ${path}`, {
      why: `The system says ${(cause as NodeJS.ErrnoException).code}.`,
      next: ['Check DOCKER_CERT_PATH, or create the context again: docker context create --help.'],
      cause,
    });
  });
