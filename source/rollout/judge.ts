/** What a container's state means for its service's goal. Pure. */
import type {Failure, HealthCheck} from '../events.ts';
import type {ServiceModel} from '../plan/model.ts';
import type {ObservedContainer} from '../plan/observed.ts';

export type Verdict =
  /** Not handed to compose yet. */
  | {readonly state: 'waiting'}
  /** `details`: what a person should know besides. */
  | {readonly state: 'pending'; readonly text: string; readonly started: boolean; readonly details?: string}
  | {readonly state: 'right'; readonly text: string}
  | {readonly state: 'failed'; readonly cause: Failure['cause']; readonly reason: string};

/** What is known about a service beside its container. */
export interface Track {
  /** Handed to compose in this run, or right from the start. */
  readonly handed: boolean;
  /** Since when it is waited for; milliseconds since 1970. */
  readonly since: number;
  /** How often its process ended since then. */
  readonly deaths: number;
  /** When it was handed over, or its process last started or ended; undefined: it has been running since before. */
  readonly stirred?: number | undefined;
  /** How often its process had started or ended by then. */
  readonly stirs?: number;
  /** It was unhealthy since it was handed over, in this container or an earlier one. @default false */
  readonly ill?: boolean | undefined;
  /** How often the engine had called it unhealthy by then. */
  readonly ills?: number | undefined;
}

/**
 * Milliseconds. Without a health check, running is all that can be known, and one that keeps ending runs for a moment each time: the
 * engine waits at most 0.4 s before each of the first three restarts.
 */
const settling = 2000;

/** A service that keeps ending is given this many restarts before it counts as failed. */
const restartLimit = 3;

/**
 * The engine calls a service healthy for one good probe. That is enough for one that was never unhealthy; one that was has to answer well
 * so many times in a row, or health that comes and goes would be taken for health. The engine keeps five probes.
 */
const steadyProbes = 3;

const failed = (cause: Failure['cause'], reason: string): Verdict => ({state: 'failed', cause, reason});

const judgeJob = ({name}: ServiceModel, {state, exitCode}: ObservedContainer): Verdict => {
  if (state !== 'exited' && state !== 'dead') return {state: 'pending', text: 'Running', started: true};
  return exitCode === 0
    ? {state: 'right', text: 'Completed'}
    : failed('exited', `The job ${name} ended with code ${exitCode ?? 'unknown'} instead of 0.`);
};

/** What the engine itself went by: bad probes count after the start period, and after the first good one. */
const wasUnhealthy = ({healthCheck}: ServiceModel, probes: readonly HealthCheck[], startedAt: number): boolean => {
  if (!healthCheck) return false;
  const {retries, startPeriod} = healthCheck;
  const firstGood = probes.findIndex(({exitCode}) => exitCode === 0);
  let streak = 0;
  return probes.some(({exitCode, at}, index) => {
    const counts = at > startedAt + startPeriod * 1000 || (firstGood >= 0 && index > firstGood);
    streak = exitCode === 0 ? 0 : streak + (counts ? 1 : 0);
    return streak >= retries;
  });
};

const isSteady = (service: ServiceModel, {healthChecks = [], startedAt = 0}: ObservedContainer, ill: boolean): boolean => {
  const probes = healthChecks.filter(({at}) => at >= startedAt);
  const lastBad = probes.findLastIndex(({exitCode}) => exitCode !== 0);
  return probes.length - 1 - lastBad >= steadyProbes || !(ill || wasUnhealthy(service, probes, startedAt));
};

const unsteady: Verdict = {
  state: 'pending',
  text: 'Unsteady',
  started: true,
  details: `was unhealthy before; has to pass ${steadyProbes} health checks in a row`,
};

const judgeRunning = (service: ServiceModel, container: ObservedContainer, ill: boolean): Verdict => {
  const {name, hasHealthCheck} = service;
  const {health} = container;
  if (!hasHealthCheck) return {state: 'right', text: 'Running'};
  if (health === 'healthy') return isSteady(service, container, ill) ? {state: 'right', text: 'Healthy'} : unsteady;
  if (health === 'unhealthy') return failed('unhealthy', `${name} runs, but its health check keeps failing.`);
  return {state: 'pending', text: 'Starting', started: true};
};

const judgeState = (service: ServiceModel, container: ObservedContainer, {deaths, ill = false}: Pick<Track, 'deaths' | 'ill'>): Verdict => {
  const {name} = service;
  if (service.isJob) return judgeJob(service, container);
  if (deaths >= restartLimit * service.replicas) {
    return failed('restarting', `${name} ended ${deaths} times after its start${endedWith(container)}.`);
  }
  if (container.state === 'running') return judgeRunning(service, container, ill);
  if (container.state === 'exited' || container.state === 'dead') return failed('exited', `${name} ended${endedWith(container)}.`);
  if (container.state === 'paused') return failed('exited', `${name} is paused.`);
  return {state: 'pending', text: container.state === 'restarting' ? 'Restarting' : 'Created', started: false};
};

const endedWith = ({exitCode}: ObservedContainer) => (exitCode === undefined ? '' : `, last with code ${exitCode}`);

/** A service is as well as its worst replica, and not there before all of them are. */
const judgeAll = (service: ServiceModel, containers: readonly ObservedContainer[], track: Track): Verdict => {
  const verdicts = containers.map(container => judgeState(service, container, track));
  const worst = verdicts.find(({state}) => state === 'failed') ?? verdicts.find(({state}) => state === 'pending');
  const missing: Verdict = {state: 'pending', text: 'Creating', started: false};
  if (worst) return worst;
  return containers.length < service.replicas ? missing : (verdicts[0] ?? {state: 'right', text: 'None wanted'});
};

/** The container that a failed service failed by. */
export const failing = (service: ServiceModel, containers: readonly ObservedContainer[]): ObservedContainer | undefined =>
  containers.find(container => judgeState(service, container, {deaths: 0}).state === 'failed') ?? containers[0];

const settled = ({isJob, hasHealthCheck}: ServiceModel, verdict: Verdict, {stirred}: Track, now: number): Verdict => {
  if (verdict.state !== 'right' || isJob || hasHealthCheck || stirred === undefined) return verdict;
  return now - stirred >= settling ? verdict : {state: 'pending', text: 'Running', started: true};
};

/** Exit code 137 is SIGKILL: by the kernel when memory ran out, which only the engine's OOM flag tells for sure. */
export const judge = (service: ServiceModel, containers: readonly ObservedContainer[], track: Track, now: number): Verdict => {
  if (!track.handed) return {state: 'waiting'};
  const verdict = settled(service, judgeAll(service, containers, track), track, now);
  const isUnsteady = verdict === unsteady;
  const waited = (now - track.since) / 1000;
  const limit = service.limitSeconds + (isUnsteady ? steadyProbes * (service.healthCheck?.interval ?? 0) : 0);
  if (verdict.state !== 'pending' || waited <= limit) return verdict;
  const why = `${verdict.text.toLowerCase()}${isUnsteady ? ': its health check passes and fails by turns' : ''}`;
  return failed('timeout', `${service.name} was not ready after ${limit} seconds (${why}).`);
};
