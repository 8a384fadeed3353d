/** When a pull that says nothing new has stalled. Pure. */
import type {PullState} from './decode.ts';

export interface Silence {
  /** Milliseconds since this pull said something new. */
  readonly own: number;
  /** Milliseconds since any pull of this engine did. */
  readonly engine: number;
}

/** Bytes: the containerd image store counts a layer by so many, and says nothing before the first of them. */
const coarseStep = 2 ** 20;
/** Layers of an image that the engine downloads at once, by default. */
const atOnce = 3;

/**
 * How often the limit is granted. Layers that come at once share the line, so each of them takes that much longer to the next step that can
 * be seen: at 30 s for each, a line of 35 kB a second is no stall. Before its first byte, a layer looks the same on both stores.
 */
const allowance = (open: readonly {readonly current: number}[]): number =>
  open.every(({current}) => current % coarseStep === 0) ? Math.min(atOnce, Math.max(1, open.length)) : 1;

/**
 * Milliseconds of silence that were too many; undefined while it has not stalled.
 *
 * The engine downloads a few layers at a time over all images, so an image whose layers all wait is only stalled when no other one moves.
 * Unpacking is silent for long on a slow disk, and never a matter of the network.
 */
export const stalledAfter = ({layers, result}: PullState, silence: Silence, limitMs: number): number | undefined => {
  const steps = [...layers.values()].map(layer => layer.step);
  const busy = steps.includes('extracting') || (steps.length > 0 && steps.every(isLocal));
  if (result || busy) return undefined;
  const waits = steps.length > 0 && !steps.includes('downloading') && !steps.includes('retrying');
  const open = [...layers.values()].filter(({step}) => step === 'waiting' || step === 'downloading');
  const limit = limitMs * allowance(open);
  return (waits ? Math.min(silence.own, silence.engine) : silence.own) >= limit ? limit : undefined;
};

const isLocal = (step: string): boolean => step === 'downloaded' || step === 'pulled' || step === 'present';
