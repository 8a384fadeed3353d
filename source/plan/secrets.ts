/** Secrets that the operator may give: which ones there are, and what one has to look like. Pure. */
import type {Catalog, Component, Secret} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import type {ApplicableInput} from './inputs.ts';
import {plainName, withInstances} from './instances.ts';
import {unknownName} from './nearest.ts';
import {componentSecrets} from './parts.ts';
import type {Problem} from './problem.ts';
import {applicableInputs, choicesOf, closeOver} from './select.ts';
import type {SelectedComponent} from './selection.ts';

/** By id, as the operator gave them. Never part of answers, and never printed. */
export type GivenSecrets = ReadonlyMap<string, string>;

export type Password = Secret & {readonly kind: 'random'};

/** A secret that is one word, and the component it belongs to. What is made of others is no word of its own. */
export interface OwnedPassword {
  readonly component: string;
  readonly title: string;
  readonly secret: Password;
}

/** `webapp_shop_db_password` of `webapp-shop`: "Db password". */
const titleOf = (component: Component, {id, title}: Password): string => {
  if (title !== undefined) return title;
  const prefix = `${plainName(component).replaceAll('-', '_')}_`;
  const words = (id.startsWith(prefix) ? id.slice(prefix.length) : id).replaceAll(/[-_]/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const isPassword = (secret: Secret): secret is Password => secret.kind === 'random';

/** `catalog` has the instances already. One that several components share belongs to the first. */
export const passwordsOf = (
  catalog: Catalog,
  components: readonly SelectedComponent[],
  inputs: readonly ApplicableInput[],
): readonly OwnedPassword[] => {
  const taken = {components, choices: choicesOf(inputs)};
  const all = components.flatMap(({id}) => {
    const component = catalog.components.get(id);
    if (!component) return [];
    return componentSecrets(component, taken)
      .filter(isPassword)
      .map(secret => ({component: id, title: titleOf(component, secret), secret}));
  });
  return all.filter(({secret}, index) => all.findIndex(other => other.secret.id === secret.id) === index);
};

const shortest = 12;
/** bcrypt reads 72 bytes and no more; some databases stop earlier. */
const longest = 64;

/** What a given secret should have been, as the end of "must be ..."; undefined when it is fine. It stands in YAML, SQL, INI files and addresses. */
export const checkSecret = ({length, exact}: Pick<Password, 'length' | 'exact'>, value: string): string | undefined => {
  const fits = exact ? value.length === length : value.length >= shortest && value.length <= longest;
  if (fits && /^[A-Za-z][A-Za-z0-9_.-]*$/.test(value)) return undefined;
  const size = exact ? `exactly ${length}` : `${shortest} to ${longest}`;
  return `${size} characters: letters, digits, - _ and ., beginning with a letter; others get lost on the way through configuration files`;
};

/** More characters could still make it right. */
export const isUnfinishedSecret = ({length, exact}: Pick<Password, 'length' | 'exact'>, value: string): boolean =>
  value.length < (exact ? length : shortest) && /^[A-Za-z][A-Za-z0-9_.-]*$/.test(value);

/** A secret as a flag names it. */
export interface NamedSecret {
  readonly flag: string;
  readonly component: string;
  readonly id: string;
  readonly value: string;
}

/** `COMPONENT.SECRET` as flags name it: the id without what the component's name adds in front is enough. */
const namesOf = (component: Component | undefined, id: string): readonly string[] => {
  const prefix = component && `${plainName(component).replaceAll('-', '_')}_`;
  return prefix && id.startsWith(prefix) ? [id, id.slice(prefix.length)] : [id];
};

/** The values by secret id, or everything that is wrong with them. What is wrong is never quoted. */
export const matchSecrets = (
  base: Catalog,
  answers: Answers,
  named: readonly NamedSecret[],
): {readonly secrets: GivenSecrets; readonly problems: readonly Problem[]} => {
  const catalog = withInstances(base, answers);
  const owned = passwordsOf(catalog, closeOver(catalog, answers), applicableInputs(catalog, answers));
  const namesIn = ({component, secret}: OwnedPassword) =>
    namesOf(catalog.components.get(component), secret.id).map(name => `${component}.${name}`);
  const secrets = new Map<string, string>();
  const problems = named.flatMap(({flag, component, id, value}): readonly Problem[] => {
    const found = owned.find(one => namesIn(one).includes(`${component}.${id}`));
    if (!found) return [unknownName(flag, 'secret', `${component}.${id}`, owned.flatMap(namesIn))];
    const expected = checkSecret(found.secret, value);
    if (expected) return [{where: flag, what: `The secret for ${component}.${id} can not be used.`, next: `It must be ${expected}.`}];
    secrets.set(found.secret.id, value);
    return [];
  });
  return {secrets, problems};
};
