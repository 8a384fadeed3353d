/** A failed service -> what the operator reads at that place. Pure. */
import type {Failure} from '../events.ts';
import type {PlannedService} from '../plan/plan.ts';
import type {Verdict} from './judge.ts';

/** What the engine knows about a container that failed. */
export interface Explanation {
  readonly healthOutput: string | undefined;
  readonly log: readonly string[];
  readonly exitCode: number | undefined;
  readonly oomKilled: boolean;
  /** Bytes. */
  readonly memoryLimit: number | undefined;
}

type Failed = Extract<Verdict, {state: 'failed'}>;

const advice: Readonly<Record<Failure['cause'], readonly string[]>> = {
  unhealthy: ['Read the health check output and the log above; then retry.'],
  exited: ['Read the last log lines above; then retry.'],
  oom: ['Give the service a higher memory limit in your own 90- overlay, then run the same command again.'],
  restarting: ['Read the last log lines above; then retry.'],
  timeout: ['Retry to wait once more, or look at its log.'],
  pull: ['Retry when the registry can be reached.'],
  start: ['Mend what Docker says above; then retry.'],
  removed: ['Retry to create it again.'],
  remove: ['Mend what Docker says above; then retry.'],
};

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;

export const serviceFailure = (service: PlannedService, verdict: Failed, explanation: Explanation | undefined): Failure => {
  const oom = explanation?.oomKilled === true;
  const limit = explanation?.memoryLimit ?? service.memoryLimit;
  const killed = `The kernel killed ${service.name}: it needed more than its memory limit${limit ? ` of ${mebibytes(limit)}` : ''}.`;
  const cause = oom ? 'oom' : verdict.cause;
  return {
    cause,
    reason: oom ? killed : verdict.reason,
    next: advice[cause],
    service: service.name,
    image: service.image,
    dispensable: service.neededBy.length === 0,
    ...(explanation?.healthOutput && {healthOutput: explanation.healthOutput}),
    ...(explanation && explanation.log.length > 0 && {log: explanation.log}),
    ...(explanation?.exitCode !== undefined && {exitCode: explanation.exitCode}),
    ...(oom && limit && {memoryLimit: limit}),
  };
};

/** What Docker said when it could not start a service. */
export const startFailure = (service: PlannedService, lastLines: readonly string[]): Failure => {
  const said = lastLines.join('\n');
  const port = /(?:bind host port for (?:\[[^\]]*\]|[\d.]+):|Bind for [^\s]*:|listen tcp\d? [^\s]*:|exposing port [^\n]*?:)(\d+)/.exec(
    said,
  )?.[1];
  const taken = /port is already allocated|address already in use|ports are not available/i.test(said);
  return {
    cause: 'start',
    reason: taken
      ? `${port === undefined ? 'A port' : `Port ${port}`} of this host is in use by something else, so ${service.name} can not start.`
      : `Docker could not start ${service.name}.`,
    next: taken
      ? [
          `See who holds it with: ss -ltnp 'sport = :${port ?? 'PORT'}'`,
          'Stop that program, or choose another port for this service with --set; then retry.',
        ]
      : advice.start,
    service: service.name,
    image: service.image,
    log: lastLines,
    dispensable: service.neededBy.length === 0,
  };
};

/** A pull's failure, said of the service that waits for the image. */
export const imageFailure = (service: PlannedService, failure: Failure): Failure => ({
  ...failure,
  service: service.name,
  image: service.image,
  dispensable: service.neededBy.length === 0,
});
