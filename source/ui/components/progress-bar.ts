import {type Line, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';

/** `width` cells of which the part `ratio` (0 to 1) is full; undefined while it is not known. */
export const progressBar = (ratio: number | undefined, width: number, figures: Figures): Line => {
  const full = Math.floor(Math.max(0, Math.min(1, ratio ?? 0)) * width);
  return [segment(figures.barFull.repeat(full), 'accent'), segment(figures.barEmpty.repeat(width - full), 'muted')];
};
