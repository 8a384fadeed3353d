/** The shape of a preflight check. */
import type {Origin} from '../plan/origin.ts';
import type {PreflightContext} from './facts.ts';

export interface Outcome {
  /** `failed`: as grave as the check's level. `weak`: a warning, whatever its level. */
  readonly verdict: 'fine' | 'weak' | 'failed';
  readonly what: string;
  /** What to do; empty when all is well. */
  readonly next: readonly string[];
  /** The answer it hangs on, where the check alone can not say which. */
  readonly origin?: Origin | undefined;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  /** What a failure is. `blocking`: nothing is rolled out. */
  readonly level: 'blocking' | 'warning';
  /** The answer it hangs on. */
  readonly origin?: Origin;
  /** False: it says nothing about this host or selection. */
  applies(context: PreflightContext): boolean;
  run(context: PreflightContext): Outcome;
}

export const fine = (what: string): Outcome => ({verdict: 'fine', what, next: []});
export const weak = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'weak', what, next});
export const failed = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'failed', what, next});
