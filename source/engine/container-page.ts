/** A container as the engine inspects it -> everything that is shown about one service. Only identity is required. Pure. */
import * as v from 'valibot';
import type {AttachedNetwork, HealthCheck, Mount, ServiceDetails} from '../plan/service-details.ts';
import {printable, printableLine} from '../printable.ts';
import {containerOf} from './container-record.ts';
import {flag, listOf, number, text} from './fields.ts';

/** As the engine has it: with every secret that stands in the environment. */
export interface InspectedContainer extends Omit<ServiceDetails, 'environment' | 'digest'> {
  /** `NAME=value`. */
  readonly environment: readonly string[];
}

const texts = listOf(v.string());
const anything = v.fallback(v.record(v.string(), v.unknown()), {});

const run = v.object({Start: text, End: text, ExitCode: number, Output: text});
const check = v.object({Test: texts, Interval: number, Timeout: number, StartPeriod: number, StartInterval: number, Retries: number});
const network = v.object({IPAddress: text, GlobalIPv6Address: text, Gateway: text, Aliases: texts});
const tmpfs = v.object({Target: text, TmpfsOptions: v.fallback(v.object({SizeBytes: number}), {SizeBytes: 0})});

const inspected = v.object({
  Created: text,
  State: v.object({FinishedAt: text, Health: v.fallback(v.object({FailingStreak: number, Log: listOf(run)}), {FailingStreak: 0, Log: []})}),
  Config: v.object({Env: texts, Entrypoint: texts, Cmd: texts, User: text, Healthcheck: v.fallback(v.optional(check), undefined)}),
  HostConfig: v.object({
    NanoCpus: number,
    CpuQuota: number,
    CpuPeriod: number,
    RestartPolicy: v.fallback(v.object({Name: text}), {Name: ''}),
    Tmpfs: anything,
    Mounts: listOf(tmpfs),
  }),
  NetworkSettings: v.fallback(v.object({Networks: anything}), {Networks: {}}),
  Mounts: listOf(v.object({Type: text, Name: text, Source: text, Destination: text, RW: flag})),
});

type Inspected = v.InferOutput<typeof inspected>;

/** The engine says year 1 for never. */
const timeOf = (value: string): number | undefined => {
  const time = Date.parse(value);
  return time > 0 ? time : undefined;
};

const millisecondsOf = (nanoseconds: number) => nanoseconds / 1e6;

const healthCheckOf = ({Config: {Healthcheck}, State}: Inspected): HealthCheck | undefined => {
  if (!Healthcheck || Healthcheck.Test.length === 0 || Healthcheck.Test[0] === 'NONE') return undefined;
  const runs = State.Health.Log.map(({Start, End, ExitCode, Output}) => {
    const [at, end] = [timeOf(Start), timeOf(End)];
    const took = at === undefined || end === undefined ? undefined : Math.max(0, end - at);
    return {at, took, exitCode: ExitCode, output: printable(Output).trim()};
  });
  return {
    command: Healthcheck.Test.map(printable),
    interval: millisecondsOf(Healthcheck.Interval),
    timeout: millisecondsOf(Healthcheck.Timeout),
    startPeriod: millisecondsOf(Healthcheck.StartPeriod),
    startInterval: millisecondsOf(Healthcheck.StartInterval),
    retries: Healthcheck.Retries,
    failingStreak: State.Health.FailingStreak,
    runs,
  };
};

const networksOf = ({NetworkSettings: {Networks}}: Inspected): readonly AttachedNetwork[] =>
  Object.entries(Networks).map(([name, value]) => {
    const {IPAddress, GlobalIPv6Address, Gateway, Aliases} = v.parse(v.fallback(network, emptyNetwork), value);
    return {
      name: printableLine(name),
      addresses: [IPAddress, GlobalIPv6Address].filter(Boolean).map(printableLine),
      gateway: printableLine(Gateway),
      aliases: [...new Set(Aliases.map(printableLine))],
      internal: undefined,
    };
  });

const emptyNetwork = {IPAddress: '', GlobalIPv6Address: '', Gateway: '', Aliases: []};

const units: Readonly<Record<string, number>> = {'': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30};

/** `size=64m,mode=1777`. */
const sizeIn = (options: string): number | undefined => {
  const [, amount, unit = ''] = /(?:^|,)size=(\d+)([kmg]?)/i.exec(options) ?? [];
  return amount === undefined ? undefined : Number(amount) * (units[unit.toLowerCase()] ?? 1);
};

const isReadOnly = (options: string) => options.split(',').includes('ro');

const mountsOf = ({Mounts, HostConfig}: Inspected): readonly Mount[] => {
  const sizes = new Map(HostConfig.Mounts.map(({Target, TmpfsOptions}) => [Target, TmpfsOptions.SizeBytes || undefined]));
  const mounted = Mounts.map(({Type, Name, Source, Destination, RW}) => ({
    type: printableLine(Type),
    source: printableLine(Name || Source),
    target: printableLine(Destination),
    readOnly: !RW,
    size: sizes.get(Destination),
  }));
  // What compose calls `tmpfs:` stands nowhere else.
  const inMemory = Object.entries(HostConfig.Tmpfs).map(([target, value]) => {
    const options = typeof value === 'string' ? value : '';
    return {type: 'tmpfs', source: '', target: printableLine(target), readOnly: isReadOnly(options), size: sizeIn(options)};
  });
  return [...mounted, ...inMemory].sort((one, other) => one.target.localeCompare(other.target));
};

/** `NanoCpus` is what compose's `cpus` becomes, quota and period what older files ask for. */
const cpuLimitOf = ({HostConfig: {NanoCpus, CpuQuota, CpuPeriod}}: Inspected): number | undefined => {
  if (NanoCpus > 0) return NanoCpus / 1e9;
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod || 100_000) : undefined;
};

/** Throws ValiError when it is no container. */
export const containerPageOf = (value: unknown): InspectedContainer => {
  const container = containerOf(value);
  const said = v.parse(inspected, value);
  const {Config} = said;
  return {
    containerId: container.id,
    containerName: container.name,
    image: container.image,
    imageId: container.imageId,
    state: container.state,
    health: container.health,
    createdAt: timeOf(said.Created),
    startedAt: container.startedAt,
    finishedAt: timeOf(said.State.FinishedAt),
    exitCode: container.exitCode,
    oomKilled: container.oomKilled,
    error: container.error,
    restarts: container.restarts,
    restartPolicy: printableLine(said.HostConfig.RestartPolicy.Name) || 'no',
    memoryLimit: container.memoryLimit,
    cpuLimit: cpuLimitOf(said),
    user: printableLine(Config.User),
    command: [...Config.Entrypoint, ...Config.Cmd].map(printableLine),
    files: (container.labels.get('com.docker.compose.project.config_files') ?? '').split(',').filter(Boolean),
    dependsOn: container.dependsOn,
    healthCheck: healthCheckOf(said),
    environment: Config.Env.map(printable),
    networks: networksOf(said),
    mounts: mountsOf(said),
  };
};
