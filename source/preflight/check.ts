/** The shape of a preflight check. */
import type {Offer} from '../plan/findings.ts';
import type {PreflightContext} from './facts.ts';

export interface Outcome {
  /** `failed`: as grave as the check's level. `weak`: a warning, whatever its level. */
  readonly verdict: 'fine' | 'weak' | 'failed';
  readonly what: string;
  /** What to do; empty when all is well. */
  readonly next: readonly string[];
  /** Settings that together mend it. */
  readonly offers?: readonly Offer[];
  /** This failure can not be ignored, as those of a check that is `binding`. */
  readonly binding?: true;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  /** What a failure is. `blocking`: nothing is rolled out. */
  readonly level: 'blocking' | 'warning';
  /** It can not be ignored: without it there is no way to roll anything out. */
  readonly binding?: true;
  /** False: it says nothing about this host or selection. */
  applies(context: PreflightContext): boolean;
  run(context: PreflightContext): Outcome;
}

export const fine = (what: string): Outcome => ({verdict: 'fine', what, next: []});
export const weak = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'weak', what, next});
export const failed = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'failed', what, next});
