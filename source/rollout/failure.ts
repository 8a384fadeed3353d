/** A failed service -> what the operator reads at that place. Pure. */
import type {Failure, HealthCheck, LoggedLine} from '../events.ts';
import type {PlannedService} from '../plan/plan.ts';
import type {PortHolder} from '../plan/port-holder.ts';
import {exitMeaning} from './exit-code.ts';
import type {Verdict} from './judge.ts';

/** What the engine knows about a container that failed. */
export interface Explanation {
  /** Oldest first. */
  readonly healthChecks: readonly HealthCheck[];
  readonly log: readonly LoggedLine[];
  readonly exitCode: number | undefined;
  readonly oomKilled: boolean;
  /** Bytes. */
  readonly memoryLimit: number | undefined;
  readonly restarts: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
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
  data: [
    'Restore it from a backup, into a volume of the same name; then retry.',
    'Or, if an empty one is what you want, as for a member of a cluster that gets its data from the others, stop and run infra-wizard up --ignore D77.',
  ],
};

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;

/** The kernel's own SIGKILL is said as what it is. */
const exited = (explanation: Explanation | undefined, oom: boolean): Pick<Failure, 'exitCode' | 'exitMeaning'> => {
  const exitCode = explanation?.exitCode;
  if (exitCode === undefined) return {};
  const meaning = oom ? undefined : exitMeaning(exitCode);
  return {exitCode, ...(meaning !== undefined && {exitMeaning: meaning})};
};

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
    ...(explanation && explanation.healthChecks.length > 0 && {healthChecks: explanation.healthChecks}),
    ...(explanation && explanation.log.length > 0 && {log: explanation.log}),
    ...exited(explanation, oom),
    ...(explanation && explanation.restarts > 0 && {restarts: explanation.restarts}),
    ...(explanation?.startedAt !== undefined && {startedAt: explanation.startedAt}),
    ...(oom && limit && {memoryLimit: limit}),
  };
};

/** A port of the host, as Docker names it when it can not be had. */
export interface TakenPort {
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

const isTaken = (said: string) => /port is already allocated|address already in use|ports are not available/i.test(said);

/** Undefined: it is about something else, or the port is not named. */
export const takenPort = (lastLines: readonly string[]): TakenPort | undefined => {
  const said = lastLines.join('\n');
  const match = /(?:bind host port for|Bind for|listen (?:tcp|udp)\d?|exposing port \w+) (\[[^\]]*\]|[\d.]*):(\d+)/.exec(said);
  if (!isTaken(said) || !match) return undefined;
  const address = match[1]?.replace(/^\[|\]$/g, '');
  const protocol = /\/udp|listen udp|exposing port udp/i.test(said) ? 'udp' : 'tcp';
  return {address: address || undefined, port: Number(match[2]), protocol};
};

const portFailure = (service: PlannedService, taken: TakenPort | undefined, holder: PortHolder | undefined) => {
  const port = taken === undefined ? 'A port' : `Port ${taken.port}`;
  const look = `See who holds it with: ss -l${taken?.protocol === 'udp' ? 'u' : 't'}np 'sport = :${taken?.port ?? 'PORT'}'`;
  const number = taken && {number: taken.port, protocol: taken.protocol, ...(holder && {holder: holder.who})};
  return {
    reason: `${port} of this host is in use by ${holder?.who ?? 'something else'}, so ${service.name} can not start.`,
    next: [...(holder?.next ?? [look]), 'Stop that program, or choose another port for this service with --set; then retry.'],
    ...(number && {port: number}),
  };
};

/** Compose would make the volumes anew, and the service would be healthy with nothing in it. */
export const dataFailure = (service: PlannedService, gone: readonly string[]): Failure => ({
  cause: 'data',
  reason: `${service.name} was not started: ${gone.join(', ')} with its data was there when this rollout was planned, and is gone.`,
  next: advice.data,
  service: service.name,
  image: service.image,
  dispensable: service.neededBy.length === 0,
});

/** What Docker said when it could not start a service. */
export const startFailure = (service: PlannedService, lastLines: readonly string[], holder?: PortHolder): Failure => ({
  cause: 'start',
  ...(isTaken(lastLines.join('\n'))
    ? portFailure(service, takenPort(lastLines), holder)
    : {reason: `Docker could not start ${service.name}.`, next: advice.start}),
  service: service.name,
  image: service.image,
  log: lastLines.map(text => ({stream: 'stderr', text})),
  dispensable: service.neededBy.length === 0,
});

/** A pull's failure, said of the service that waits for the image. */
export const imageFailure = (service: PlannedService, failure: Failure): Failure => ({
  ...failure,
  service: service.name,
  image: service.image,
  dispensable: service.neededBy.length === 0,
});
