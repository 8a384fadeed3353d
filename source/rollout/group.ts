/** Brings one group of phases to its goal: looks, judges, tells, hands over what can start, and asks where something failed. */
import type {ObservedContainer} from '../plan/observed.ts';
import type {PlannedPhase, PlannedService} from '../plan/plan.ts';
import type {Board} from './board.ts';
import {type Explanation, imageFailure, serviceFailure} from './failure.ts';
import {startWave, takeBack} from './hand-over.ts';
import {failing, judge, type Track} from './judge.ts';
import {look, lookInterval} from './look.ts';
import type {RolloutEnd} from './rollout.ts';
import type {Group, Stage} from './stage.ts';
import {serviceEvent, tell, tellPhase, tellService, type Verdicts} from './tell.ts';
import {blockedBy} from './waves.ts';

const trackOf = (group: Group, service: PlannedService): Track =>
  group.stage.tracks.get(service.name) ?? {handed: service.op === 'keep', since: 0, deaths: 0};

/** What was unhealthy before it was handed over is another container's story. When it becomes so, its time begins anew, once. */
const trackNow = (before: Track, board: Board, name: string, now: number): Track => {
  const [deaths, stirs, ills] = [board.deaths(name), board.stirs(name), board.ills(name)];
  const isUnhealthy = (board.containers.get(name) ?? []).some(({health}) => health === 'unhealthy');
  const ill = before.ill === true || (before.handed && (isUnhealthy || ills > (before.ills ?? 0)));
  const since = ill && before.ill !== true ? now : before.since;
  return {...before, since, deaths, stirs, ills, ill, stirred: stirs > (before.stirs ?? 0) ? now : before.stirred};
};

const judgeAll = (group: Group): Verdicts => {
  const {board, services} = group.stage;
  return new Map(
    group.services.map(service => {
      const {name} = service;
      const track = trackNow(trackOf(group, service), board, name, services.now());
      group.stage.tracks.set(name, track);
      return [name, judge(service, board.containers.get(name) ?? [], track, services.now())];
    }),
  );
};

/** Waiting begins when the group does, also for what runs already: a container that was started long ago may only now be looked at. */
const beginWaiting = (group: Group) => {
  const {tracks, services, board} = group.stage;
  for (const {name, op} of group.services) {
    tracks.set(name, {handed: op === 'keep', since: services.now(), deaths: 0, ills: board.ills(name)});
  }
  for (const {id} of group.phases) tell(group.stage, {id: `phase/${id}`, kind: 'phase', status: 'working', text: 'Starting'});
};

/** Failed, left out, or waiting for such a one; services stand in an order in which dependencies come first. */
const lostServices = ({failures, stage, services}: Group, verdicts: Verdicts): ReadonlySet<string> => {
  const lost = new Set([...failures.keys(), ...stage.leftOut]);
  for (const service of services) if (verdicts.get(service.name)?.state === 'waiting' && blockedBy(service, lost)) lost.add(service.name);
  return lost;
};

/** Of one that the engine started again meanwhile the last end is told as its event told it. */
const explain = async ({stage}: Group, service: PlannedService): Promise<Explanation | undefined> => {
  const container = failing(service, stage.board.containers.get(service.name) ?? []);
  const found = container && (await stage.services.explain(container.id).catch(() => undefined));
  const end = stage.board.lastEnd(service.name);
  return found && end && found.exitCode === undefined ? {...found, ...end} : found;
};

const collectFailures = async (group: Group, verdicts: Verdicts) => {
  const {failures, stage} = group;
  for (const service of group.services) {
    if (failures.has(service.name) || stage.leftOut.has(service.name)) continue;
    const verdict = verdicts.get(service.name);
    const pull = stage.pulls.failures.get(service.image);
    if (verdict?.state === 'waiting' && pull) failures.set(service.name, imageFailure(service, pull));
    if (verdict?.state === 'failed') failures.set(service.name, serviceFailure(service, verdict, await explain(group, service)));
  }
};

/** Nothing moves by itself any more: what is not right has failed, or waits for something that has. */
const isStuck = (group: Group, verdicts: Verdicts, lost: ReadonlySet<string>) =>
  !group.handing && group.failures.size > 0 && group.services.every(({name}) => verdicts.get(name)?.state === 'right' || lost.has(name));

const isComplete = ({failures, services}: Group, verdicts: Verdicts, lost: ReadonlySet<string>) =>
  failures.size === 0 && services.every(({name}) => verdicts.get(name)?.state === 'right' || lost.has(name));

const retry = ({stage, failures, anew, services}: Group) => {
  for (const service of services) {
    const {name} = service;
    const failure = failures.get(name);
    if (!failure) continue;
    tell(stage, {...serviceEvent(service), status: 'waiting', text: 'Waiting'});
    stage.tracks.set(name, {handed: false, since: stage.services.now(), deaths: 0, ill: stage.tracks.get(name)?.ill});
    stage.board.resetDeaths(name);
    if (stage.board.containers.has(name)) anew.add(name);
    if (failure.cause === 'pull' && failure.image) stage.pulls.retry([failure.image]);
  }
  failures.clear();
};

const askAboutFailures = async (group: Group, lost: ReadonlySet<string>): Promise<'go on' | 'stop'> => {
  const {stage, failures} = group;
  const decision = await stage.services.decide([...failures.values()]);
  if (decision === 'stop') return 'stop';
  if (decision === 'retry') retry(group);
  else {
    // With what waits for them, so that later phases know.
    for (const name of lost) stage.leftOut.add(name);
    failures.clear();
  }
  return 'go on';
};

const isSome = ({stage}: Group, {name}: PlannedService, state: ObservedContainer['state']) =>
  (stage.board.containers.get(name) ?? []).some(container => container.state === state);

const sickAtStart = (group: Group) => {
  for (const service of group.services) {
    const {name, op, hasHealthCheck} = service;
    const isRunning = isSome(group, service, 'running');
    // Compose starts what does not run; what is paused can not be started.
    if (op !== 'start' || !(isRunning || isSome(group, service, 'paused'))) continue;
    group.anew.add(name);
    // The same again: its first good probe says no more than the one it had before.
    if (isRunning) group.stage.tracks.set(name, {...trackOf(group, service), ill: hasHealthCheck});
  }
};

/** Ends when every service of the phases is right or left out, when somebody says stop, or when the signal is aborted. */
export const runGroup = async (stage: Stage, phases: readonly PlannedPhase[]): Promise<RolloutEnd> => {
  const services = phases.flatMap(phase => phase.services);
  const group: Group = {
    stage,
    phases,
    services,
    failures: new Map(),
    anew: new Set(),
    handing: undefined,
    ended: new Map(),
    isBack: false,
    broken: undefined,
  };
  const {failures} = group;
  beginWaiting(group);
  await look(stage);
  sickAtStart(group);
  for (;;) {
    const broken = group.broken ?? stage.pulls.broken();
    if (broken !== undefined) throw broken;
    const verdicts = judgeAll(group);
    await collectFailures(group, verdicts);
    const lost = lostServices(group, verdicts);
    for (const service of services)
      tellService(stage, {service, verdict: verdicts.get(service.name), failure: failures.get(service.name), lost, verdicts});
    for (const phase of phases) tellPhase(stage, {phase, verdicts, failures, lost});
    if (isComplete(group, verdicts, lost)) return 'done';
    if (stage.signal.aborted && !group.handing) return 'interrupted';
    startWave(group, verdicts, lost);
    if (isStuck(group, verdicts, lost)) {
      if ((await askAboutFailures(group, lost)) === 'stop') return stage.signal.aborted ? 'interrupted' : 'stopped';
    } else await stage.doorbell.wait(lookInterval);
    takeBack(group);
    await look(stage);
  }
};
