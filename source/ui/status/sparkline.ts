/** Some numbers as a line of blocks. Pure. */
import type {Figures} from '../theme.ts';

/**
 * The newest `width` values, one cell each, aligned to the right; `full` is the highest block. What is more than nothing never looks like
 * nothing.
 */
export const sparkline = (values: readonly number[], full: number, width: number, {spark}: Figures): string => {
  const last = spark.length - 1;
  const figure = (value: number) => {
    const part = full > 0 ? value / full : 0;
    return spark[Math.max(value > 0 ? 1 : 0, Math.min(last, Math.round(part * last)))] ?? '';
  };
  return values.slice(-width).map(figure).join('').padStart(width);
};
