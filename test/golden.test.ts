import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Answers} from '../source/plan/answers.ts';
import {render} from '../source/plan/render.ts';
import {selected, smallCatalog} from './helpers/small-catalogue.ts';

/** A folder a case: `answers.yaml` and beside it everything that is written for them. UPDATE_GOLDEN=1 writes it anew. */
const root = fileURLToPath(new URL('golden', import.meta.url));
const cases = (await readdir(root)).sort();
const question = 'answers.yaml';
/** A .gitignore here would be obeyed here. */
const stored = (path: string) => path.replace(/^\./, 'dot-');

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries.filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name)));
};

describe.each(cases)('%s', name => {
  const folder = join(root, name);

  const written = async () => {
    const answers = (parse(await readFile(join(folder, question), 'utf8')) ?? {}) as Partial<Answers>;
    const catalog = smallCatalog();
    const {files} = render(catalog, selected(catalog, answers));
    return files.map(({path, content}) => ({path: stored(path), content}));
  };

  test('is written as it stands there', async () => {
    const files = await written();
    if (process.env.UPDATE_GOLDEN) {
      const old = (await filesBelow(folder)).filter(path => path !== question);
      await Promise.all(old.map(path => rm(join(folder, path))));
      for (const {path, content} of files) {
        await mkdir(dirname(join(folder, path)), {recursive: true});
        await writeFile(join(folder, path), content);
      }
    }
    expect(files.map(({path}) => path).sort()).toEqual((await filesBelow(folder)).filter(path => path !== question).sort());
    for (const {path, content} of files) expect({path, content}).toEqual({path, content: await readFile(join(folder, path), 'utf8')});
  });

  test('is written the same each time', async () => {
    expect(await written()).toEqual(await written());
  });
});
