/** A profile: saved answers, as a value and as YAML. Pure. */
import * as v from 'valibot';
import {stringify} from 'yaml';
import {ExitCode, UserError} from '../errors.ts';
import {type Answers, strategies} from '../plan/answers.ts';
import type {Problem, Result} from '../plan/problem.ts';
import type {Profile} from '../plan/saved-profile.ts';
import {printable} from '../printable.ts';
import {migrated, newerVersion, steps} from './profile-versions.ts';
import {looksSecret, namesSecret} from './secret-words.ts';
import {readStrictDocument, type StrictDocument} from './strict-document.ts';

const name = v.pipe(
  v.string('is not text'),
  v.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'is no name: lower-case letters, digits, - and _, at most 63, beginning with a letter or digit'),
);

const componentName = v.pipe(
  v.string('is not text'),
  v.regex(/^[a-z0-9][a-z0-9_-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})?$/, 'is no component: a name, or name.instance'),
);

const settingName = v.pipe(
  name,
  v.check(text => !namesSecret(text), 'would hold a secret: secrets are generated into the workspace and never saved'),
);

const value = v.pipe(
  v.string('is not text: put it into quotes'),
  v.maxLength(1024, 'is longer than 1024 characters'),
  v.check(text => printable(text) === text && !/[\n\r]/.test(text), 'holds line breaks, control characters or hidden ones'),
  v.check(text => !looksSecret(text), 'looks like a secret: secrets are generated into the workspace and never saved'),
);

/** Valibot's record takes a list for a mapping of 0, 1, 2. */
const mapping = <T extends v.GenericSchema<string, string> | v.GenericSchema<Record<string, string>, Record<string, string>>>(
  key: v.GenericSchema<string, string>,
  content: T,
  message: string,
) =>
  v.pipe(
    v.custom<Record<string, v.InferInput<T>>>(input => typeof input === 'object' && input !== null && !Array.isArray(input), message),
    v.record(key, content, message),
  );

const answersSchema = v.strictObject({
  tier: name,
  environment: name,
  strategy: v.picklist(strategies, `is none of ${strategies.join(', ')}`),
  components: mapping(componentName, name, 'is not a mapping of component to variant'),
  settings: mapping(
    componentName,
    mapping(settingName, value, 'is not a mapping of setting to value'),
    'is not a mapping of component to settings',
  ),
});

const profileSchema = v.strictObject({
  version: v.literal(1, `is not a version that this infra-wizard reads: it reads up to ${steps.length + 1}`),
  name,
  savedAt: v.pipe(v.string('is not text'), v.isoTimestamp('is not a time as 2026-01-31T12:00:00.000Z')),
  answers: answersSchema,
});

const nextOf = ({type}: v.BaseIssue<unknown>): string =>
  type === 'strict_object' ? 'Remove it, or correct its spelling.' : 'Correct this line.';

const whatOf = (issue: v.BaseIssue<unknown>, path: string): string => {
  if (issue.input === undefined) return `${path} is missing`;
  if (issue.type !== 'strict_object') return `${path} ${issue.message}`;
  return issue.expected === 'never' ? `${path} is not a key that is known here` : `${path} is not a mapping`;
};

/** What a newer version means by its keys is not known here. */
export const ofNewerVersion = (version: number, where: string): Problem => ({
  where,
  what: `it is of version ${version}, saved by a newer infra-wizard: this one reads up to version ${steps.length + 1}`,
  next: 'Use the infra-wizard that saved it, or the newest: npx infra-wizard@latest. The profile was not changed.',
});

/** Checks what a document holds against the schema, after the migrations; problems carry the lines of the document. */
export const parseProfile = ({value: input, where}: StrictDocument, at: readonly PropertyKey[] = []): Result<Profile> => {
  const newer = newerVersion(input);
  if (newer !== undefined) return {ok: false, problems: [ofNewerVersion(newer, where([...at, 'version']))]};
  const result = v.safeParse(profileSchema, migrated(input));
  if (result.success) return {ok: true, value: result.output};
  const problems = result.issues.map((issue): Problem => {
    const path = (issue.path ?? []).map(item => item.key);
    return {where: where([...at, ...path]), what: whatOf(issue, path.map(String).join('.') || 'the profile'), next: nextOf(issue)};
  });
  return {ok: false, problems};
};

/** All problems in one error, each with its line. Exit 2. */
export const profileError = (what: string, problems: readonly Problem[]): UserError =>
  new UserError(what, {
    why: problems.map(({where, what: problem}) => `${where}: ${problem}`).join('\n'),
    next: [...new Set(problems.map(({next}) => next))],
    exitCode: ExitCode.usage,
  });

/** UserError (exit 2) with every reason why these cannot be saved, such as a value that looks like a secret. */
export const makeProfile = (profileName: string, answers: Answers, savedAt: Date): Profile => {
  const input = {version: 1, name: profileName, savedAt: savedAt.toISOString(), answers};
  const result = parseProfile({value: input, where: path => path.map(String).join('.') || profileName});
  if (result.ok) return result.value;
  throw profileError(`The profile ${JSON.stringify(profileName)} cannot be saved`, result.problems);
};

/** What the file is, for whoever finds it. */
const head = `# Saved answers of infra-wizard. They hold no secret: passwords and keys are generated into each workspace.
# Use it:   infra-wizard up --profile ./FILE        Save it:  infra-wizard profile import ./FILE
# Only what differs from the defaults is listed under settings.
`;

/** YAML in which every text is quoted, so that no reader takes `on` for true or `12:30` for 750. */
export const exportProfile = (profile: Profile): string =>
  head + stringify(profile, {defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0, aliasDuplicateObjects: false});

/** Reads an exported profile. Throws UserError (exit 2) that names every problem with its line; `source` is what it calls the text. */
export const importProfile = (text: string, source: string): Profile => {
  const document = readStrictDocument(text, source);
  const result = document.ok ? parseProfile(document.value) : document;
  if (result.ok) return result.value;
  throw profileError(`The profile in ${source} cannot be read`, result.problems);
};
