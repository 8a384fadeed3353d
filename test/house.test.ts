/** Rules of the house that no linter knows, held against the source text. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const longestFile = 200;

const paths = (await readdir(join(root, 'source'), {recursive: true}))
  .filter(name => /\.tsx?$/.test(name))
  .map(name => `source/${name}`)
  .sort();
const sources = await Promise.all(paths.map(async path => ({path, text: await readFile(join(root, path), 'utf8')})));
const folders = await readdir(join(root, 'compose'), {withFileTypes: true});
const components = folders.filter(entry => entry.isDirectory()).map(({name}) => name);

/** Comments are there for people, who know the world by its names. Blank lines keep the numbers right. */
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' ')).replace(/^(\s*)\/\/.*$/gm, '$1');
const code = sources.map(({path, text}) => ({path, text: withoutComments(text)}));

/** `path:line: text` of every line that matches. */
const matching = (pattern: RegExp, among: typeof sources) =>
  among.flatMap(({path, text}) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
const linesWith = (pattern: RegExp, isMeant: (path: string) => boolean = () => true) =>
  matching(
    pattern,
    code.filter(({path}) => isMeant(path)),
  );

/** Values in, values out. */
const pure = (path: string) =>
  path.startsWith('source/plan/') ||
  [
    'source/events.ts',
    'source/errors.ts',
    'source/printable.ts',
    'source/catalog/catalog.ts',
    'source/catalog/schema.ts',
    'source/catalog/document.ts',
    'source/catalog/parse.ts',
    'source/catalog/check.ts',
    'source/catalog/check-fragment.ts',
    'source/rollout/judge.ts',
    'source/rollout/waves.ts',
    'source/rollout/failure.ts',
    'source/rollout/state.ts',
    'source/rollout/transfer.ts',
    'source/rollout/pull-budget.ts',
    'source/rollout/pull-order.ts',
    'source/engine/pull-retry.ts',
    'source/engine/commands.ts',
    'source/engine/decode.ts',
    'source/display/mode.ts',
    'source/commands/arguments.ts',
    'source/commands/usage.ts',
    'source/commands/choose-answers.ts',
    'source/ui/wizard.ts',
  ].includes(path);

/** Computing is no I/O. */
const harmless = ['node:crypto', 'node:util'];

test('there is something to hold the rules against', () => {
  expect([paths.length > 50, components.length >= 3, sources.filter(({path}) => pure(path)).length >= 30]).toEqual([true, true, true]);
});

test('no component of the catalogue is known by name', () => {
  const names = components.map(name => name.replaceAll('-', '[-_]?')).join('|');
  expect(linesWith(new RegExp(`(?<![A-Za-z0-9])(?:${names})(?![A-Za-z0-9])`, 'i'))).toEqual([]);
});

describe('no state outlives a call:', () => {
  test('no variable at module level', () => {
    expect(linesWith(/^(?:export )?(?:let|var) /)).toEqual([]);
  });

  test('no empty collection at module level that waits to be filled', () => {
    expect(linesWith(/^(?:export )?const \w+(?:: (?!readonly)[^=]+)? = new (?:Map|Set|WeakMap|WeakSet|Array)(?:<[^=]*>)?\(\);/)).toEqual(
      [],
    );
    expect(linesWith(/^(?:export )?const \w+(?:: (?!readonly)[^=]+\[\]|: Record<[^=]+)? = (?:\[\]|\{\});/)).toEqual([]);
  });
});

test('pure modules import no module that does I/O', () => {
  const imports = linesWith(/(?:from|import\() ?'(?:node:[^']+|dockerode|conf|ink)'/, pure);
  expect(imports.filter(line => !harmless.some(name => line.includes(`'${name}'`)))).toEqual([]);
});

test('pure modules ask neither clock nor chance nor environment', () => {
  expect(linesWith(/\b(?:Date\.now|new Date\(\)|Math\.random|performance\.|process\.|setTimeout|setInterval)/, pure)).toEqual([]);
});

test('only engine/process.ts starts programs, and never through a shell', () => {
  expect(linesWith(/child_process/, path => path !== 'source/engine/process.ts')).toEqual([]);
  expect(linesWith(/\bshell: true|\bexecSync\b|\bexec\(['"`]/)).toEqual([]);
});

test('nobody writes to the console', () => {
  expect(linesWith(/\bconsole\./)).toEqual([]);
});

test('views have one clock, which reduced motion slows down', () => {
  expect(linesWith(/setInterval/, path => path.startsWith('source/ui/')).map(line => line.split(':')[0])).toEqual([
    'source/ui/hooks/use-now.ts',
  ]);
});

test('nothing is switched off or left for later', () => {
  expect(matching(/biome-ignore|@ts-(?:ignore|expect-error|nocheck)|\bTODO\b|\bFIXME\b|\bas any\b/, sources)).toEqual([]);
});

test('every preflight check has an id of its own', () => {
  const ids = sources
    .filter(({path}) => path.startsWith('source/preflight/'))
    .flatMap(({text}) => [...text.matchAll(/\bid: '([A-Z]\d+)'/g)].flatMap(([, id]) => id ?? []));
  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test(`no file is longer than ${longestFile} lines`, () => {
  const tooLong = sources
    .map(({path, text}) => ({path, lines: text.trimEnd().split('\n').length}))
    .filter(({lines}) => lines > longestFile);
  expect(tooLong).toEqual([]);
});

test('files are named in small letters with dashes, and exports have names', () => {
  expect(paths.filter(path => !/^source\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.tsx?$/.test(path))).toEqual([]);
  expect(linesWith(/^export default /)).toEqual([]);
});
