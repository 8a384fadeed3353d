/** What a container uses, from samples of the engine. Pure. */
import * as v from 'valibot';
import type {Rates} from '../plan/service-status.ts';
import {listOf, number, text} from './fields.ts';

/** One moment. */
export interface StatsSample {
  /** Nanoseconds of processor time used by the container since its start, and by the whole host. */
  readonly cpu: number;
  readonly system: number;
  readonly cpus: number;
  /** Bytes, without the page cache that the kernel gives back when needed. */
  readonly memory: number;
  readonly memoryLimit: number | undefined;
  /** When the engine took it; milliseconds since 1970. */
  readonly at: number;
  /** Bytes since its start. */
  readonly total: Rates;
}

export interface Usage {
  /** Percent of one core; undefined without an earlier sample of the same run. */
  readonly cpuPercent: number | undefined;
  readonly memory: number;
  readonly memoryLimit: number | undefined;
  /** Undefined without an earlier sample of the same run. */
  readonly rates: Rates | undefined;
}

const transfers = v.object({rx_bytes: number, tx_bytes: number});
const disk = listOf(v.object({op: text, value: number}));

const schema = v.object({
  read: text,
  cpu_stats: v.object({
    cpu_usage: v.object({total_usage: number}),
    system_cpu_usage: number,
    online_cpus: number,
  }),
  memory_stats: v.fallback(
    v.object({
      usage: number,
      limit: number,
      // cgroup v2 and v1 name it differently.
      stats: v.fallback(v.object({inactive_file: number, total_inactive_file: number}), {inactive_file: 0, total_inactive_file: 0}),
    }),
    {usage: 0, limit: 0, stats: {inactive_file: 0, total_inactive_file: 0}},
  ),
  // Missing for a container on the network of the host, or on none.
  networks: v.fallback(v.record(v.string(), transfers), {}),
  blkio_stats: v.fallback(v.object({io_service_bytes_recursive: disk}), {io_service_bytes_recursive: []}),
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Throws ValiError when these are no stats. */
export const statsOf = (value: unknown): StatsSample => {
  const {read, cpu_stats: cpu, memory_stats: memory, networks, blkio_stats: blocks} = v.parse(schema, value);
  const interfaces = Object.values(networks);
  // cgroup v1 says `Read`, v2 says `read`; v1 also counts `Sync`, `Async` and `Total` of the same bytes.
  const moved = (op: string) =>
    sum(blocks.io_service_bytes_recursive.filter(entry => entry.op.toLowerCase() === op).map(entry => entry.value));
  return {
    cpu: cpu.cpu_usage.total_usage,
    system: cpu.system_cpu_usage,
    cpus: cpu.online_cpus,
    memory: Math.max(0, memory.usage - (memory.stats.total_inactive_file || memory.stats.inactive_file)),
    memoryLimit: memory.limit || undefined,
    at: Date.parse(read) || 0,
    total: {
      received: sum(interfaces.map(({rx_bytes}) => rx_bytes)),
      sent: sum(interfaces.map(({tx_bytes}) => tx_bytes)),
      read: moved('read'),
      written: moved('write'),
    },
  };
};

const ratesBetween = (previous: StatsSample, sample: StatsSample): Rates | undefined => {
  const seconds = (sample.at - previous.at) / 1000;
  if (seconds <= 0) return undefined;
  const rate = (kind: keyof Rates) => Math.max(0, sample.total[kind] - previous.total[kind]) / seconds;
  return {received: rate('received'), sent: rate('sent'), read: rate('read'), written: rate('written')};
};

/** A restart begins to count from zero, so that a fall means: not known yet. */
export const usage = (previous: StatsSample | undefined, sample: StatsSample): Usage => {
  const {memory, memoryLimit} = sample;
  const used = previous ? sample.cpu - previous.cpu : Number.NaN;
  const passed = previous ? sample.system - previous.system : Number.NaN;
  const isSameRun = previous !== undefined && used >= 0;
  return {
    cpuPercent: isSameRun && passed > 0 ? (used / passed) * sample.cpus * 100 : undefined,
    memory,
    memoryLimit,
    rates: isSameRun ? ratesBetween(previous, sample) : undefined,
  };
};
