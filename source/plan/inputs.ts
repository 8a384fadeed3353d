/** Which questions apply to a set of answers, what their values are, and what is wrong with one. */
import {isMap} from 'yaml';
import type {Catalog, Choice, Component, Input, Network} from '../catalog/catalog.ts';
import {type Answers, platformSettings} from './answers.ts';
import {baseOf, nameVariable} from './instances.ts';
import {interpolate} from './interpolate.ts';

/** A question as it stands for given answers. */
export interface ApplicableInput {
  /** Component id, or `platform`. */
  readonly component: string;
  readonly input: Input;
  /** The answer, or the resolved default; empty when it still must be answered. */
  readonly value: string;
  /** What it is without an answer. */
  readonly standard: string;
  /** Choices that the domain and the environment allow. */
  readonly choices: readonly Choice[];
}

const privateSuffixes = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'private',
  'home.arpa',
  'test',
  'example',
  'invalid',
];

/** `private`: a name no public certificate authority vouches for (RFC 2606, 6761, 6762, 8375, 9476 and bare names). */
export const domainKind = (domain: string): 'public' | 'private' => {
  const isPrivate = !domain.includes('.') || privateSuffixes.some(suffix => `.${domain}`.endsWith(`.${suffix}`));
  return isPrivate ? 'private' : 'public';
};

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`);
const name = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const email = new RegExp(`^[A-Za-z0-9._%+-]{1,64}@(?=.{1,253}$)${label}(?:\\.${label})+$`);
const integer = /^(?:0|[1-9]\d{0,11})$/;
/** Without leading zeros, which Go refuses and C takes for octal. */
const octet = '(0|[1-9]\\d{0,2})';
const cidr = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}\\/(\\d{1,2})$`);

const checkNumber = (value: string, min: number, max: number) => {
  const number = integer.test(value) ? Number(value) : Number.NaN;
  return number >= min && number <= max ? undefined : `a whole number from ${min} to ${max}`;
};

const isPrivateAddress = (a: number, b: number) => a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168);

const checkSubnet = (value: string) => {
  const parts = cidr.exec(value)?.slice(1).map(Number);
  const expected = 'a private IPv4 network such as 172.30.0.0/24, with a prefix from /16 to /28';
  if (!parts) return expected;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts;
  const inRange = [a, b, c, d].every(octet => octet <= 255) && prefix >= 16 && prefix <= 28 && isPrivateAddress(a, b);
  if (!inRange) return expected;
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return address % 2 ** (32 - prefix) === 0 ? undefined : `the first address of its network: ${value} has bits set behind the prefix`;
};

/** A reference as registries know it, with a tag or a digest: without one the engine takes whatever is newest. */
const imageName = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const image = new RegExp(
  `^(?=.{1,255}$)(?:${label}(?:\\.${label})*(?::\\d{1,5})?/)?${imageName}(?:/${imageName})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64})$`,
);

const expectations: Readonly<Record<Input['type'], (value: string, input: Input) => string | undefined>> = {
  text: value =>
    value.length <= 200 && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}'"`\\$]/u.test(value)
      ? undefined
      : 'one line of at most 200 characters without quotes, $ or \\',
  name: value => (name.test(value) ? undefined : 'lower-case letters, digits, - and _, at most 63, starting with a letter or digit'),
  number: (value, input) => checkNumber(value, input.min ?? 0, input.max ?? 999_999_999_999),
  port: (value, input) => checkNumber(value, input.min ?? 1, input.max ?? 65_535),
  size: value => (/^[1-9]\d{0,5}[MG]$/.test(value) ? undefined : 'an amount of memory such as 512M or 2G'),
  image: value => (image.test(value) ? undefined : 'an image with a tag or a digest, such as ghcr.io/example/shop:1.4.2'),
  choice: (value, input) =>
    input.choices.some(choice => choice.id === value) ? undefined : `one of ${input.choices.map(choice => choice.id).join(', ')}`,
  host: value => (hostName.test(value) ? undefined : 'a host name such as auth.example.com: letters, digits, - and dots'),
  domain: value =>
    hostName.test(value) && !/^[\d.]+$/.test(value)
      ? undefined
      : 'a domain such as example.com or infra.localhost: letters, digits, - and dots',
  email: value => (email.test(value) ? undefined : 'an e-mail address such as ops@example.com'),
  subnet: checkSubnet,
};

/** What a value should have been, as the end of "must be ..."; undefined when it is fine. */
export const checkInput = (input: Input, value: string): string | undefined => expectations[input.type](value, input);

/** Variable that carries a network's subnet. */
export const subnetVariable = (network: Network): string => `${network.id.toUpperCase().replaceAll('-', '_')}_SUBNET`;

const subnetInput = (network: Network): Input => ({
  id: `${network.id}_subnet`,
  title: `Subnet of ${network.id}`,
  help: `${network.purpose}. Change it when the host already uses ${network.subnet}.`,
  type: 'subnet',
  env: subnetVariable(network),
  default: network.subnet,
  early: false,
  choices: [],
});

/** Networks of what may be written: which choice fragments are merged is not known yet. */
export const networksOf = (component: Component, variant: string, selected: ReadonlySet<string>): readonly string[] => {
  const own = component.variants.find(({id}) => id === variant)?.fragment;
  const wired = component.wiring.filter(({variant: only = variant, other}) => only === variant && selected.has(other));
  const variants = component.variants.map(({fragment}) => fragment);
  const chosen = [...component.fragments.values()].filter(
    ({path}) => ![...variants, ...component.wiring.map(({fragment}) => fragment)].some(other => other.path === path),
  );
  return [...(own ? [own] : []), ...wired.map(({fragment}) => fragment), ...chosen].flatMap(({document}) => {
    const networks = document.get('networks');
    return isMap(networks) ? networks.items.map(({key}) => String(key)) : [];
  });
};

const subnetInputs = (catalog: Catalog, variants: ReadonlyMap<string, string>): readonly Input[] => {
  const selected = new Set([...variants.keys()].flatMap(id => [id, baseOf(id)]));
  const used = new Set(
    [...variants].flatMap(([id, variant]) => {
      const component = catalog.components.get(id);
      return component ? networksOf(component, variant, selected) : [];
    }),
  );
  return catalog.platform.networks.filter(network => used.has(network.id)).map(subnetInput);
};

interface Context {
  readonly environment: string;
  readonly values: Map<string, string>;
  readonly answers: Answers;
}

const offered = (choice: Choice, {environment, values}: Context) =>
  (!choice.environments || choice.environments.includes(environment)) &&
  (!choice.domains || choice.domains === domainKind(values.get('DOMAIN') ?? ''));

const applies = (input: Input, siblings: ReadonlyMap<string, string>) =>
  Object.entries(input.when ?? {}).every(([other, allowed]) => allowed.includes(siblings.get(other) ?? ''));

/** A default that is not offered in this context gives way to the first choice that is. An answer stays as it was given: `select` refuses it. */
const resolve = (component: string, input: Input, context: Context): ApplicableInput => {
  const choices = input.choices.filter(choice => offered(choice, context));
  const answered = context.answers.settings[component]?.[input.id];
  const fallback = input.default === undefined ? (choices[0]?.id ?? '') : interpolate(input.default, context.values);
  const standard = input.type === 'choice' && !choices.some(({id}) => id === fallback) ? (choices[0]?.id ?? '') : fallback;
  return {component, input, value: answered ?? standard, standard, choices};
};

const setVariables = ({input, value, choices}: ApplicableInput, values: Map<string, string>) => {
  values.set(input.env, value);
  for (const [key, text] of choices.find(({id}) => id === value)?.env ?? []) values.set(key, interpolate(text, values));
};

const inputsOf = (component: string, inputs: readonly Input[], context: Context, variant = ''): readonly ApplicableInput[] => {
  const siblings = new Map([['variant', variant]]);
  const found: ApplicableInput[] = [];
  for (const input of inputs) {
    if (!applies(input, siblings)) continue;
    const applicable = resolve(component, input, context);
    siblings.set(input.id, applicable.value);
    setVariables(applicable, context.values);
    found.push(applicable);
  }
  return found;
};

export interface ResolvedInputs {
  readonly inputs: readonly ApplicableInput[];
  /** Variables of `.env` that come from inputs. */
  readonly values: ReadonlyMap<string, string>;
}

/** Resolves every question of the platform and of the given components (id to variant), in the order they are asked. */
export const resolveInputs = (
  catalog: Catalog,
  answers: Answers,
  variants: ReadonlyMap<string, string>,
  base: ReadonlyMap<string, string> = new Map(),
): ResolvedInputs => {
  const context: Context = {environment: answers.environment, values: new Map(base), answers};
  const ofPlatform = inputsOf(platformSettings, [...catalog.platform.inputs, ...subnetInputs(catalog, variants)], context);
  const ofComponents = [...variants].flatMap(([id, variant]) => {
    const component = catalog.components.get(id);
    if (component?.instance) context.values.set(nameVariable(component.instance), component.instance.name);
    return inputsOf(id, component?.inputs ?? [], context, variant);
  });
  return {inputs: [...ofPlatform, ...ofComponents], values: context.values};
};
