import {jsonText} from '../display/json.ts';
import {profileTable} from '../display/profile-table.ts';
import {ExitCode, UserError} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import {unknownName} from '../plan/nearest.ts';
import {type Profile, sameAnswers, savedOn} from '../plan/saved-profile.ts';
import {select} from '../plan/select.ts';
import {exportProfile, importProfile} from '../workspace/profiles.ts';
import {confirmed} from './confirm.ts';
import {answersOf, type Command, type Context, profilesOf} from './context.ts';
import {refuseProblems} from './problems.ts';
import {readProfileFile} from './profile-file.ts';

/** `operands`: as many as the usage names, except for those in brackets. */
type Action = (context: Context, ...operands: readonly string[]) => Promise<void>;

/** A sentence on standard error, or the profile as a JSON document on standard output. */
const say = (context: Context, sentence: string, document: unknown) => {
  if (context.flags.json) context.out(`${jsonText(document)}\n`);
  else context.err(`${sentence}\n`);
};

const replaces = ({name, ...saved}: Profile) => `This replaces the profile ${name}, saved on ${savedOn(saved)} UTC.`;

/** Puts answers under a name. What is there is replaced when that was said, or when nothing is lost by it. */
const put = async (context: Context, name: string, answers: Answers, {word, meant}: {readonly word: string; readonly meant: boolean}) => {
  const profiles = await profilesOf(context);
  const there = await profiles.find(name);
  const lost = there !== undefined && !meant && !sameAnswers(there.answers, answers);
  if (lost && !(await confirmed(context, `${replaces(there)} Go on?`))) return context.err('Nothing was changed.\n');
  say(context, `${word} ${name}.`, await profiles.save(name, answers));
};

const list: Action = async context => {
  const profiles = await (await profilesOf(context)).list();
  if (context.flags.json) return context.out(`${jsonText(profiles)}\n`);
  if (profiles.length === 0) return context.err('No profiles are saved yet.\n');
  context.out(`${profileTable(profiles, context.catalog, context.columns).join('\n')}\n`);
};

const show: Action = async (context, name = '') => {
  const profile = await (await profilesOf(context)).load(name);
  context.out(context.flags.json ? `${jsonText(profile)}\n` : exportProfile(profile));
};

const exportOne: Action = async (context, name = '') => {
  context.out(exportProfile(await (await profilesOf(context)).load(name)));
};

/** `--profile NAME` with the name it is saved under says that it is to be recorded there. */
const save: Action = async (context, name = '') => {
  const answers = await answersOf(context);
  refuseProblems('This selection is not possible.', select(context.catalog, answers));
  await put(context, name, answers, {word: 'Saved', meant: context.flags.profile === name});
};

const importOne: Action = async (context, path = '', as = '') => {
  const {name, answers} = importProfile(await readProfileFile(path), path);
  refuseProblems('This profile does not fit the catalogue.', select(context.catalog, answers));
  await put(context, as || name, answers, {word: 'Imported', meant: false});
};

const moving =
  (verb: 'copy' | 'rename', word: string): Action =>
  async (context, from = '', to = '') => {
    const profiles = await profilesOf(context);
    await profiles.load(from);
    const there = from === to ? undefined : await profiles.find(to);
    if (there && !(await confirmed(context, `${replaces(there)} Go on?`))) return context.err('Nothing was changed.\n');
    say(context, `${word} ${from} to ${to}.`, await profiles[verb](from, to, {replace: there !== undefined}));
  };

const remove: Action = async (context, name = '') => {
  const profiles = await profilesOf(context);
  const profile = await profiles.load(name);
  if (!(await confirmed(context, `Remove the profile ${name}, saved on ${savedOn(profile)} UTC?`))) {
    return context.err('Nothing was removed.\n');
  }
  await profiles.remove(name);
  say(context, `Removed ${name}.`, profile);
};

/** What follows the action. */
const actions: ReadonlyMap<string, {readonly run: Action; readonly operands: readonly string[]}> = new Map([
  ['list', {run: list, operands: []}],
  ['show', {run: show, operands: ['NAME']}],
  ['save', {run: save, operands: ['NAME']}],
  ['rename', {run: moving('rename', 'Renamed'), operands: ['OLD', 'NEW']}],
  ['copy', {run: moving('copy', 'Copied'), operands: ['FROM', 'TO']}],
  ['export', {run: exportOne, operands: ['NAME']}],
  ['import', {run: importOne, operands: ['FILE', '[NAME]']}],
  ['remove', {run: remove, operands: ['NAME']}],
]);

/** Saved answers. */
export const profileCommand: Command = async context => {
  const [name = '', ...given] = context.operands;
  const action = actions.get(name);
  if (!action)
    return refuseProblems('This action does not exist.', {ok: false, problems: [unknownName('profile', 'action', name, actions.keys())]});
  const {run, operands} = action;
  const least = operands.filter(operand => !operand.startsWith('[')).length;
  if (given.length < least || given.length > operands.length) {
    const usage = ['infra-wizard profile', name, ...operands].join(' ');
    throw new UserError(
      `infra-wizard profile ${name} ${given.length < least ? `needs ${operands.slice(0, least).join(' and ')}` : `does not take "${given[operands.length]}"`}.`,
      {
        next: [`Usage: ${usage}`],
        exitCode: ExitCode.usage,
      },
    );
  }
  await run(context, ...given);
  return ExitCode.done;
};
