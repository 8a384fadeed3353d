/** Saved answers that name what this catalogue does not have. To leave it out unasked would mean to remove what runs of it. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import {withInstances} from './instances.ts';
import {nearest} from './nearest.ts';
import type {Problem} from './problem.ts';

export const unknownComponents = (catalog: Catalog, answers: Pick<Answers, 'components'>): readonly string[] => {
  const {components} = withInstances(catalog, {components: answers.components, settings: {}});
  return Object.keys(answers.components).filter(id => !components.has(id));
};

export const unknownComponent = ({components}: Catalog, id: string): Problem => {
  const near = nearest(id, components.keys());
  const slip = near === undefined ? '' : `Did you mean "${near}"? `;
  return {
    where: 'components',
    what: `The saved answers name ${id}, which this infra-wizard does not know.`,
    next: `${slip}Use the infra-wizard that saved them, or the newest: npx infra-wizard@latest. To go on without it: --without ${id}`,
  };
};
