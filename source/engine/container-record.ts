/** Containers as the engine describes them -> our own types. Only identity is required. Pure. */
import * as v from 'valibot';
import type {ContainerState, ForeignPort, Health} from '../plan/observed.ts';
import {labels as ownLabels} from '../plan/overlay.ts';
import {printable, printableLine} from '../printable.ts';
import type {ContainerDetails} from './engine.ts';
import {flag, labels, listOf, number, text} from './fields.ts';

export const healthOf = (word: string | undefined): Health | undefined =>
  word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;

const states: readonly ContainerState[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const stateOf = (word: string): ContainerState => states.find(state => state === word) ?? 'dead';

/** The engine says year 1 for never. */
const timeOf = (value: string): number | undefined => {
  const time = Date.parse(value);
  return time > 0 ? time : undefined;
};

const health = v.object({Status: text, Log: listOf(v.object({Output: text, ExitCode: number, End: text}))});
const binding = v.object({HostIp: text, HostPort: text});

const anything = v.fallback(v.record(v.string(), v.unknown()), {});

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
    FinishedAt: text,
    Health: v.fallback(v.optional(health), undefined),
  }),
  Config: v.object({Image: text, Labels: labels, StopTimeout: v.fallback(v.optional(v.number()), undefined)}),
  HostConfig: v.object({
    Memory: number,
    NanoCpus: number,
    CpuQuota: number,
    CpuPeriod: number,
    RestartPolicy: v.fallback(v.object({Name: text}), {Name: ''}),
  }),
  NetworkSettings: v.fallback(v.object({Ports: anything, Networks: anything}), {Ports: {}, Networks: {}}),
  Mounts: listOf(v.object({Type: text, Name: text})),
});

/** Throws ValiError when it is no container. */
export const containerOf = (value: unknown): ContainerDetails => {
  const {Id, Name, Image, RestartCount, State, Config, HostConfig, NetworkSettings, Mounts} = v.parse(inspected, value);
  const state = stateOf(State.Status);
  const runs = state === 'running' || state === 'paused';
  return {
    id: Id,
    name: printableLine(Name.replace(/^\//, '')),
    service: Config.Labels.get('com.docker.compose.service') ?? '',
    component: Config.Labels.get(ownLabels.component),
    image: printableLine(Config.Image),
    imageId: Image,
    configHash: Config.Labels.get('com.docker.compose.config-hash'),
    filesHash: Config.Labels.get(ownLabels.files),
    state,
    health: runs ? healthOf(State.Health?.Status) : undefined,
    exitCode: state === 'exited' || state === 'dead' || state === 'restarting' ? State.ExitCode : undefined,
    startedAt: timeOf(State.StartedAt),
    restarts: RestartCount,
    dependsOn: dependenciesOf(Config.Labels.get('com.docker.compose.depends_on')),
    volumes: Mounts.filter(({Type, Name}) => Type === 'volume' && Name !== '').map(({Name}) => printableLine(Name)),
    publishedPorts: bindingsOf(NetworkSettings.Ports).flatMap(({HostPort}) => (Number(HostPort) > 0 ? [Number(HostPort)] : [])),
    labels: Config.Labels,
    healthChecks: (State.Health?.Log ?? []).map(({Output, ExitCode, End}) => ({
      at: timeOf(End) ?? 0,
      exitCode: ExitCode,
      output: printable(Output).trim(),
    })),
    oomKilled: State.OOMKilled,
    memoryLimit: HostConfig.Memory || undefined,
    cpuLimit: cpuLimitOf(HostConfig),
    finishedAt: runs ? undefined : timeOf(State.FinishedAt),
    isJob: HostConfig.RestartPolicy.Name === 'no' || HostConfig.RestartPolicy.Name === '',
    error: printableLine(State.Error),
    ports: bindingsOf(NetworkSettings.Ports).map(({HostIp, HostPort, inside}) =>
      printableLine(`${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}->${inside}`),
    ),
    networks: Object.keys(NetworkSettings.Networks).map(printableLine),
    stopSeconds: Config.StopTimeout ?? defaultStopSeconds,
  };
};

interface CpuSettings {
  readonly NanoCpus: number;
  readonly CpuQuota: number;
  readonly CpuPeriod: number;
}

/** The kernel's own default, in microseconds. */
const defaultCpuPeriod = 100_000;

/** In percent of one core. Compose's `cpus` and `deploy.resources` arrive as billionths of one, `cpu_quota` as a part of a period. */
const cpuLimitOf = ({NanoCpus, CpuQuota, CpuPeriod}: CpuSettings): number | undefined => {
  if (NanoCpus > 0) return NanoCpus / 1e7;
  return CpuQuota > 0 ? (CpuQuota / (CpuPeriod || defaultCpuPeriod)) * 100 : undefined;
};

/** What the engine grants a process that was asked to end. */
const defaultStopSeconds = 10;

/** `battery:service_healthy:false,lamp:service_started:true`, as compose writes it. */
const dependenciesOf = (label: string | undefined): readonly string[] =>
  (label ?? '').split(',').flatMap(dependency => dependency.split(':', 1)[0] || []);

const bindingsOf = (ports: Readonly<Record<string, unknown>>) =>
  Object.entries(ports).flatMap(([inside, bindings]) => {
    const parsed = v.safeParse(v.array(binding), bindings);
    return (parsed.success ? parsed.output : []).map(one => ({...one, inside}));
  });

const listed = v.array(
  v.object({
    Id: v.string(),
    Names: listOf(v.string()),
    Labels: labels,
    Ports: listOf(v.object({IP: text, PublicPort: v.fallback(v.optional(v.number()), undefined), Type: text})),
  }),
);

/** A container in the engine's list. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly publishedPorts: readonly Omit<ForeignPort, 'container' | 'project'>[];
}

export const listOfContainers = (value: unknown): readonly ListedContainer[] =>
  v.parse(listed, value).map(({Id, Names, Labels, Ports}) => ({
    id: Id,
    name: printableLine((Names[0] ?? Id).replace(/^\//, '')),
    labels: Labels,
    publishedPorts: Ports.flatMap(({IP, PublicPort, Type}) =>
      PublicPort === undefined
        ? []
        : [{address: printableLine(IP), port: PublicPort, protocol: Type === 'udp' ? ('udp' as const) : ('tcp' as const)}],
    ),
  }));
