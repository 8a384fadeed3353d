/** A roll back word for word, as it is shown before anything is done. Pure. */
import {printableLine} from '../printable.ts';
import {stepLines} from './format.ts';
import type {RollBack} from './roll-back.ts';

const heads: Readonly<Record<'back' | 'remove', string>> = {
  back: 'Rolling back does this; volumes, secrets and your own overlay stay as they are:',
  remove: 'This phase never came up before. What this rollout started of it can be removed; volumes and files stay:',
};

/** What it is about, without its steps. */
export const rollBackHead = (rollBack: RollBack): readonly string[] => {
  if (rollBack.kind === 'not') return [`No roll back: ${printableLine(rollBack.why)}`, printableLine(rollBack.next)];
  const wider = rollBack.kind === 'back' ? rollBack.wider : undefined;
  return [heads[rollBack.kind], ...(wider === undefined ? [] : [`An earlier phase goes back too: ${printableLine(wider)}.`])];
};

/** Lines without colour or control characters; steps are indented by two. */
export const rollBackLines = (rollBack: RollBack): readonly string[] => [
  ...rollBackHead(rollBack),
  ...(rollBack.kind === 'not'
    ? []
    : [
        ...stepLines(rollBack.plan.files),
        ...rollBack.plan.phases.flatMap(({title, steps}) => [`Phase: ${printableLine(title)}`, ...stepLines(steps)]),
      ]),
];
