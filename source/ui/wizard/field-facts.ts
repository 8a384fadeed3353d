/** What is said of a typed value besides its help: the default, where it comes from, an example. Pure. */
import type {Input} from '../../catalog/catalog.ts';
import type {ApplicableInput} from '../../plan/inputs.ts';

/** For inputs whose catalogue names none. */
const examples: Readonly<Record<Input['type'], string>> = {
  text: 'some words',
  name: 'shop',
  number: '1',
  port: '8443',
  size: '512M',
  choice: '',
  host: 'app.example.com',
  domain: 'example.com',
  email: 'ops@example.com',
  subnet: '172.30.0.0/24',
  image: 'ghcr.io/example/shop:1.4.2',
};

const exampleOf = ({type, example, default: standard, min, max}: Input): string => {
  if (type !== 'number') return example ?? examples[type];
  const number = example ?? standard ?? String(min ?? examples.number);
  return min === undefined || max === undefined ? number : `${number}, from ${min} to ${max}`;
};

/** Titles of what a default refers to; a variable that no question sets is the name of an application. */
const sourcesOf = (reference: string, titles: ReadonlyMap<string, string>): string =>
  [...new Set([...reference.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name = '']) => titles.get(name) ?? 'its own name'))].join(' and ');

const defaultOf = ({input, value, standard}: ApplicableInput, titles: ReadonlyMap<string, string>): string => {
  if (input.default === undefined || standard === '') return '';
  const sources = sourcesOf(input.default, titles);
  const origin = sources === '' ? '' : `, made from ${sources}`;
  return value === standard ? `Default${origin === '' ? '' : `: ${standard}${origin}`}. ` : `Yours; the default is ${standard}${origin}. `;
};

export const factsOf = (applicable: ApplicableInput, titles: ReadonlyMap<string, string>): string =>
  applicable.input.type === 'choice' ? '' : `${defaultOf(applicable, titles)}Example: ${exampleOf(applicable.input)}.`;

/** Variable to the question that sets it. */
export const titlesByVariable = (inputs: readonly ApplicableInput[]): ReadonlyMap<string, string> =>
  new Map(inputs.map(({input}) => [input.env, input.title]));
