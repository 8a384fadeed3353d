/** When a pull that says nothing new has stalled. Pure. */
import type {PullState} from './decode.ts';

export interface Silence {
  /** Milliseconds since this pull said something new. */
  readonly own: number;
  /** Milliseconds since any pull of this engine did. */
  readonly engine: number;
}

/**
 * The engine downloads a few layers at a time over all images, so an image whose layers all wait is only stalled when no other one moves.
 * Unpacking is silent for long on a slow disk, and never a matter of the network.
 */
export const isStalled = ({layers, result}: PullState, silence: Silence, limitMs: number): boolean => {
  const steps = [...layers.values()].map(layer => layer.step);
  const busy = steps.includes('extracting') || (steps.length > 0 && steps.every(isLocal));
  if (result || busy) return false;
  const waits = steps.length > 0 && !steps.includes('downloading') && !steps.includes('retrying');
  return (waits ? Math.min(silence.own, silence.engine) : silence.own) >= limitMs;
};

const isLocal = (step: string): boolean => step === 'downloaded' || step === 'pulled' || step === 'present';
