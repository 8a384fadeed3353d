/** The plan, phase by phase, as items of the review. Pure. */
import {counted} from '../../display/consequences.ts';
import {componentOrigin, type Origin} from '../../plan/origin.ts';
import type {PlannedPhase, Step} from '../../plan/plan.ts';
import type {Review} from '../services.ts';
import type {Opened, ReviewItem} from './review-items.ts';
import {folded, stepRow, table} from './review-rows.ts';

/** Of a service, or of the first service that runs an image; what is not selected was left out of the picks. */
const originOf = ({op, resource}: Step, {services}: PlannedPhase): Origin | undefined =>
  op === 'remove' || op === 'leave'
    ? {kind: 'picks'}
    : componentOrigin(services.find(({name, image}) => (op === 'pull' ? image : name) === resource)?.component);

const phaseItems = (phase: PlannedPhase, index: number, count: number, opened: Opened): readonly ReviewItem[] => {
  const rowOf = (step: Step) => stepRow(step, originOf(step, phase));
  const kept = phase.steps.filter(({op}) => op === 'keep');
  const changing = phase.steps.filter(({op}) => op !== 'keep');
  const head = {cells: [{text: `${counted(kept.length, 'service')} left alone`, tone: 'muted' as const}]};
  return [
    {kind: 'group', cells: [{text: `Phase ${index + 1} of ${count}: ${phase.title}`, tone: 'plain'}]},
    ...table(changing.map(rowOf)),
    ...(kept.length > 0 ? folded({name: `kept/${phase.id}`, head, inside: table(kept.map(rowOf))}, opened) : []),
  ];
};

export const planItems = ({plan: {phases}}: Review, opened: Opened): readonly ReviewItem[] =>
  phases.flatMap((phase, index) => phaseItems(phase, index, phases.length, opened));
