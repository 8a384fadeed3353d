/** Verdicts -> events: what changed since it was last told, and nothing twice. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {PlannedPhase, PlannedService} from '../plan/plan.ts';
import type {Verdict} from './judge.ts';
import type {Stage} from './stage.ts';
import {awaited, blockedBy} from './waves.ts';

export type Verdicts = ReadonlyMap<string, Verdict>;

/** Says it, unless the last words about it were the same. */
export const tell = ({emit, said}: Stage, event: Omit<ResourceEvent, 'at'>) => {
  const words = `${event.status} ${event.text} ${event.details ?? ''}`;
  if (said.get(event.id) === words) return;
  said.set(event.id, words);
  emit(event);
};

export const serviceEvent = (service: PlannedService): Pick<ResourceEvent, 'id' | 'kind' | 'parentId' | 'isJob'> => ({
  id: `service/${service.name}`,
  kind: 'service',
  parentId: `phase/${service.phase}`,
  ...(service.isJob && {isJob: true}),
});

interface ServiceNews {
  readonly service: PlannedService;
  readonly verdict: Verdict | undefined;
  readonly failure: Failure | undefined;
  readonly lost: ReadonlySet<string>;
  readonly verdicts: Verdicts;
}

/** What comes next is said when it begins; what is waited for before that, as soon as it is known. */
const tellWait = (stage: Stage, service: PlannedService, verdicts: Verdicts): void => {
  const what = awaited(service, verdicts);
  if (what === undefined) return;
  tell(stage, {...serviceEvent(service), status: 'waiting', text: 'Waiting', details: `waits for ${what}`});
};

export const tellService = (stage: Stage, {service, verdict, failure, lost, verdicts}: ServiceNews): void => {
  const base = serviceEvent(service);
  const blocker = blockedBy(service, lost);
  if (stage.leftOut.has(service.name)) tell(stage, {...base, status: 'warning', text: 'Left out'});
  else if (failure) tell(stage, {...base, status: 'error', text: 'Failed', details: failure.reason, failure});
  else if (verdict?.state === 'right') tell(stage, {...base, status: service.op === 'keep' ? 'skipped' : 'done', text: verdict.text});
  else if (verdict?.state === 'pending') {
    const {text, details} = verdict;
    tell(stage, {...base, status: 'working', text, ...(details !== undefined && {details})});
  } else if (blocker) tell(stage, {...base, status: 'waiting', text: 'Blocked', details: `needs ${blocker}`});
  else if (verdict?.state === 'waiting') tellWait(stage, service, verdicts);
};

interface PhaseNews {
  readonly phase: PlannedPhase;
  readonly verdicts: Verdicts;
  readonly failures: ReadonlyMap<string, Failure>;
  readonly lost: ReadonlySet<string>;
}

export const tellPhase = (stage: Stage, {phase: {id, services}, verdicts, failures, lost}: PhaseNews): void => {
  const base = {id: `phase/${id}`, kind: 'phase'} as const;
  const isOver = ({name}: PlannedService) => verdicts.get(name)?.state === 'right' || lost.has(name);
  const untouched = services.every(service => service.op === 'keep');
  // A roll back leaves nothing of a phase that never came up.
  if (services.length === 0) tell(stage, {...base, status: 'done', text: 'Removed'});
  else if (services.some(({name}) => failures.has(name))) tell(stage, {...base, status: 'error', text: 'Failed'});
  else if (!services.every(isOver)) tell(stage, {...base, status: 'working', text: 'Starting'});
  else if (services.some(({name}) => lost.has(name))) tell(stage, {...base, status: 'warning', text: 'Incomplete'});
  else tell(stage, {...base, status: untouched ? 'skipped' : 'done', text: untouched ? 'Unchanged' : 'Healthy'});
};
