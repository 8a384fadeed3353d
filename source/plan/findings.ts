/** What was found about this host, and what the preflight checks say. */
import type {Deployed} from './deployed.ts';
import type {EngineInfo} from './observed.ts';
import type {Problem} from './problem.ts';

/** What was found on this host. Undefined fields could not be found out. */
export interface HostFindings {
  readonly host: string;
  /** For example `Debian GNU/Linux 12 (bookworm)`. */
  readonly distribution: string | undefined;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes free where the engine keeps its data, or on the disk of the workspace without an engine. */
  readonly diskFree: number | undefined;
  readonly engine: EngineInfo | undefined;
  /** Version of `docker compose`. */
  readonly compose: string | undefined;
  /** What is missing for a rollout, and how to get it on this distribution. */
  readonly missing: readonly Problem[];
  /** What was set up from the workspace before. */
  readonly deployed?: Deployed | undefined;
}

/** One result of a preflight check. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly level: 'ok' | 'warning' | 'blocking';
  readonly what: string;
  /** What to do; empty when all is well. */
  readonly next: readonly string[];
}
