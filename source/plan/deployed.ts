/** What was set up from a workspace before: its last answers against the containers that are there. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import {titleOf, withInstances} from './instances.ts';
import type {ObservedContainer} from './observed.ts';
import {closeOver} from './select.ts';

export interface DeployedComponent {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
  /** Everything of it runs, or has ended well. */
  readonly right: boolean;
  /** Where it keeps data. */
  readonly volumes: readonly string[];
}

export interface DeployedPhase {
  readonly id: string;
  readonly title: string;
  /** Components that have containers, of those that were selected or are there. */
  readonly deployed: number;
  readonly of: number;
  /** All of them are there and right. */
  readonly complete: boolean;
}

export interface Deployed {
  readonly project: string;
  readonly environment: string;
  readonly components: readonly DeployedComponent[];
  /** Without those that nothing was selected of. */
  readonly phases: readonly DeployedPhase[];
  /** Milliseconds since 1970. */
  readonly writtenAt: number | undefined;
  readonly rolledOutAt: number | undefined;
}

export interface DeployedInput {
  readonly catalog: Catalog;
  /** What the workspace was last written from. */
  readonly answers: Answers;
  readonly project: string;
  readonly containers: readonly ObservedContainer[];
  readonly writtenAt: number | undefined;
  readonly rolledOutAt: number | undefined;
}

const isRight = ({state, health, exitCode}: ObservedContainer) =>
  state === 'exited' ? exitCode === 0 : state === 'running' && health !== 'unhealthy' && health !== 'starting';

export const deployedOf = ({catalog: base, answers, containers, project, ...times}: DeployedInput): Deployed => {
  const catalog = withInstances(base, answers);
  const phaseOf = new Map(closeOver(catalog, answers).map(({id, phase}) => [id, phase]));
  const last = catalog.platform.phases.at(-1)?.id ?? '';
  const ids = [...new Set(containers.flatMap(({component}) => component ?? []))];
  const components = ids.map((id): DeployedComponent => {
    const own = containers.filter(({component}) => component === id);
    const title = titleOf(catalog, id);
    const phase = phaseOf.get(id) ?? withInstances(base, {components: {[id]: ''}, settings: {}}).components.get(id)?.phase ?? last;
    return {id, title, phase, right: own.every(isRight), volumes: [...new Set(own.flatMap(({volumes}) => volumes))].sort()};
  });
  const phases = catalog.platform.phases
    .map(({id, title}): DeployedPhase => {
      const there = components.filter(({phase}) => phase === id);
      const selected = [...phaseOf].filter(([, phase]) => phase === id).map(([component]) => component);
      const of = new Set([...selected, ...there.map(component => component.id)]).size;
      return {id, title, deployed: there.length, of, complete: there.length === of && there.every(({right}) => right)};
    })
    .filter(({of}) => of > 0);
  return {project, environment: answers.environment, components, phases, ...times};
};

/** The first phase that has nothing deployed; undefined when each has something, and while nothing is there at all. */
export const nextPhase = ({platform, components}: Catalog, {components: deployed}: Deployed): string | undefined => {
  const offered = new Set([...components.values()].filter(({hidden}) => !hidden).map(({phase}) => phase));
  const begun = new Set(deployed.map(({phase}) => phase));
  return begun.size === 0 ? undefined : platform.phases.find(({id}) => offered.has(id) && !begun.has(id))?.id;
};
