/** What can be answered to the questions of a rollout. Pure. */
import type {Failure} from '../../events.ts';
import type {RollBack} from '../../plan/roll-back.ts';
import type {SelectOption} from '../components/select/select.tsx';
import type {Decision} from '../services.ts';

interface DecisionOption extends SelectOption {
  readonly value: Decision;
}

const mostNamed = 3;

const names = (failures: readonly Failure[]) => {
  const all = failures.flatMap(({service, image}) => service ?? image ?? []);
  const named = all.slice(0, mostNamed).join(', ');
  return all.length > mostNamed ? `${named} and ${all.length - mostNamed} more` : named;
};

const rollBackOption = (rollBack: RollBack | undefined): readonly DecisionOption[] => {
  if (!rollBack || rollBack.kind === 'not') return [];
  const titles = rollBack.plan.phases.map(({title}) => title).join(', ');
  const label =
    rollBack.kind === 'back' ? `Roll back ${titles}; what that does is shown first` : `Remove what was started of ${titles}; shown first`;
  return [{value: 'roll-back', label}];
};

/** Going on without a service is offered only where nothing that was selected needs it. */
export const decisionOptions = (failures: readonly Failure[], rollBack?: RollBack): readonly DecisionOption[] => [
  {value: 'retry', label: 'Try again'},
  ...(failures.every(({dispensable}) => dispensable)
    ? [{value: 'continue' as const, label: `Go on without ${names(failures) || (failures.length === 1 ? 'it' : 'them')}`}]
    : []),
  ...rollBackOption(rollBack),
  {value: 'stop', label: 'Stop here; the next run goes on from this point'},
];

type RollBackAnswer = 'no' | 'yes';

export const rollBackOptions: readonly (SelectOption & {readonly value: RollBackAnswer})[] = [
  {value: 'no', label: 'No, leave everything as it is'},
  {value: 'yes', label: 'Do this now'},
];

type QuitAnswer = 'stay' | 'stop';

export const quitOptions: readonly (SelectOption & {readonly value: QuitAnswer})[] = [
  {value: 'stay', label: 'Go on with the rollout'},
  {value: 'stop', label: 'Stop after what is under way'},
];
