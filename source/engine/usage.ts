/** What a container uses, from samples of the engine. Pure. */
import * as v from 'valibot';
import {number} from './fields.ts';

/** One moment. */
export interface StatsSample {
  /** Nanoseconds of processor time used by the container since its start, and by the whole host. */
  readonly cpu: number;
  readonly system: number;
  readonly cpus: number;
  /** Bytes, without the page cache that the kernel gives back when needed. */
  readonly memory: number;
  readonly memoryLimit: number | undefined;
}

export interface Usage {
  /** Percent of one core; undefined without an earlier sample of the same run. */
  readonly cpuPercent: number | undefined;
  readonly memory: number;
  readonly memoryLimit: number | undefined;
}

const schema = v.object({
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
});

/** Throws ValiError when these are no stats. */
export const statsOf = (value: unknown): StatsSample => {
  const {cpu_stats: cpu, memory_stats: memory} = v.parse(schema, value);
  return {
    cpu: cpu.cpu_usage.total_usage,
    system: cpu.system_cpu_usage,
    cpus: cpu.online_cpus,
    memory: Math.max(0, memory.usage - (memory.stats.total_inactive_file || memory.stats.inactive_file)),
    memoryLimit: memory.limit || undefined,
  };
};

/** A restart begins to count from zero, so that a fall means: not known yet. */
export const usage = (previous: StatsSample | undefined, sample: StatsSample): Usage => {
  const {memory, memoryLimit} = sample;
  const used = previous && sample.cpu - previous.cpu;
  const passed = previous && sample.system - previous.system;
  const known = used !== undefined && passed !== undefined && used >= 0 && passed > 0;
  return {cpuPercent: known ? (used / passed) * sample.cpus * 100 : undefined, memory, memoryLimit};
};
