/** The only user of dockerode. Everything that leaves this file is of our own types, every error an EngineError or a PullError. */
import {existsSync} from 'node:fs';
import type {Readable} from 'node:stream';
import type Dockerode from 'dockerode';
import {concurrently} from './concurrently.ts';
import {connectionOf} from './connection.ts';
import type {AuthConfig} from './credentials.ts';
import type {Endpoint} from './endpoint.ts';
import type {ContainerDetails, Engine} from './engine.ts';
import {EngineError, toEngineError} from './engine-error.ts';
import {eventStream} from './event-stream.ts';
import {linkSignals, within} from './limits.ts';
import {logLines} from './log-lines.ts';
import {pullMessages} from './pull-stream.ts';
import {containerOf, engineInfoOf, imageIdOf, type ListedContainer, listOfContainers, networksOf} from './records.ts';
import {normaliseReference} from './reference.ts';
import {statsOf} from './usage.ts';

export interface ConnectOptions {
  /** Credentials for the registry of an image. Default: none, pull as anybody. */
  readonly credentials?: ((reference: string) => Promise<AuthConfig | undefined>) | undefined;
  /** For what answers at once. Default 10 000 ms. */
  readonly limitMs?: number | undefined;
  /** Without progress for so long, a pull has stalled. Default 30 000 ms. */
  readonly stallMs?: number | undefined;
}

/** Requests under way at once, where there is one for each of many things. */
const atOnce = 16;
/** A stop takes 10 s for a program that does not listen; then comes the start. */
const restartLimitMs = 120_000;
const enginePrograms = ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd', '/snap/bin/dockerd'];
const watched = ['create', 'start', 'die', 'kill', 'stop', 'destroy', 'oom', 'pause', 'unpause', 'restart', 'rename', 'update', 'health_status'];

/** Connects on first use; an endpoint of kind `ssh` must have gone through `openTunnel`. */
export const connect = (endpoint: Endpoint, options: ConnectOptions = {}): Engine => {
  const {limitMs = 10_000, stallMs = 30_000, credentials = async () => undefined} = options;
  const closing = new AbortController();
  const activity = {at: 0};
  let opened: Promise<Dockerode> | undefined;
  const open = () => (opened ??= createClient(endpoint));

  const mapped = (error: unknown): unknown =>
    closing.signal.aborted ? closing.signal.reason : toEngineError(error, endpoint, isInstalled(endpoint));
  const ask = async <T>(work: (docker: Dockerode, signal: AbortSignal) => Promise<T>, limit = limitMs): Promise<T> => {
    try {
      return await within(limit, closing.signal, async signal => work(await open(), signal));
    } catch (error) {
      throw mapped(error);
    }
  };
  const listed = async (docker: Dockerode, abortSignal: AbortSignal, filters?: Record<string, string[]>) =>
    listOfContainers(await docker.listContainers({all: true, abortSignal, ...(filters && {filters})}));
  const inspect = (id: string) => ask(async (docker, abortSignal) => containerOf(await docker.getContainer(id).inspect({abortSignal})));

  return {
    endpoint,
    ping: () => ask(async (docker, abortSignal) => void (await docker.ping({abortSignal}))),
    info: () =>
      ask(async (docker, abortSignal) => engineInfoOf(...(await Promise.all([docker.info({abortSignal}), docker.version({abortSignal})])))),
    containers: async project => {
      const all = await ask((docker, signal) => listed(docker, signal, {label: [`com.docker.compose.project=${project}`]}));
      const found = await concurrently(all.filter(isOfService), atOnce, ({id}) => unlessGone(inspect(id)));
      return found.filter(container => container !== undefined);
    },
    networks: () => ask(async (docker, abortSignal) => networksOf(await docker.listNetworks({abortSignal}))),
    foreignPorts: async project => {
      const all = await ask((docker, signal) => listed(docker, signal));
      const foreign = all.filter(({labels}) => labels.get('com.docker.compose.project') !== project);
      return new Map(foreign.flatMap(({name, publishedPorts}) => publishedPorts.map(port => [port, name])));
    },
    images: async references => {
      const idOf = (reference: string) => ask(async (docker, abortSignal) => imageIdOf(await docker.getImage(reference).inspect({abortSignal})));
      const ids = await concurrently(references, atOnce, reference => unlessGone(idOf(reference)));
      return new Map(references.flatMap((reference, index) => (ids[index] === undefined ? [] : [[reference, ids[index]]])));
    },
    pull: (reference, {signal, platform}) =>
      pullMessages({
        ...{reference, signal: AbortSignal.any([signal, closing.signal]), stallMs, activity},
        open: async abortSignal => {
          const authconfig = await credentials(reference);
          const docker = await open();
          const settings = {fromImage: normaliseReference(reference), ...(platform && {platform}), abortSignal};
          const body = await (authconfig ? docker.createImage(authconfig, settings) : docker.createImage(settings)).catch(mapConnection(mapped));
          return body as Readable;
        },
      }),
    events: (project, eventsOptions) =>
      eventStream(
        async abortSignal => {
          const filters = {type: ['container'], label: [`com.docker.compose.project=${project}`], event: watched};
          const since = eventsOptions.since === undefined ? {} : {since: eventsOptions.since};
          return (await (await open()).getEvents({abortSignal, filters, ...since} as Dockerode.GetEventsOptions)) as Readable;
        },
        eventsOptions,
        cause => mapped(cause ?? Object.assign(new Error('the event stream ended'), {code: 'ECONNRESET'})),
      ),
    inspect,
  } as unknown as Engine;
};
