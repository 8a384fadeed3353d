/** Answers x catalogue -> Selection: closed over what the picks require, every value resolved, every problem said at once. */
import type {Catalog} from '../catalog/catalog.ts';
import {type Answers, platformSettings} from './answers.ts';
import {type Closure, close, conflictsIn, inPhases, missingAlternatives} from './close.ts';
import {type ApplicableInput, checkInput, resolveInputs} from './inputs.ts';
import {withInstances} from './instances.ts';
import {unknownName} from './nearest.ts';
import type {Problem, Result} from './problem.ts';
import type {SelectedComponent, Selection} from './selection.ts';

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
  if (expected) return [{where, what: `${input.title} can not be "${value}".`, next: `It must be ${expected}.`}];
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

/** What follows from a malformed answer, such as the host names below a malformed domain, is not said beside it. */
const valueProblems = ({settings}: Answers, inputs: readonly ApplicableInput[]): readonly Problem[] => {
  const answered = inputs.filter(({component, input}) => settings[component]?.[input.id] !== undefined);
  const malformed = answered.some(({input, value}) => checkInput(input, value) !== undefined);
  return (malformed ? answered : inputs).flatMap(valueProblem);
};

/** Values that only one input may have: a port, the name under which something is reached. */
const unique = [
  {type: 'port', what: 'Port', next: 'Give one of them another port.'},
  {type: 'host', what: 'The name', next: 'Give one of them another name.'},
] as const;

export interface Clash extends Problem {
  readonly type: (typeof unique)[number]['type'];
  readonly value: string;
}

export const clashes = (inputs: readonly ApplicableInput[]): readonly Clash[] =>
  unique.flatMap(({type, what, next}) => {
    const alike = inputs.filter(({input, value}) => input.type === type && value !== '');
    return alike.flatMap(({component, input, value}, index) => {
      const before = alike.slice(0, index).find(other => other.value === value);
      return before
        ? [{where: `${component}.${input.id}`, type, value, what: `${what} ${value} is also ${before.component}.${before.input.id}.`, next}]
        : [];
    });
  });

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

export const choicesOf = (inputs: readonly ApplicableInput[]): Selection['choices'] => {
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
export const closeOver = (base: Catalog, answers: Answers): readonly SelectedComponent[] => {
  const catalog = withInstances(base, answers);
  return inPhases(catalog, close(catalog, answers));
};

const variantsOf = (components: readonly SelectedComponent[]): ReadonlyMap<string, string> =>
  new Map(components.map(({id, variant}) => [id, variant]));

/** The questions that apply to the answers, in the order they are asked. */
export const applicableInputs = (base: Catalog, answers: Answers): readonly ApplicableInput[] => {
  const catalog = withInstances(base, answers);
  return resolveInputs(catalog, answers, variantsOf(closeOver(catalog, answers))).inputs;
};

/** What the answers lead to, whether or not it is possible: for what is shown while one chooses. */
export interface Draft extends Omit<Selection, 'notices'> {
  /** With the instances that the answers name. */
  readonly catalog: Catalog;
  readonly closure: Closure;
  readonly inputs: readonly ApplicableInput[];
}

export const draft = (base: Catalog, answers: Answers, host: HostValues = new Map()): Draft => {
  const catalog = withInstances(base, answers);
  const closure = close(catalog, answers);
  const components = inPhases(catalog, closure);
  const project = projectName(catalog, answers);
  const given = new Map([['COMPOSE_PROJECT_NAME', project], ['ENVIRONMENT', answers.environment], ...host]);
  const {inputs, values} = resolveInputs(catalog, answers, variantsOf(components), given);
  return {catalog, answers, closure, project, components, inputs, values, choices: choicesOf(inputs)};
};

/** Closes the answers over dependencies and resolves every value, or says everything that is wrong with them. */
export const select = (base: Catalog, answers: Answers, host: HostValues = new Map()): Result<Selection> => {
  const {catalog, closure, inputs, ...rest} = draft(base, answers, host);
  const problems = [
    ...answersProblems(catalog, answers),
    ...closure.problems,
    ...conflictsIn(catalog, closure),
    ...missingAlternatives(catalog, closure),
    ...settingsProblems(catalog, answers, inputs),
    ...valueProblems(answers, inputs),
    ...clashes(inputs),
  ];
  if (problems.length > 0) return {ok: false, problems};
  const notices = inputs.flatMap(({value, choices}) => choices.find(({id}) => id === value)?.notice ?? []);
  return {ok: true, value: {...rest, notices}};
};
