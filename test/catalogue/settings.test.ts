/** Every question and every secret of the real catalogue, answered on the settings; and where typed secrets end up. */
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {executeWrite} from '../../source/commands/execute.ts';
import type {Host} from '../../source/commands/host.ts';
import {prepare} from '../../source/commands/prepare.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {platformSettings} from '../../source/plan/answers.ts';
import {checkInput} from '../../source/plan/inputs.ts';
import {checkSecret} from '../../source/plan/secrets.ts';
import {select} from '../../source/plan/select.ts';
import type {Key} from '../../source/ui/keys.ts';
import {currentField, fieldsOf} from '../../source/ui/wizard/edit.ts';
import type {Field} from '../../source/ui/wizard/fields.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {openJournal} from '../../source/workspace/journal.ts';
import {openProfiles} from '../../source/workspace/profiles.ts';
import {temporaryFolder} from '../workspace/folders.ts';
import {theCatalog} from './support.ts';

const catalog = await theCatalog();

/** Everything at once, in the variant of each that asks most; choices that bring secrets along are made. */
const everything = (last: boolean): Answers => ({
  tier: catalog.platform.tiers.at(-1)?.id ?? '',
  environment: 'dev',
  strategy: 'incremental',
  components: Object.fromEntries(
    [...catalog.components.values()].map(({id, variants, repeatable}) => [
      repeatable ? `${id}.shop` : id,
      variants.at(last ? -1 : 0)?.id ?? '',
    ]),
  ),
  settings: {},
});

const press = (state: WizardState, ...keys: readonly Key[]) =>
  keys.reduce((before, key) => {
    const action = wizardAction(key, before, catalog, {page: 5, limit: 0});
    return action ? reduceWizard(before, action, catalog) : before;
  }, state);

const named = (name: string) => ({kind: 'named', name}) as Key;

const valid: Readonly<Record<string, string>> = {
  text: 'words',
  name: 'shop',
  size: '2G',
  email: 'ops@example.com',
  domain: 'example.com',
  image: 'ghcr.io/example/shop:1.4.2',
};

const wordFor = (index: number, length: number) => `Typed${String(index).padStart(3, '0')}${'x'.repeat(length)}`.slice(0, length);

/** What a person would type into it. */
const answerFor = ({subject, value}: Field, index: number): string => {
  if (subject.kind === 'secret') return wordFor(index, subject.secret.length);
  if (subject.kind !== 'input') return value;
  const {input} = subject.applicable;
  if (input.type === 'host') return `h${index}.example.com`;
  if (input.type === 'port') return String(20_000 + index);
  if (input.type === 'number') return String(input.max ?? 7);
  if (input.type === 'subnet') return `10.77.${index}.0/24`;
  return input.example ?? valid[input.type] ?? '';
};

const visit = (state: WizardState, place: number): WizardState => {
  const field = currentField(state, catalog);
  if (!field) throw new Error(`Nothing at ${place}`);
  if (field.choices.length > 0) {
    const seen = field.choices.map((_, count) => press(state, ...Array<Key>(count + 1).fill(named('right'))));
    expect(new Set(seen.map(after => fieldsOf(after, catalog).find(({key}) => key === field.key)?.value)).size, field.key).toBe(
      field.choices.length,
    );
    return press(state, named('left'));
  }
  const keys: readonly Key[] = [
    {kind: 'ctrl', letter: 'e'},
    {kind: 'ctrl', letter: 'u'},
    {kind: 'paste', text: answerFor(field, place)},
  ];
  const answered = press(state, ...keys);
  expect(currentField(answered, catalog), field.key).toMatchObject({key: field.key, problem: undefined});
  return answered;
};

/** From the first question to the last, by the keys alone. */
const walk = (answers: Answers): WizardState => {
  const begin = startWizard(catalog, {answers});
  let state: WizardState = {...begin, screen: {name: 'settings', from: 'components'}, keptSecrets: new Set()};
  for (let place = 0; place < fieldsOf(state, catalog).length; place += 1) {
    expect(state.cursors.settings).toBe(place);
    state = press(visit(state, place), named('down'));
  }
  return state;
};

test.each([
  ['the first', false],
  ['the last', true],
])(
  'every question and every secret can be reached and answered, with %s variant of each component',
  (_, last) => {
    const state = walk(everything(last));
    const fields = fieldsOf(state, catalog);
    const inputs = fields.flatMap(({subject}) => (subject.kind === 'input' ? [subject.applicable] : []));
    expect(inputs.every(({input, value}) => checkInput(input, value) === undefined)).toBe(true);
    const asked = new Set(fields.map(({key}) => key));
    const expected = [...catalog.components.values()].flatMap(({id, inputs: own, repeatable}) =>
      own.filter(({early, when}) => !early && !when).map(input => `${repeatable ? `${id}.shop` : id}.${input.id}`),
    );
    expect(expected.filter(key => !asked.has(key))).toEqual([]);
    expect(
      fields.filter(({facts, choices, subject}) => subject.kind === 'input' && choices.length === 0 && !facts.includes('Example: ')),
    ).toEqual([]);
    const secrets = fields.flatMap(({subject}) => (subject.kind === 'secret' ? [subject.secret] : []));
    expect(secrets.length).toBeGreaterThan(15);
    expect(secrets.every(secret => checkSecret(secret, state.secrets.get(secret.id) ?? '') === undefined)).toBe(true);
    expect(Object.keys(state.answers.settings)).toContain(platformSettings);
  },
  120_000,
);

/** No engine and no compose: writing needs neither. */
const host = {values: new Map(), compose: undefined, engine: undefined, info: undefined} as unknown as Host;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(path => statSync(join(folder, path)).isFile());

let typed: WizardState;
beforeAll(() => {
  typed = walk(everything(true));
}, 120_000);

test('a typed secret is in its file of secrets/ and in no other: not in the overlays, the journal, the answers or a profile', async () => {
  const folder = temporaryFolder();
  const directory = join(folder, 'infra');
  const {answers, secrets} = typed;
  const selection = select(catalog, answers);
  expect(selection.ok ? [] : selection.problems).toEqual([]);
  const prepared = await prepare(host, {catalog, directory, answers});
  const journal = await openJournal(directory);
  for await (const event of executeWrite(prepared, secrets)) await journal.record(event);
  await journal.close();
  await (await openProfiles({directory: join(folder, 'profiles')})).save('mine', answers);
  const all = filesIn(folder);
  expect(all.some(path => path.endsWith('journal.jsonl')) && all.some(path => path.startsWith('profiles'))).toBe(true);
  for (const [id, word] of secrets) {
    const holding = all.filter(path => readFileSync(join(folder, path), 'utf8').includes(word));
    expect([id, holding]).toEqual([id, [`infra/secrets/${id}`]]);
    expect([
      readFileSync(join(directory, 'secrets', id), 'utf8'),
      (statSync(join(directory, 'secrets', id)).mode & 0o777).toString(8),
    ]).toEqual([word, '444']);
  }
  expect(existsSync(join(directory, '.infra-wizard/answers.yml'))).toBe(true);
}, 120_000);
