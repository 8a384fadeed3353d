/** The plan word for word, as `plan` prints it and the review screen shows it. Pure. */
import {printableLine} from '../printable.ts';
import {fileCauses} from './make-plan.ts';
import type {Plan, Step} from './plan.ts';

const opWidth = 10;

/** Names and images are the engine's words, so they are made printable. */
export const stepLines = (steps: readonly Step[]): readonly string[] => {
  const rows = steps.map(({op, resource, cause}) => ({op, resource: printableLine(resource), cause: printableLine(cause)}));
  const width = Math.min(48, Math.max(0, ...rows.map(({resource}) => resource.length)));
  return rows.map(({op, resource, cause}) => `  ${op.padEnd(opWidth)}${resource.padEnd(width)}  ${cause}`);
};

/** Files that are right are counted, not listed: what matters is what changes. */
const fileLines = (files: readonly Step[]): readonly string[] => {
  const right = files.filter(({op, cause}) => op === 'keep' && cause === fileCauses.same);
  const counted: readonly Step[] =
    right.length === 0
      ? []
      : [
          {
            id: 'keep/files',
            op: 'keep',
            resource: `${right.length} ${right.length === 1 ? 'file' : 'files'}`,
            cause: right.length === 1 ? fileCauses.same : 'as they should be',
            dependsOn: [],
          },
        ];
  return stepLines([...files.filter(file => !right.includes(file)), ...counted]);
};

const count = (steps: readonly Step[]): string => {
  const ops = ['write', 'pull', 'create', 'recreate', 'start', 'remove'] as const;
  const parts = ops.map(op => ({op, amount: steps.filter(step => step.op === op).length})).filter(({amount}) => amount > 0);
  return parts.map(({op, amount}) => `${amount} to ${op}`).join(', ');
};

/** Lines without colour or control characters; headings start at the first column, steps are indented by two. */
export const formatPlan = (plan: Plan): readonly string[] => {
  const all = [...plan.files, ...plan.phases.flatMap(({steps}) => steps)];
  const summary = plan.changes ? `${count(all)}.` : 'Nothing to do: everything is as selected.';
  return [
    'Files',
    ...fileLines(plan.files),
    ...plan.phases.flatMap((phase, index) => [
      `Phase ${index + 1} of ${plan.phases.length}: ${printableLine(phase.title)}`,
      ...stepLines(phase.steps),
    ]),
    summary,
  ];
};
