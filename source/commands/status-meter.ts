/** What containers use, sampled one by one when asked to. */
import {concurrently} from '../engine/concurrently.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/engine-error.ts';
import {type StatsSample, type Usage, usage} from '../engine/usage.ts';
import type {History} from '../plan/service-status.ts';

/** A sparkline of so many cells, and no more: the view may stay open for weeks. */
const keptSamples = 20;
/** Measured: more at once make the engine no faster, and less answer late. */
const atOnce = 16;

interface Measured {
  readonly sample: StatsSample;
  readonly used: Usage & {readonly history: History};
}

export interface Meter {
  /** Takes a sample of each. False: the engine did not answer for some. Throws what is no fault of the engine. */
  measure(ids: readonly string[]): Promise<boolean>;
  of(id: string): Measured['used'] | undefined;
  /** Forgets all others: they are gone. */
  keep(ids: ReadonlySet<string>): void;
  /** Containers it remembers. */
  readonly size: number;
}

const grown = (values: readonly number[], value: number | undefined): readonly number[] =>
  value === undefined ? values : [...values, value].slice(-keptSamples);

const next = (before: Measured | undefined, sample: StatsSample): Measured => {
  const now = usage(before?.sample, sample);
  const {cpu, memory} = before?.used.history ?? {cpu: [], memory: []};
  return {sample, used: {...now, history: {cpu: grown(cpu, now.cpuPercent), memory: grown(memory, now.memory)}}};
};

/** The engine counts processor time and bytes since a start: a share and a rate need two samples. */
export const createMeter = (engine: Pick<Engine, 'stats'>): Meter => {
  const measured = new Map<string, Measured>();
  const measure = async (id: string): Promise<boolean> => {
    try {
      measured.set(id, next(measured.get(id), await engine.stats(id)));
      return true;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // A container that ends while it is measured simply has no numbers any more.
      return error.kind !== 'unreachable' && error.kind !== 'timeout';
    }
  };
  return {
    measure: async ids => (await concurrently(ids, atOnce, measure)).every(Boolean),
    of: id => measured.get(id)?.used,
    keep: ids => {
      for (const id of measured.keys()) if (!ids.has(id)) measured.delete(id);
    },
    get size() {
      return measured.size;
    },
  };
};
