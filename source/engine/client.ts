/** The only user of dockerode, which docker-client.ts makes. What leaves this file is of our own types, and every error an EngineError or a PullError. */
import {setMaxListeners} from 'node:events';
import {concurrently} from './concurrently.ts';
import {containerPageOf} from './container-page.ts';
import {containerOf, type ListedContainer, listOfContainers} from './container-record.ts';
import type {AuthConfig} from './credentials.ts';
import type {DockerApi, Filters} from './docker-api.ts';
import {connectTo, openConnections} from './docker-client.ts';
import type {Endpoint} from './endpoint.ts';
import type {ContainerDetails, Engine, LogsOptions} from './engine.ts';
import {EngineError, isAnswer, toEngineError, undefinedIfGone, unlessAnswer} from './engine-error.ts';
import {engineInfoOf, imageOf, networksOf, remoteDigestOf, volumesOf} from './engine-records.ts';
import {eventStream} from './event-stream.ts';
import {isInstalled} from './find-endpoint.ts';
import {within} from './limits.ts';
import {type LogRequest, logBatches, logStream} from './log-stream.ts';
import {PullError} from './pull-failure.ts';
import {pullFailureOf, pullMessages} from './pull-stream.ts';
import {normaliseReference, repositoryOf, tagOf} from './reference.ts';
import {createSampler} from './sampler.ts';
import {statsOf} from './usage.ts';

export interface ConnectOptions {
  /** Credentials for the registry of an image. Default: none, pulls as anybody. */
  readonly credentials?: ((reference: string) => Promise<AuthConfig | undefined>) | undefined;
  /** For what answers at once. Default 10 000. */
  readonly limitMs?: number | undefined;
  /** Without progress for so long, a pull has stalled; layers that come at once have so long for each. Default 30 000. */
  readonly stallMs?: number | undefined;
}

/** Requests under way, where there is one for each of many things. */
const atOnce = 16;
/** The engine asks a registry, and before it a token server. */
const registryLimitMs = 30_000;
/** A stop takes up to 10 s; then comes the start. */
const restartLimitMs = 120_000;
/** Beyond the grace period of a container, or to take its file system apart. */
const stopMarginMs = 60_000;

/** Connects on first use. An endpoint of kind `ssh` goes through `openTunnel` first. */
export const connect = (endpoint: Endpoint, {credentials, limitMs = 10_000, stallMs = 30_000}: ConnectOptions = {}): Engine => {
  const closing = new AbortController();
  // Each request under way listens on it and lets go at its end: more than ten at once are no leak.
  setMaxListeners(0, closing.signal);
  const activity = {at: 0};
  let client: Promise<DockerApi> | undefined;
  const docker = () => {
    client ??= connectTo(endpoint);
    return client;
  };
  const sample = createSampler({open: () => openConnections(endpoint), limitMs, closing: closing.signal});
  const mapped = (error: unknown) =>
    closing.signal.aborted ? closing.signal.reason : toEngineError(error, endpoint, isInstalled(endpoint));
  const ask = <T>(work: (docker: DockerApi, abortSignal: AbortSignal) => Promise<T>, limit = limitMs): Promise<T> =>
    within(limit, closing.signal, async signal => work(await docker(), signal)).catch((error: unknown) => {
      throw mapped(error);
    });
  const list = (filters: Filters = {}) =>
    ask(async (api, abortSignal) => listOfContainers(await api.listContainers({all: true, filters, abortSignal})));
  const logOf = (id: string, {signal, ...options}: LogsOptions): LogRequest => ({
    id,
    ...options,
    signals: [signal, closing.signal],
    limitMs,
    docker,
    lost: mapped,
  });
  const stop = ({id, stopSeconds}: ContainerDetails) =>
    ask(async (api, abortSignal) => void (await api.getContainer(id).stop({abortSignal})), stopSeconds * 1000 + stopMarginMs);
  const inspect = (id: string) => ask(async (api, abortSignal) => containerOf(await api.getContainer(id).inspect({abortSignal})));
  const image = (name: string) => ask(async (api, abortSignal) => imageOf(await api.getImage(name).inspect({abortSignal}), name));
  const tag = (name: string, reference: string) =>
    within(limitMs, closing.signal, async abortSignal => {
      await (await docker()).getImage(name).tag({repo: repositoryOf(reference), tag: tagOf(reference), abortSignal});
    });

  return {
    endpoint,
    ping: () => ask(async (api, abortSignal) => void (await api.ping({abortSignal}))),
    info: () => ask(async (api, abortSignal) => engineInfoOf(await api.info({abortSignal}), await api.version({abortSignal}))),
    containers: async project => {
      const services = (await list({label: [`${projectLabel}=${project}`]})).filter(isOfService);
      const found = await concurrently(services, atOnce, ({id}) => inspect(id).catch(undefinedIfGone));
      return found.filter(container => container !== undefined);
    },
    networks: () => ask(async (api, abortSignal) => networksOf(await api.listNetworks({abortSignal}))),
    foreignPorts: async project => {
      const foreign = (await list()).filter(({labels}) => labels.get(projectLabel) !== project);
      return foreign.flatMap(({name, labels, publishedPorts}) =>
        publishedPorts.map(port => ({container: name, project: labels.get(projectLabel), ...port})),
      );
    },
    neighbours: async project => {
      const all = await list();
      const own = all.filter(({labels}) => labels.get(projectLabel) === project);
      return {
        foreign: all.flatMap(({name, labels}) => (labels.get(projectLabel) === project ? [] : [{name, project: labels.get(projectLabel)}])),
        workingDirectories: [...new Set(own.flatMap(({labels}) => labels.get('com.docker.compose.project.working_dir') ?? []))],
      };
    },
    volumes: project =>
      ask(async (api, abortSignal) => volumesOf(await api.listVolumes({filters: {label: [`${projectLabel}=${project}`]}, abortSignal}))),
    // The engine's own filter by name takes parts of names.
    volumesNamed: names => ask(async (api, abortSignal) => volumesOf(await api.listVolumes({abortSignal}), names)),
    images: async references => {
      const found = await concurrently(
        references,
        atOnce,
        async reference => [reference, await image(reference).catch(undefinedIfGone)] as const,
      );
      return new Map(found.flatMap(([reference, local]) => (local === undefined ? [] : [[reference, local] as const])));
    },
    remoteDigest: reference =>
      within(registryLimitMs, closing.signal, async () => {
        const authconfig = await credentials?.(reference);
        return remoteDigestOf(await (await docker()).getImage(normaliseReference(reference)).distribution({authconfig}));
      }).catch((error: unknown) => {
        throw new PullError(reference, pullFailureOf(error, {reference, mapped}), error);
      }),
    pull: (reference, {signal, platform, digest}) => {
      const fromImage = digest === undefined ? normaliseReference(reference) : `${repositoryOf(reference)}@${digest}`;
      return pullMessages({
        reference,
        signals: [signal, closing.signal],
        stallMs,
        activity,
        mapped,
        open: async abortSignal => {
          const login = await credentials?.(reference);
          const settings = {fromImage, ...(platform && {platform}), abortSignal};
          const api = await docker();
          return login ? api.createImage(login, settings) : api.createImage(settings);
        },
        // What is pulled by digest has no name yet that an overlay could call it by.
        arrived: digest === undefined ? undefined : () => tag(fromImage, reference),
      });
    },
    events: (project, {signal, since, onOpen}) =>
      eventStream({
        signals: [signal, closing.signal],
        limitMs,
        onOpen,
        lost: cause => mapped(cause ?? hungUp()),
        open: async abortSignal => {
          const filters = {type: ['container'], label: [`${projectLabel}=${project}`], event: watched};
          return (await docker()).getEvents({filters, abortSignal, ...(since !== undefined && {since})});
        },
      }),
    inspect,
    page: id => ask(async (api, abortSignal) => containerPageOf(await api.getContainer(id).inspect({abortSignal}))),
    logs: (id, options) => logStream(logOf(id, options)),
    logBatches: (id, options) => logBatches(logOf(id, options)),
    stats: id =>
      sample(async api => statsOf(await api.getContainer(id).stats({stream: false, 'one-shot': true}))).catch((error: unknown) => {
        throw mapped(error);
      }),
    restart: id => ask(async (api, abortSignal) => void (await api.getContainer(id).restart({abortSignal})), restartLimitMs),
    start: id =>
      ask(async (api, abortSignal) => void (await api.getContainer(id).start({abortSignal})), restartLimitMs).catch(unlessAnswer(304)),
    stop: async id => stop(await inspect(id)).catch(unlessAnswer(304)),
    remove: async id => {
      const found = await inspect(id).catch(undefinedIfGone);
      if (!found) return;
      await stop(found).catch(unlessAnswer(304, 404));
      await ask(async (api, abortSignal) => api.getContainer(id).remove({v: false, abortSignal}), stopMarginMs).catch(unlessAnswer(404));
    },
    removeNetwork: async name => {
      const remove = ask(async (api, abortSignal) => api.getNetwork(name).remove({abortSignal}));
      return remove.then(
        () => true,
        (error: unknown) => {
          if (isAnswer(error, 404)) return true;
          if (isAnswer(error, 403)) return false;
          throw error;
        },
      );
    },
    close: () => closing.abort(new EngineError('unreachable', 'The connection to the Docker Engine was closed.', {})),
  };
};

const projectLabel = 'com.docker.compose.project';

/** All but exec_*, of which each health check makes three. */
const watched = [
  ...['create', 'start', 'die', 'kill', 'stop', 'destroy', 'oom', 'pause', 'unpause', 'restart', 'rename', 'update', 'health_status'],
];

const hungUp = () => Object.assign(new Error('the engine ended the stream'), {code: 'ECONNRESET'});

/** Not those of `docker compose run`. */
const isOfService = ({labels}: ListedContainer) =>
  labels.has('com.docker.compose.service') && labels.get('com.docker.compose.oneoff') !== 'True';
