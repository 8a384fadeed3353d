/** Fields of the engine's records: those that are missing or of another type are empty. Pure. */
import * as v from 'valibot';
import {printableLine} from '../printable.ts';

export const text = v.fallback(v.string(), '');
export const number = v.fallback(v.number(), 0);
export const flag = v.fallback(v.boolean(), false);
export const listOf = <T>(item: v.GenericSchema<unknown, T>) => v.fallback(v.array(item), []);

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
