/** Brings one group of phases to its goal: hands waves to compose, looks, judges, tells, and asks where something failed. */
import {ExternalError} from '../errors.ts';
import type {Failure, ResourceEvent} from '../events.ts';
import type {PlannedPhase, PlannedService} from '../plan/plan.ts';
import type {Bell} from './bell.ts';
import type {Board} from './board.ts';
import {imageFailure, serviceFailure, startFailure} from './failure.ts';
import {judge, type Track} from './judge.ts';
import type {Pulls} from './pulls.ts';
import type {RolloutEnd, RolloutServices} from './rollout.ts';
import {serviceEvent, tell, tellPhase, tellService, type Verdicts} from './tell.ts';
import {blockedBy, nextWave} from './waves.ts';

interface Group {
  readonly stage: Stage;
  readonly phases: readonly PlannedPhase[];
  readonly services: readonly PlannedService[];
  /** Failures that stand until they are retried. */
  readonly failures: Map<string, Failure>;
  /** Services to be made anew, because starting them again would leave a sick container as it is. */
  readonly anew: Set<string>;
  /** The compose run under way; there is never more than one. */
  handing: Promise<void> | undefined;
  /** What a compose run that ended says about its services: believed from the next look on, since an earlier one shows what was before. */
  readonly ended: Map<string, Track>;
  isBack: boolean;
  /** What handing over threw beside compose's own failures: the rollout ends with it. */
  broken: unknown;
}

/** Longest time between two looks while something is awaited; events ring earlier. */
const lookInterval = 2000;
/** How long the engine may be away; a restart takes a few seconds. */
const engineGrace = 60_000;

const trackOf = (group: Group, service: PlannedService): Track =>
  group.stage.tracks.get(service.name) ?? {handed: service.op === 'keep', since: 0, deaths: 0};

const judgeAll = (group: Group): Verdicts => {
  const {board, services} = group.stage;
  return new Map(
    group.services.map(service => {
      const track = {...trackOf(group, service), deaths: board.deaths(service.name)};
      return [service.name, judge(service, board.containers.get(service.name), track, services.now())];
    }),
  );
};

/** Waiting begins when the group does, also for what runs already: a container that was started long ago may only now be looked at. */
const beginWaiting = (group: Group) => {
  const {tracks, services} = group.stage;
  for (const service of group.services) tracks.set(service.name, {handed: service.op === 'keep', since: services.now(), deaths: 0});
  for (const {id} of group.phases) group.stage.emit({id: `phase/${id}`, kind: 'phase', status: 'working', text: 'Starting'});
};

/** Failed, left out, or waiting for such a one; services stand in an order in which dependencies come first. */
const lostServices = ({failures, stage, services}: Group, verdicts: Verdicts): ReadonlySet<string> => {
  const lost = new Set([...failures.keys(), ...stage.leftOut]);
  for (const service of services) if (verdicts.get(service.name)?.state === 'waiting' && blockedBy(service, lost)) lost.add(service.name);
  return lost;
};

const explain = async ({stage}: Group, name: string) => {
  const container = stage.board.containers.get(name);
  return container ? stage.services.explain(container.id).catch(() => undefined) : undefined;
};

const collectFailures = async (group: Group, verdicts: Verdicts) => {
  const {failures, stage} = group;
  for (const service of group.services) {
    if (failures.has(service.name) || stage.leftOut.has(service.name)) continue;
    const verdict = verdicts.get(service.name);
    const pull = stage.pulls.failures.get(service.image);
    if (verdict?.state === 'waiting' && pull) failures.set(service.name, imageFailure(service, pull));
    if (verdict?.state === 'failed') failures.set(service.name, serviceFailure(service, verdict, await explain(group, service.name)));
  }
};

const lastWords = (error: unknown): readonly string[] => (error instanceof ExternalError ? error.lastLines : []);

/** One compose run; what fails in company is tried again alone, so that a failure is pinned to its service. */
const handOver = async (group: Group, names: readonly string[]): Promise<void> => {
  const {stage, anew, failures} = group;
  const recreate = names.some(name => anew.has(name));
  try {
    await stage.services.up(names, {recreate});
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    if (stage.signal.aborted) return;
    if (names.length > 1) {
      for (const name of names) await handOver(group, [name]);
      return;
    }
    const service = group.services.find(({name}) => name === names[0]);
    if (service) failures.set(service.name, startFailure(service, lastWords(error)));
  }
  for (const name of names) {
    anew.delete(name);
    stage.board.resetDeaths(name);
    group.ended.set(name, {handed: !failures.has(name), since: stage.services.now(), deaths: 0});
  }
};

/** Before a look: a compose run that ended has ended for us, too. */
const takeBack = (group: Group) => {
  if (!group.isBack) return;
  for (const [name, track] of group.ended) group.stage.tracks.set(name, track);
  group.ended.clear();
  group.handing = undefined;
  group.isBack = false;
};

const startWave = (group: Group, verdicts: Verdicts, lost: ReadonlySet<string>) => {
  const {stage} = group;
  if (group.handing || stage.signal.aborted) return;
  const open = group.services.filter(service => !lost.has(service.name));
  const ready = nextWave({services: open, verdicts, presentImages: stage.pulls.present});
  // Compose makes all services of a run anew or none, so the two kinds go one after the other.
  const sick = ready.filter(name => group.anew.has(name));
  const wave = sick.length > 0 ? sick : ready;
  if (wave.length === 0) return;
  for (const service of group.services) {
    if (wave.includes(service.name)) tell(stage, {...serviceEvent(service), status: 'working', text: 'Creating'});
  }
  group.handing = handOver(group, wave)
    .catch(error => {
      group.broken = error;
    })
    .finally(() => {
      group.isBack = true;
      stage.doorbell.ring();
    });
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
    stage.tracks.set(name, {handed: false, since: stage.services.now(), deaths: 0});
    stage.board.resetDeaths(name);
    if (stage.board.containers.has(name)) anew.add(name);
    if (failure.cause === 'pull' && failure.image) stage.pulls.retry([failure.image]);
  }
  failures.clear();
};

const askAboutFailures = async (group: Group): Promise<'go on' | 'stop'> => {
  const {stage, failures} = group;
  const decision = await stage.services.decide([...failures.values()]);
  if (decision === 'stop') return 'stop';
  if (decision === 'retry') retry(group);
  else {
    for (const name of failures.keys()) stage.leftOut.add(name);
    failures.clear();
  }
  return 'go on';
};

/** Lists the containers again; an engine that is away for a moment is waited for, and the wait is told. */
const look = async (stage: Stage): Promise<void> => {
  const start = stage.services.now();
  for (;;) {
    try {
      await stage.board.refresh();
      if (stage.said.get('run')) tell(stage, {id: 'run', kind: 'run', status: 'working', text: 'Rolling out'});
      return;
    } catch (error) {
      if (stage.signal.aborted) return;
      if (stage.services.now() - start > engineGrace) throw error;
      tell(stage, {
        id: 'run',
        kind: 'run',
        status: 'working',
        text: 'Waiting for the engine',
        details: 'It does not answer at the moment.',
      });
      await stage.doorbell.wait(lookInterval);
    }
  }
};

const sickAtStart = (group: Group) => {
  for (const service of group.services) {
    if (service.op === 'start' && group.stage.board.containers.get(service.name)?.state === 'running') group.anew.add(service.name);
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
      tellService(stage, {service, verdict: verdicts.get(service.name), failure: failures.get(service.name), lost});
    for (const phase of phases) tellPhase(stage, {phase, verdicts, failures, lost});
    if (isComplete(group, verdicts, lost)) return 'done';
    if (stage.signal.aborted && !group.handing) return 'interrupted';
    startWave(group, verdicts, lost);
    if (isStuck(group, verdicts, lost)) {
      if ((await askAboutFailures(group)) === 'stop') return stage.signal.aborted ? 'interrupted' : 'stopped';
    } else await stage.doorbell.wait(lookInterval);
    takeBack(group);
    await look(stage);
  }
};
