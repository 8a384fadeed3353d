/** The questions of the forms, as rows. Which ones are asked comes from the catalogue alone. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {type Answers, platformSettings, strategies} from '../../plan/answers.ts';
import type {ApplicableInput} from '../../plan/inputs.ts';
import {withInstances} from '../../plan/instances.ts';
import {applicableInputs, closeOver, select} from '../../plan/select.ts';
import {isUnfinished} from '../../plan/unfinished.ts';
import {factsOf, titlesByVariable} from './field-facts.ts';
import {type KnownSecrets, type SecretSubject, secretFields} from './secret-fields.ts';

interface FieldChoice {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** What a field answers: one of the three basics, how a component is deployed, or an input of the catalogue. */
type FieldSubject =
  | {readonly kind: 'tier' | 'environment' | 'strategy'}
  | {readonly kind: 'variant'; readonly component: string}
  | {readonly kind: 'input'; readonly applicable: ApplicableInput}
  | SecretSubject;

export interface Field {
  /** `tier`, `environment`, `strategy` or `<component>.<input>`, as problems name it. */
  readonly key: string;
  readonly subject: FieldSubject;
  /** Title of the component it belongs to. */
  readonly group: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** Empty for fields that are typed. */
  readonly choices: readonly FieldChoice[];
  /** What is wrong with the value, and what to do. */
  readonly problem: string | undefined;
  /** Wrong only because it is not typed to its end yet. */
  readonly isUnfinished: boolean;
  /** Its default, where that comes from, and an example; empty for choices. */
  readonly facts: string;
}

const strategyChoices: Readonly<Record<(typeof strategies)[number], Omit<FieldChoice, 'id'>>> = {
  incremental: {title: 'Phase by phase', summary: 'Each phase waits until the one before is healthy.'},
  'all-in-one': {title: 'All at once', summary: 'Everything starts as soon as what it depends on is healthy.'},
};

type Asked = Omit<Field, 'problem' | 'isUnfinished' | 'facts'>;

const basicFields = ({platform}: Catalog, answers: Answers): readonly Asked[] => [
  {
    key: 'tier',
    subject: {kind: 'tier'},
    group: '',
    label: 'Tier',
    help: 'Where to start: it picks components, which the next screen lets you change, and says what a host should have.',
    value: answers.tier,
    choices: platform.tiers,
  },
  {
    key: 'environment',
    subject: {kind: 'environment'},
    group: '',
    label: 'Environment',
    help: 'Part of the names of the project and of its overlays.',
    value: answers.environment,
    choices: platform.environments,
  },
  {
    key: 'strategy',
    subject: {kind: 'strategy'},
    group: '',
    label: 'Rollout',
    help: 'In which order services start.',
    value: answers.strategy,
    choices: strategies.map(id => ({id, ...strategyChoices[id]})),
  },
];

const inputField = ({platform: _, components}: Catalog, applicable: ApplicableInput): Asked => {
  const {component, input, value, choices} = applicable;
  return {
    key: `${component}.${input.id}`,
    subject: {kind: 'input', applicable},
    group: component === platformSettings ? 'Platform' : (components.get(component)?.title ?? component),
    label: input.title,
    help: input.help,
    value,
    choices: input.type === 'choice' ? choices : [],
  };
};

const needed = ({subject}: Asked) => {
  const example = subject.kind === 'input' ? subject.applicable.input.example : undefined;
  return example ? `Needs an answer, for example ${example}.` : 'Needs an answer.';
};

/** Every question that applies to the answers, with what is wrong with it. */
const allFields = (base: Catalog, answers: Answers): readonly Field[] => {
  const catalog = withInstances(base, answers);
  const result = select(catalog, answers);
  const problems = new Map(result.ok ? [] : result.problems.map(problem => [problem.where, problem]));
  const inputs = applicableInputs(catalog, answers);
  const titles = titlesByVariable(inputs);
  const fields = [...basicFields(catalog, answers), ...inputs.map(input => inputField(catalog, input))];
  return fields.map(field => {
    const problem = problems.get(field.key);
    const applicable = field.subject.kind === 'input' ? field.subject.applicable : undefined;
    return {
      ...field,
      problem: problem && (field.value === '' ? needed(field) : `${problem.what} ${problem.next}`),
      isUnfinished: applicable !== undefined && problem !== undefined && isUnfinished(applicable.input, field.value),
      facts: applicable ? factsOf(applicable, titles) : '',
    };
  });
};

const ownerOf = ({subject}: Field) =>
  subject.kind === 'input' ? subject.applicable.component : subject.kind === 'secret' ? subject.component : '';

/** Every question and every secret, component by component. */
const withSecrets = (base: Catalog, answers: Answers, known: KnownSecrets): readonly Field[] => {
  const catalog = withInstances(base, answers);
  const components = closeOver(catalog, answers);
  const fields = allFields(base, answers);
  const secrets = secretFields(catalog, components, applicableInputs(catalog, answers), known);
  return ['', platformSettings, ...components.map(({id}) => id)].flatMap(id =>
    [...fields, ...secrets].filter(field => ownerOf(field) === id),
  );
};

const noSecrets: KnownSecrets = {secrets: new Map(), keptSecrets: undefined};

const isEarly = ({subject}: Field) => (subject.kind === 'input' ? subject.applicable.input.early : subject.kind !== 'secret');

/** The first form: tier, environment, strategy and what the catalogue wants to know early. */
export const basicsFields = (catalog: Catalog, answers: Answers): readonly Field[] =>
  allFields(catalog, answers)
    .filter(isEarly)
    .map(field => ({...field, group: ''}));

/** The second form: all other inputs, and secrets. A question stays on it whatever its answer is, so that nothing moves while one types. */
export const settingsFields = (catalog: Catalog, answers: Answers, known = noSecrets): readonly Field[] =>
  withSecrets(catalog, answers, known).filter(field => !isEarly(field));

const variantField = (catalog: Catalog, answers: Answers, id: string): readonly Field[] => {
  const component = withInstances(catalog, answers).components.get(id);
  const selected = closeOver(catalog, answers).find(other => other.id === id);
  if (!component || !selected || component.variants.length < 2) return [];
  const subject = {kind: 'variant', component: id} as const;
  const help = 'How many of it run, and how they share the work.';
  return [
    {
      key: `${id}.variant`,
      subject,
      group: '',
      label: 'Variant',
      help,
      value: selected.variant,
      choices: component.variants,
      problem: undefined,
      isUnfinished: false,
      facts: '',
    },
  ];
};

/** The form of one component: how it is deployed, where there are several ways, and all of its own questions. */
export const componentFields = (catalog: Catalog, answers: Answers, id: string, known = noSecrets): readonly Field[] => {
  const own = withSecrets(catalog, answers, known).filter(field => ownerOf(field) === id);
  return [...variantField(catalog, answers, id), ...own.map(field => ({...field, group: ''}))];
};
