/** Answers x catalogue -> Selection: closed over what the picks require, every value resolved, every problem said at once. */
import type {Catalog, Component, Variant} from '../catalog/catalog.ts';
import {type Answers, platformSettings} from './answers.ts';
import {type ApplicableInput, checkInput, resolveInputs} from './inputs.ts';
import {unknownName} from './nearest.ts';
import type {Problem, Result} from './problem.ts';
import type {Reason, SelectedComponent, Selection} from './selection.ts';

/** The answers of somebody who only presses Enter. */
export const defaultAnswers = (catalog: Catalog, tierId?: string): Answers => {
  const tier = catalog.platform.tiers.find(({id}) => id === tierId) ?? catalog.platform.tiers[0];
  return {
    tier: tier?.id ?? '',
    environment: catalog.platform.environments[0]?.id ?? '',
    strategy: 'incremental',
    components: Object.fromEntries(tier?.components ?? []),
    settings: {},
  };
};

interface Closure {
  readonly because: Map<string, Reason>;
  readonly variants: Map<string, Variant>;
  readonly problems: Problem[];
}

const variantOf = (component: Component, id: string | undefined) =>
  id === undefined ? component.variants[0] : component.variants.find(variant => variant.id === id);

const include = (catalog: Catalog, id: string, variantId: string | undefined, reason: Reason, closure: Closure): void => {
  if (closure.because.has(id)) return;
  const component = catalog.components.get(id);
  if (!component) {
    closure.problems.push(unknownName('components', 'component', id, catalog.components.keys()));
    return;
  }
  const variant = variantOf(component, variantId);
  if (!variant) {
    closure.problems.push(
      unknownName(
        id,
        `variant of ${id}`,
        variantId ?? '',
        component.variants.map(known => known.id),
      ),
    );
    return;
  }
  closure.because.set(id, reason);
  closure.variants.set(id, variant);
};

const close = (catalog: Catalog, answers: Answers): Closure => {
  const closure: Closure = {because: new Map(), variants: new Map(), problems: []};
  const picks = Object.entries(answers.components);
  const required = [...catalog.components.values()].filter(component => component.required);
  for (const {id} of required) include(catalog, id, answers.components[id], {kind: 'platform'}, closure);
  for (const [id, variant] of picks) include(catalog, id, variant, {kind: 'picked'}, closure);
  // A Map is iterated in insertion order and sees what is added meanwhile: the loop ends when nothing new is required.
  for (const [id, variant] of closure.variants) {
    for (const needed of variant.requires) include(catalog, needed, undefined, {kind: 'required', by: id}, closure);
  }
  return closure;
};

const conflictsIn = (catalog: Catalog, {variants}: Closure): readonly Problem[] =>
  [...variants].flatMap(([id, variant]) =>
    variant.conflicts
      .filter(other => variants.has(other))
      .map(other => ({
        where: id,
        what: `${catalog.components.get(id)?.title} (${variant.id}) and ${catalog.components.get(other)?.title} can not run together.`,
        next: `Leave out ${id} or ${other}.`,
      })),
  );

const missingAlternatives = (catalog: Catalog, {variants}: Closure): readonly Problem[] =>
  [...variants.keys()].flatMap(id => {
    const {requiresOneOf = [], title = id} = catalog.components.get(id) ?? {};
    const satisfied = requiresOneOf.length === 0 || requiresOneOf.some(other => variants.has(other));
    return satisfied
      ? []
      : [{where: id, what: `${title} has nothing to work with.`, next: `Pick at least one of ${requiresOneOf.join(', ')}.`}];
  });

/** Position of the earliest phase among a component's own and those of the components that require it. */
const phasePositions = (catalog: Catalog, {variants}: Closure): ReadonlyMap<string, number> => {
  const phases = catalog.platform.phases.map(({id}) => id);
  const own = (id: string) => phases.indexOf(catalog.components.get(id)?.phase ?? '');
  const positions = new Map([...variants.keys()].map(id => [id, own(id)]));
  const lower = (id: string, position: number): void => {
    if (position >= (positions.get(id) ?? -1)) return;
    positions.set(id, position);
    for (const needed of variants.get(id)?.requires ?? []) lower(needed, position);
  };
  for (const [id, variant] of variants) for (const needed of variant.requires) lower(needed, positions.get(id) ?? 0);
  return positions;
};

const order = (catalog: Catalog, closure: Closure): readonly SelectedComponent[] => {
  const positions = phasePositions(catalog, closure);
  return [...catalog.components.keys()]
    .flatMap(id => {
      const variant = closure.variants.get(id);
      const because = closure.because.get(id);
      const position = positions.get(id) ?? 0;
      return variant && because ? [{id, variant: variant.id, phase: catalog.platform.phases[position]?.id ?? '', because, position}] : [];
    })
    .sort((a, b) => a.position - b.position)
    .map(({position: _, ...component}) => component);
};

const settingsProblems = (catalog: Catalog, answers: Answers, inputs: readonly ApplicableInput[]): readonly Problem[] =>
  Object.entries(answers.settings).flatMap(([component, settings]) => {
    const known = component === platformSettings ? undefined : catalog.components.get(component);
    if (!known && component !== platformSettings) {
      return [unknownName('settings', 'component', component, [platformSettings, ...catalog.components.keys()])];
    }
    // Settings of a component that is not picked right now are kept for when it is picked again.
    const applicable = inputs.filter(input => input.component === component).map(({input}) => input.id);
    const names = known ? known.inputs.map(({id}) => id) : applicable;
    return Object.keys(settings)
      .filter(id => !names.includes(id) && !(component === platformSettings && id.endsWith('_subnet')))
      .map(id => unknownName(component, `setting of ${component}`, id, names));
  });

const valueProblem = ({component, input, value, choices}: ApplicableInput): readonly Problem[] => {
  const where = `${component}.${input.id}`;
  if (value === '') {
    const example = input.example ? ` Example: ${input.example}.` : '';
    return [{where, what: `${input.title} is needed.`, next: `Set it with --set ${where}=VALUE.${example}`}];
  }
  const expected = checkInput(input, value);
  if (expected) return [{where, what: `"${value}" is not usable as ${input.title.toLowerCase()}.`, next: `It must be ${expected}.`}];
  if (input.type === 'choice' && !choices.some(({id}) => id === value)) {
    return [
      {
        where,
        what: `"${value}" is not possible here: it needs another domain or environment.`,
        next: `Possible: ${choices.map(({id}) => id).join(', ')}.`,
      },
    ];
  }
  return [];
};

const clashingPorts = (inputs: readonly ApplicableInput[]): readonly Problem[] => {
  const ports = inputs.filter(({input}) => input.type === 'port');
  return ports.flatMap((port, index) => {
    const before = ports.slice(0, index).find(({value}) => value === port.value);
    return before
      ? [
          {
            where: `${port.component}.${port.input.id}`,
            what: `Port ${port.value} is also ${before.component}.${before.input.id}.`,
            next: 'Give one of them another port.',
          },
        ]
      : [];
  });
};

const answersProblems = (catalog: Catalog, answers: Answers): readonly Problem[] => {
  const {tiers, environments} = catalog.platform;
  const check = (where: string, kind: string, name: string, known: readonly {id: string}[]) =>
    known.some(({id}) => id === name)
      ? []
      : [
          unknownName(
            where,
            kind,
            name,
            known.map(({id}) => id),
          ),
        ];
  return [
    ...check('tier', 'tier', answers.tier, tiers),
    ...check('environment', 'environment', answers.environment, environments),
    ...check('strategy', 'strategy', answers.strategy, [{id: 'incremental'}, {id: 'all-in-one'}]),
  ];
};

const choicesOf = (inputs: readonly ApplicableInput[]): Selection['choices'] => {
  const byComponent = new Map<string, Map<string, string>>();
  for (const {component, input, value} of inputs) {
    if (input.type !== 'choice') continue;
    byComponent.set(component, (byComponent.get(component) ?? new Map()).set(input.id, value));
  }
  return byComponent;
};

/** Variables that are facts of the host rather than answers: where the engine's socket is and which group owns it. */
export type HostValues = ReadonlyMap<string, string>;

/** The compose project of an environment. */
export const projectName = (catalog: Catalog, answers: Answers): string => `${catalog.platform.project}-${answers.environment}`;

/** Components the answers lead to, with what they require, as the picker shows them; problems do not keep the rest from being shown. */
export const closeOver = (catalog: Catalog, answers: Answers): readonly SelectedComponent[] => order(catalog, close(catalog, answers));

export const variantsOf = (components: readonly SelectedComponent[]): ReadonlyMap<string, string> =>
  new Map(components.map(({id, variant}) => [id, variant]));

/** The questions that apply to the answers, in the order they are asked. */
export const applicableInputs = (catalog: Catalog, answers: Answers): readonly ApplicableInput[] =>
  resolveInputs(catalog, answers, variantsOf(closeOver(catalog, answers))).inputs;

/** Closes the answers over dependencies and resolves every value, or says everything that is wrong with them. */
export const select = (catalog: Catalog, answers: Answers, host: HostValues = new Map()): Result<Selection> => {
  const closure = close(catalog, answers);
  const components = order(catalog, closure);
  const project = projectName(catalog, answers);
  const base = new Map([['COMPOSE_PROJECT_NAME', project], ['ENVIRONMENT', answers.environment], ...host]);
  const {inputs, values} = resolveInputs(catalog, answers, variantsOf(components), base);
  const problems = [
    ...answersProblems(catalog, answers),
    ...closure.problems,
    ...conflictsIn(catalog, closure),
    ...missingAlternatives(catalog, closure),
    ...settingsProblems(catalog, answers, inputs),
    ...inputs.flatMap(valueProblem),
    ...clashingPorts(inputs),
  ];
  if (problems.length > 0) return {ok: false, problems};
  const notices = inputs.flatMap(({value, choices}) => choices.find(({id}) => id === value)?.notice ?? []);
  return {ok: true, value: {answers, project, components, values, choices: choicesOf(inputs), notices}};
};
