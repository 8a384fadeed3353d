/** What was found about this host, and what the preflight checks say. */
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
}

/** A setting that would mend a finding; passed as `--set COMPONENT.INPUT=VALUE`. */
export interface Offer {
  /** Component id, or `platform`. */
  readonly component: string;
  readonly input: string;
  readonly value: string;
}

/** One result of a preflight check. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly level: 'ok' | 'warning' | 'blocking';
  readonly what: string;
  /** What to do; empty when all is well. */
  readonly next: readonly string[];
  /** Settings that together mend it. */
  readonly offers?: readonly Offer[];
  /** It would forbid a rollout, and the operator takes that on himself. */
  readonly ignored?: true;
  /** It can not be ignored: without it there is no way to roll anything out. */
  readonly binding?: true;
}

/** As it is typed. */
export const offerFlag = ({component, input, value}: Offer): string => `--set ${component}.${input}=${value}`;
