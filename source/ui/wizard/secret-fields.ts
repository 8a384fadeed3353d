/** The secrets of a component, as rows below its questions. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {ApplicableInput} from '../../plan/inputs.ts';
import {checkSecret, isUnfinishedSecret, type OwnedPassword, type Password, passwordsOf} from '../../plan/secrets.ts';
import type {SelectedComponent} from '../../plan/selection.ts';
import type {Field} from './fields.ts';
import type {WizardState} from './state.ts';

export interface SecretSubject {
  readonly kind: 'secret';
  readonly component: string;
  readonly secret: Password;
  readonly typed: string | undefined;
  /** Its file is there; undefined when that is not known yet. */
  readonly kept: boolean | undefined;
}

/** What is known of secrets besides the catalogue. */
export type KnownSecrets = Pick<WizardState, 'secrets' | 'keptSecrets'>;

const keptHelp = (id: string) =>
  `In secrets/${id}, not replaced from here: what runs took it at its first start. Ctrl+R shows it. ` +
  'To change it, change it in the service itself first, then in the file.';

const newHelp = ({id, length}: Password) =>
  `Left empty, ${length} characters are generated; they end up in secrets/${id}. A word of your own is written there and nowhere else: ` +
  'no profile and no overlay has it.';

/** Says how it stands and never what it is. */
const standing = ({id}: Password, typed: string | undefined, kept: boolean | undefined): string => {
  if (kept) return `kept: secrets/${id}`;
  return typed === undefined ? 'generated when written' : 'yours, hidden';
};

const secretField = ({component, title, secret}: OwnedPassword, group: string, {secrets, keptSecrets}: KnownSecrets): Field => {
  const kept = keptSecrets?.has(secret.id);
  const typed = kept ? undefined : secrets.get(secret.id);
  const expected = typed === undefined ? undefined : checkSecret(secret, typed);
  return {
    key: `secrets/${secret.id}`,
    subject: {kind: 'secret', component, secret, typed, kept},
    group,
    label: title,
    help: kept ? keptHelp(secret.id) : newHelp(secret),
    value: standing(secret, typed, kept),
    choices: [],
    problem: expected && `It must be ${expected}.`,
    isUnfinished: typed !== undefined && isUnfinishedSecret(secret, typed),
    facts: '',
  };
};

/** `catalog` has the instances already. */
export const secretFields = (
  catalog: Catalog,
  components: readonly SelectedComponent[],
  inputs: readonly ApplicableInput[],
  known: KnownSecrets,
): readonly Field[] =>
  passwordsOf(catalog, components, inputs).map(owned =>
    secretField(owned, catalog.components.get(owned.component)?.title ?? owned.component, known),
  );
