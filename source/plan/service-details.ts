/** Everything that is shown about one service, and the lines of its log. Pure. */
import type {LoggedLine} from '../events.ts';
import type {ContainerState, Health} from './observed.ts';

export interface HealthRun {
  /** Milliseconds since 1970. */
  readonly at: number | undefined;
  /** Milliseconds it took. */
  readonly took: number | undefined;
  readonly exitCode: number;
  /** Printable. */
  readonly output: string;
}

/** Durations in milliseconds; 0: the engine's own default. */
export interface HealthCheck {
  /** As docker writes it: CMD and arguments, or CMD-SHELL and a line. */
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
  readonly failingStreak: number;
  /** The last ones that the engine remembers, oldest first. */
  readonly runs: readonly HealthRun[];
}

export interface Variable {
  readonly name: string;
  /** Undefined: a secret, which is never shown. */
  readonly value: string | undefined;
}

export interface AttachedNetwork {
  readonly name: string;
  /** Empty while the container does not run. */
  readonly addresses: readonly string[];
  readonly gateway: string;
  readonly aliases: readonly string[];
  /** Nothing on it reaches the outside; undefined: not known. */
  readonly internal: boolean | undefined;
}

export interface Mount {
  /** volume, bind, tmpfs, npipe, cluster. */
  readonly type: string;
  /** Name of a volume, path on the host; empty for what lives in memory. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Bytes it may take, where the engine says so at once. */
  readonly size: number | undefined;
}

/** Of the newest container of a service. */
export interface ServiceDetails {
  readonly containerId: string;
  readonly containerName: string;
  readonly image: string;
  readonly imageId: string;
  /** `sha256:…` of what was pulled; undefined for an image that no registry knows. */
  readonly digest: string | undefined;
  readonly state: ContainerState;
  readonly health: Health | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Of a container that has ended. */
  readonly exitCode: number | undefined;
  readonly oomKilled: boolean;
  /** Why it could not be started; empty when nothing is wrong. */
  readonly error: string;
  readonly restarts: number;
  /** `always`, `unless-stopped`, `on-failure`, `no`. */
  readonly restartPolicy: string;
  /** Bytes. */
  readonly memoryLimit: number | undefined;
  /** Cores. */
  readonly cpuLimit: number | undefined;
  readonly user: string;
  readonly command: readonly string[];
  /** Compose files that the project was read from when the container was made. */
  readonly files: readonly string[];
  readonly dependsOn: readonly string[];
  readonly healthCheck: HealthCheck | undefined;
  readonly environment: readonly Variable[];
  readonly networks: readonly AttachedNetwork[];
  readonly mounts: readonly Mount[];
}

/** A line of a log as the engine keeps it. */
export interface LogLine extends LoggedLine {
  /** As the engine stamps it, RFC 3339 with nanoseconds in UTC; empty when it was not asked to. */
  readonly at: string;
}

/** What an exit code says; undefined when there is nothing to add to the number. See docker-run(1) and signal(7). */
export const exitMeaning = (code: number, oomKilled: boolean): string | undefined => {
  if (oomKilled) return 'the kernel killed it: it used more memory than it may';
  const said = meanings[code];
  if (said !== undefined) return said;
  return code > 128 && code < 160 ? `signal ${code - 128} ended it` : undefined;
};

const meanings: Readonly<Record<number, string>> = {
  0: 'it ended without an error',
  125: 'docker could not start it',
  126: 'its program was found and can not be run',
  127: 'its program is not in the image',
  130: 'it was interrupted (SIGINT)',
  134: 'its program gave up by itself (SIGABRT)',
  137: 'it was killed (SIGKILL): it did not end in time when it was asked to, or somebody killed it',
  139: 'its program broke: it reached for memory that is not its own (SIGSEGV)',
  143: 'it ended when it was asked to (SIGTERM)',
};

const two = (value: number) => String(value).padStart(2, '0');

/** `shop-2-20261120-100000.log`, in local time; the second of the same second ends in `-2`. No name leads out of a folder. */
export const logFileName = (row: string, at: Date, copy: number): string => {
  const name = row.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[.-]+/, '') || 'service';
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
  return `${name}-${day}-${time}${copy > 1 ? `-${copy}` : ''}.log`;
};
