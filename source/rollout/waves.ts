/** Which services can be handed to compose now. Pure. */
import type {PlannedService} from '../plan/plan.ts';
import type {Verdict} from './judge.ts';

export interface WaveInput {
  readonly services: readonly PlannedService[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly presentImages: ReadonlySet<string>;
}

type Dependency = PlannedService['dependsOn'][number];

/** A service outside the plan is compose's business, and one that runs is enough for `started`. */
const isSatisfied = ({service, condition}: Dependency, verdicts: WaveInput['verdicts']): boolean => {
  const verdict = verdicts.get(service);
  if (!verdict || verdict.state === 'right') return true;
  return condition === 'started' && verdict.state === 'pending' && verdict.started;
};

/** Services that wait, have their image, and whose dependencies are right. */
export const nextWave = ({services, verdicts, presentImages}: WaveInput): readonly string[] =>
  services
    .filter(({name}) => verdicts.get(name)?.state === 'waiting')
    .filter(({image}) => presentImages.has(image))
    .filter(({dependsOn}) => dependsOn.every(dependency => isSatisfied(dependency, verdicts)))
    .map(({name}) => name);

/** The first dependency that is not right yet. */
export const awaited = ({dependsOn}: PlannedService, verdicts: WaveInput['verdicts']): string | undefined =>
  dependsOn.find(dependency => !isSatisfied(dependency, verdicts))?.service;

/** Services that can never start, because something they depend on failed or was given up. */
export const blockedBy = (service: PlannedService, lost: ReadonlySet<string>): string | undefined =>
  service.dependsOn.find(dependency => lost.has(dependency.service))?.service;
