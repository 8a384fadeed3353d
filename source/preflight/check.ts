/** The shape of a preflight check. */
import type {PreflightContext} from './facts.ts';

export interface Outcome {
  /** `failed`: as grave as the check's level. `weak`: a warning, whatever its level. */
  readonly verdict: 'fine' | 'weak' | 'failed';
  readonly what: string;
  /** What to do; empty when all is well. */
  readonly next: readonly string[];
}

export interface Check {
  readonly id: string;
  readonly title: string;
  /** What a failure is. `blocking`: nothing is rolled out. */
  readonly level: 'blocking' | 'warning';
  /** False: it says nothing about this host or selection. */
  applies(context: PreflightContext): boolean;
  run(context: PreflightContext): Outcome;
}

export const fine = (what: string): Outcome => ({verdict: 'fine', what, next: []});
export const weak = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'weak', what, next});
export const failed = (what: string, ...next: readonly string[]): Outcome => ({verdict: 'failed', what, next});
