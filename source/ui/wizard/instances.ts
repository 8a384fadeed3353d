/** The list of what was picked of a repeatable component: add, edit, rename, remove. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {instanceId, instanceNameRule, isInstanceName, withInstances} from '../../plan/instances.ts';
import {type GivenSecrets, passwordsOf} from '../../plan/secrets.ts';
import {applicableInputs, closeOver} from '../../plan/select.ts';
import {textField} from '../components/text-field/text-field-state.ts';
import {componentFields} from './fields.ts';
import type {WizardState} from './state.ts';

export interface InstanceRow {
  readonly id: string;
  readonly name: string;
  /** What runs and where it answers, if its kind asks for these. */
  readonly image: string | undefined;
  readonly host: string | undefined;
  /** What still has to be answered, or answered differently: titles of questions. */
  readonly missing: readonly string[];
}

export const instanceRows = (catalog: Catalog, answers: Answers, base: string): readonly InstanceRow[] => {
  const inputs = applicableInputs(catalog, answers);
  return Object.keys(answers.components)
    .filter(id => id.startsWith(`${base}.`))
    .map(id => {
      const answerTo = (type: string) => inputs.find(({component, input}) => component === id && input.type === type)?.value;
      const missing = componentFields(catalog, answers, id).filter(({problem}) => problem !== undefined);
      return {
        id,
        name: id.slice(base.length + 1),
        image: answerTo('image') || undefined,
        host: answerTo('host') || undefined,
        missing: missing.map(({label}) => label),
      };
    });
};

/** Keys in their order, one of them under another name or none. */
const rekeyed = <T>(record: Readonly<Record<string, T>>, from: string, to: string | undefined): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (key === from ? (to === undefined ? [] : [[to, value]]) : [[key, value]])),
  );

const renamedIn = (answers: Answers, from: string, to: string | undefined): Answers => ({
  ...answers,
  components: rekeyed(answers.components, from, to),
  settings: rekeyed(answers.settings, from, to),
});

const idsOf = (base: Catalog, answers: Answers, id: string): readonly string[] => {
  const catalog = withInstances(base, answers);
  return passwordsOf(catalog, closeOver(catalog, answers), applicableInputs(catalog, answers))
    .filter(({component}) => component === id)
    .map(({secret}) => secret.id);
};

/** What was typed for the old name is there under the new one. */
const renamedSecrets = (secrets: GivenSecrets, before: readonly string[], after: readonly string[]): GivenSecrets =>
  new Map([...secrets].map(([id, value]) => [after[before.indexOf(id)] ?? id, value]));

/** Keeps settings and typed secrets; `problem` says why not under this name. */
export const renameInstance = (
  state: Pick<WizardState, 'answers' | 'secrets'>,
  catalog: Catalog,
  {base, from, name}: {readonly base: string; readonly from: string; readonly name: string},
): Pick<WizardState, 'answers' | 'secrets'> & {readonly problem: string | undefined} => {
  const id = instanceId({base, name});
  const kept = {answers: state.answers, secrets: state.secrets};
  if (id === from) return {...kept, problem: undefined};
  if (!isInstanceName(name)) return {...kept, problem: `The name must be ${instanceNameRule}.`};
  if (id in state.answers.components || id in state.answers.settings) return {...kept, problem: 'There is one of this name already.'};
  const answers = renamedIn(state.answers, from, id);
  const secrets = renamedSecrets(state.secrets, idsOf(catalog, state.answers, from), idsOf(catalog, answers, id));
  return {answers, secrets, problem: undefined};
};

export type InstanceCommand = 'edit' | 'add' | 'rename' | 'ask-removal' | 'remove' | 'keep';

const removed = (state: WizardState, catalog: Catalog, base: string, id: string): WizardState => {
  const gone = new Set(idsOf(catalog, state.answers, id));
  return {
    ...state,
    screen: {name: 'instances', base},
    answers: renamedIn(state.answers, id, undefined),
    secrets: new Map([...state.secrets].filter(([secret]) => !gone.has(secret))),
  };
};

/** What a key does on the list. With nothing on it there is only one thing to do. */
export const commandInstance = (state: WizardState, catalog: Catalog, command: InstanceCommand): WizardState => {
  const {screen, cursors, answers} = state;
  if (screen.name !== 'instances') return state;
  const {base, removing} = screen;
  if (command === 'keep') return {...state, screen: {name: 'instances', base}};
  if (command === 'remove') return removing === undefined ? state : removed(state, catalog, base, removing);
  const rows = instanceRows(catalog, answers, base);
  const row = rows[Math.min(cursors.instances, rows.length - 1)];
  if (command === 'add' || !row) return {...state, screen: {name: 'naming', base, list: true}, naming: textField('')};
  switch (command) {
    case 'ask-removal':
      return {...state, screen: {...screen, removing: row.id}};
    case 'rename':
      return {...state, screen: {name: 'naming', base, list: true, renames: row.id}, naming: textField(row.name)};
    case 'edit': {
      const wrong = componentFields(catalog, answers, row.id, state).findIndex(({problem}) => problem !== undefined);
      const settings = {name: 'settings', from: 'components', only: row.id, list: base} as const;
      return {...state, screen: settings, editing: undefined, cursors: {...cursors, settings: Math.max(0, wrong)}};
    }
  }
};

/** The list with the cursor on one of it. */
export const showInstances = (state: WizardState, catalog: Catalog, base: string, id?: string): WizardState => {
  const place = instanceRows(catalog, state.answers, base).findIndex(row => row.id === id);
  const instances = place < 0 ? state.cursors.instances : place;
  return {...state, screen: {name: 'instances', base}, editing: undefined, cursors: {...state.cursors, instances}};
};
