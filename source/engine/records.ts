/** Records of the Engine API -> our own types. Fields that are missing or of another type become unknown; only identity is required. Pure. */
import * as v from 'valibot';
import type {ContainerState, EngineInfo, Health, ObservedNetwork} from '../plan/observed.ts';
import {printable, printableLine} from '../printable.ts';
import type {ContainerDetails} from './engine.ts';

const text = v.fallback(v.string(), '');
const number = v.fallback(v.number(), 0);
const flag = v.fallback(v.boolean(), false);
const listOf = <T>(item: v.GenericSchema<unknown, T>) => v.fallback(v.array(item), []);

/** Pairs whose values are text; all else is dropped. */
export const labels = v.fallback(
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform(
      (record): ReadonlyMap<string, string> =>
        new Map(Object.entries(record).flatMap(([key, value]) => (typeof value === 'string' ? [[key, printableLine(value)]] : []))),
    ),
  ),
  () => new Map<string, string>(),
);

export const healthOf = (word: string | undefined): Health | undefined =>
  word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;

const states: readonly ContainerState[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const stateOf = (word: string): ContainerState => states.find(state => state === word) ?? 'dead';

/** The engine says year 1 for never. */
const timeOf = (value: string): number | undefined => {
  const time = Date.parse(value);
  return time > 0 ? time : undefined;
};

const health = v.object({Status: text, Log: listOf(v.object({Output: text}))});
const binding = v.object({HostIp: text, HostPort: text});

const inspected = v.object({
  Id: v.string(),
  Name: text,
  Image: text,
  RestartCount: number,
  State: v.object({
    Status: text,
    ExitCode: number,
    OOMKilled: flag,
    Error: text,
    StartedAt: text,
    Health: v.fallback(v.optional(health), undefined),
  }),
  Config: v.object({Image: text, Labels: labels}),
  HostConfig: v.object({Memory: number, RestartPolicy: v.fallback(v.object({Name: text}), {Name: ''})}),
  NetworkSettings: v.fallback(v.object({Ports: v.fallback(v.record(v.string(), v.unknown()), {})}), {Ports: {}}),
});

/** Throws ValiError when it is no container. */
export const containerOf = (value: unknown): ContainerDetails => {
  const {Id, Name, Image, RestartCount, State, Config, HostConfig, NetworkSettings} = v.parse(inspected, value);
  const state = stateOf(State.Status);
  const runs = state === 'running' || state === 'paused';
  const lastOutput = State.Health?.Log.at(-1)?.Output;
  return {
    id: Id,
    name: printableLine(Name.replace(/^\//, '')),
    service: Config.Labels.get('com.docker.compose.service') ?? '',
    image: printableLine(Config.Image),
    imageId: Image,
    configHash: Config.Labels.get('com.docker.compose.config-hash'),
    state,
    health: runs ? healthOf(State.Health?.Status) : undefined,
    exitCode: state === 'exited' || state === 'dead' || state === 'restarting' ? State.ExitCode : undefined,
    startedAt: timeOf(State.StartedAt),
    restarts: RestartCount,
    labels: Config.Labels,
    healthOutput: lastOutput === undefined ? undefined : printable(lastOutput).trim(),
    oomKilled: State.OOMKilled,
    memoryLimit: HostConfig.Memory || undefined,
    isJob: HostConfig.RestartPolicy.Name === 'no' || HostConfig.RestartPolicy.Name === '',
    error: printableLine(State.Error),
    ports: portsOf(NetworkSettings.Ports),
  };
};

const portsOf = (ports: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(ports).flatMap(([inside, bindings]) => {
    const parsed = v.safeParse(v.array(binding), bindings);
    return (parsed.success ? parsed.output : []).map(({HostIp, HostPort}) =>
      printableLine(`${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}->${inside}`),
    );
  });

const listed = v.array(
  v.object({
    Id: v.string(),
    Names: listOf(v.string()),
    Labels: labels,
    Ports: listOf(v.object({PublicPort: v.fallback(v.optional(v.number()), undefined)})),
  }),
);

/** A container in the engine's list. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly publishedPorts: readonly number[];
}

export const listOfContainers = (value: unknown): readonly ListedContainer[] =>
  v.parse(listed, value).map(({Id, Names, Labels, Ports}) => ({
    id: Id,
    name: printableLine((Names[0] ?? Id).replace(/^\//, '')),
    labels: Labels,
    publishedPorts: Ports.flatMap(({PublicPort}) => (PublicPort === undefined ? [] : [PublicPort])),
  }));

const networks = v.array(
  v.object({
    Name: v.string(),
    Labels: labels,
    IPAM: v.fallback(v.object({Config: listOf(v.object({Subnet: text}))}), {Config: []}),
  }),
);

export const networksOf = (value: unknown): readonly ObservedNetwork[] =>
  v.parse(networks, value).map(({Name, Labels, IPAM}) => ({
    name: printableLine(Name),
    project: Labels.get('com.docker.compose.project'),
    subnets: IPAM.Config.map(({Subnet}) => printableLine(Subnet)).filter(Boolean),
  }));

const info = v.object({
  Name: text,
  OperatingSystem: text,
  Architecture: text,
  NCPU: number,
  MemTotal: number,
  DockerRootDir: text,
  DriverStatus: listOf(v.array(v.string())),
  SecurityOptions: listOf(v.string()),
});

const version = v.object({Version: v.string(), ApiVersion: text});

export const engineInfoOf = (infoValue: unknown, versionValue: unknown): EngineInfo => {
  const said = v.parse(info, infoValue);
  const {Version, ApiVersion} = v.parse(version, versionValue);
  const isContainerd = said.DriverStatus.some(([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1');
  return {
    version: printableLine(Version),
    apiVersion: printableLine(ApiVersion),
    store: isContainerd ? 'containerd' : 'graph',
    os: printableLine(said.OperatingSystem),
    architecture: printableLine(said.Architecture),
    cpus: said.NCPU,
    memory: said.MemTotal,
    rootDirectory: printableLine(said.DockerRootDir),
    rootless: said.SecurityOptions.some(option => option.startsWith('name=rootless')),
    host: printableLine(said.Name),
  };
};

const volumes = v.object({Volumes: listOf(v.object({Name: v.string()}))});
export const volumeNamesOf = (value: unknown): readonly string[] => v.parse(volumes, value).Volumes.map(({Name}) => printableLine(Name));

const image = v.object({Id: v.string()});
export const imageIdOf = (value: unknown): string => v.parse(image, value).Id;
