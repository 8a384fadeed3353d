import {jsonText} from '../display/json.ts';
import {table} from '../display/tables.ts';
import {ExitCode, UserError} from '../errors.ts';
import {unknownName} from '../plan/nearest.ts';
import {select} from '../plan/select.ts';
import {exportProfile, importProfile} from '../workspace/profiles.ts';
import {answersOf, type Command, type Context, profilesOf} from './context.ts';
import {refuseProblems} from './problems.ts';
import {readProfileFile} from './profile-file.ts';

type Action = (context: Context, operand: string) => Promise<void>;

const list: Action = async context => {
  const profiles = await (await profilesOf(context)).list();
  if (context.flags.json) return context.out(`${jsonText(profiles)}\n`);
  if (profiles.length === 0) return context.err('No profiles are saved yet.\n');
  const rows = profiles.map(({name, savedAt, answers}) => [name, savedAt, answers.environment, Object.keys(answers.components).join(' ')]);
  context.out(
    `${table(
      ['NAME', 'SAVED', 'ENVIRONMENT', 'COMPONENTS'].map(title => ({title})),
      rows,
    ).join('\n')}\n`,
  );
};

const show: Action = async (context, name) => {
  const profile = await (await profilesOf(context)).load(name);
  context.out(context.flags.json ? `${jsonText(profile)}\n` : exportProfile(profile));
};

const exportOne: Action = async (context, name) => {
  context.out(exportProfile(await (await profilesOf(context)).load(name)));
};

const save: Action = async (context, name) => {
  const answers = await answersOf(context);
  refuseProblems('This selection is not possible.', select(context.catalog, answers));
  await (await profilesOf(context)).save(name, answers);
  context.err(`Saved ${name}.\n`);
};

const importOne: Action = async (context, path) => {
  const {name, answers} = importProfile(await readProfileFile(path), path);
  refuseProblems('This profile does not fit the catalogue.', select(context.catalog, answers));
  await (await profilesOf(context)).save(name, answers);
  context.err(`Imported ${name}.\n`);
};

const remove: Action = async (context, name) => {
  await (await profilesOf(context)).remove(name);
  context.err(`Removed ${name}.\n`);
};

/** What follows the action; undefined: nothing. */
const actions: ReadonlyMap<string, {readonly run: Action; readonly operand?: string}> = new Map([
  ['list', {run: list}],
  ['show', {run: show, operand: 'NAME'}],
  ['save', {run: save, operand: 'NAME'}],
  ['export', {run: exportOne, operand: 'NAME'}],
  ['import', {run: importOne, operand: 'FILE'}],
  ['remove', {run: remove, operand: 'NAME'}],
]);

/** Saved answers. */
export const profileCommand: Command = async context => {
  const [name = '', operand] = context.operands;
  const action = actions.get(name);
  if (!action)
    return refuseProblems('This action does not exist.', {ok: false, problems: [unknownName('profile', 'action', name, actions.keys())]});
  if ((action.operand === undefined) !== (operand === undefined)) {
    throw new UserError(`infra-wizard profile ${name} ${action.operand ? `needs a ${action.operand}` : 'takes nothing more'}.`, {
      next: [`Usage: infra-wizard profile ${name} ${action.operand ?? ''}`.trim()],
      exitCode: ExitCode.usage,
    });
  }
  await action.run(context, operand ?? '');
  return ExitCode.done;
};
