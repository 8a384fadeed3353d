/** What a container's state means for its service's goal. Pure. */
import type {Failure} from '../events.ts';
import type {ServiceModel} from '../plan/model.ts';
import type {ObservedContainer} from '../plan/observed.ts';

export type Verdict =
  /** Not handed to compose yet. */
  | {readonly state: 'waiting'}
  | {readonly state: 'pending'; readonly text: string; readonly started: boolean}
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
}

/**
 * Milliseconds. Without a health check, running is all that can be known, and one that keeps ending runs for a moment each time: the
 * engine waits at most 0.4 s before each of the first three restarts.
 */
const settling = 2000;

/** A service that keeps ending is given this many restarts before it counts as failed. */
const restartLimit = 3;

const failed = (cause: Failure['cause'], reason: string): Verdict => ({state: 'failed', cause, reason});

const judgeJob = ({name}: ServiceModel, {state, exitCode}: ObservedContainer): Verdict => {
  if (state !== 'exited' && state !== 'dead') return {state: 'pending', text: 'Running', started: true};
  return exitCode === 0
    ? {state: 'right', text: 'Completed'}
    : failed('exited', `The job ${name} ended with code ${exitCode ?? 'unknown'} instead of 0.`);
};

const judgeRunning = ({name, hasHealthCheck}: ServiceModel, {health}: ObservedContainer): Verdict => {
  if (!hasHealthCheck) return {state: 'right', text: 'Running'};
  if (health === 'healthy') return {state: 'right', text: 'Healthy'};
  if (health === 'unhealthy') return failed('unhealthy', `${name} runs, but its health check keeps failing.`);
  return {state: 'pending', text: 'Starting', started: true};
};

const judgeState = (service: ServiceModel, container: ObservedContainer, deaths: number): Verdict => {
  const {name} = service;
  if (service.isJob) return judgeJob(service, container);
  if (deaths >= restartLimit * service.replicas) {
    return failed('restarting', `${name} ended ${deaths} times after its start${endedWith(container)}.`);
  }
  if (container.state === 'running') return judgeRunning(service, container);
  if (container.state === 'exited' || container.state === 'dead') return failed('exited', `${name} ended${endedWith(container)}.`);
  if (container.state === 'paused') return failed('exited', `${name} is paused.`);
  return {state: 'pending', text: container.state === 'restarting' ? 'Restarting' : 'Created', started: false};
};

const endedWith = ({exitCode}: ObservedContainer) => (exitCode === undefined ? '' : `, last with code ${exitCode}`);

/** A service is as well as its worst replica, and not there before all of them are. */
const judgeAll = (service: ServiceModel, containers: readonly ObservedContainer[], deaths: number): Verdict => {
  const verdicts = containers.map(container => judgeState(service, container, deaths));
  const worst = verdicts.find(({state}) => state === 'failed') ?? verdicts.find(({state}) => state === 'pending');
  const missing: Verdict = {state: 'pending', text: 'Creating', started: false};
  if (worst) return worst;
  return containers.length < service.replicas ? missing : (verdicts[0] ?? {state: 'right', text: 'None wanted'});
};

/** The container that a failed service failed by. */
export const failing = (service: ServiceModel, containers: readonly ObservedContainer[]): ObservedContainer | undefined =>
  containers.find(container => judgeState(service, container, 0).state === 'failed') ?? containers[0];

const settled = ({isJob, hasHealthCheck}: ServiceModel, verdict: Verdict, {stirred}: Track, now: number): Verdict => {
  if (verdict.state !== 'right' || isJob || hasHealthCheck || stirred === undefined) return verdict;
  return now - stirred >= settling ? verdict : {state: 'pending', text: 'Running', started: true};
};

/** Exit code 137 is SIGKILL: by the kernel when memory ran out, which only the engine's OOM flag tells for sure. */
export const judge = (service: ServiceModel, containers: readonly ObservedContainer[], track: Track, now: number): Verdict => {
  if (!track.handed) return {state: 'waiting'};
  const verdict = settled(service, judgeAll(service, containers, track.deaths), track, now);
  const waited = (now - track.since) / 1000;
  if (verdict.state !== 'pending' || waited <= service.limitSeconds) return verdict;
  return failed('timeout', `${service.name} was not ready after ${service.limitSeconds} seconds (${verdict.text.toLowerCase()}).`);
};
