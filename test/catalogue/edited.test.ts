/** What the operator changed in a generated overlay means the same to compose after it was moved to his own one. */
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {decideFiles, observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {findCompose} from './compose.ts';
import {renderStack, theCatalog} from './support.ts';

const overlay = '11-docker-compose.Infra.dev.yml';
const before = {platform: {domain: 'infra.localhost'}, traefik: {tls: 'off'}};
/** Another overlay than before, in places that the operator did not touch. */
const after = {platform: {domain: 'infra.localhost'}, traefik: {tls: 'local'}};

const edits: Readonly<Record<string, readonly [from: RegExp, to: string]>> = {
  'another image': [/image: traefik:\S+/, 'image: registry.example/traefik:3.0'],
  'a key more': [/(\n {4}image: traefik:)/, '\n    init: true$1'],
  'another limit': [/memory: \w+/, 'memory: 300m'],
  'a service more': [/\nservices:\n/, '\nservices:\n  mine:\n    image: registry.example/mine:1.0\n    networks: [proxy]\n'],
};

describe.each(Object.entries(edits))('%s', (_, [from, to]) => {
  let compose: Awaited<ReturnType<typeof findCompose>>;
  let catalog: Catalog;
  let folder: string;
  beforeAll(async () => {
    compose = await findCompose();
    catalog = await theCatalog();
    folder = await mkdtemp(join(tmpdir(), 'edited-'));
  }, 300_000);
  afterAll(() => rm(folder, {recursive: true, force: true}));

  const write = async (settings: typeof before, answer: 'keep' | 'take') => {
    const {files} = renderStack(catalog, settings);
    const decided = await decideFiles(folder, {files}, await observeFiles(folder, files), answer);
    for await (const _event of writeFiles(folder, decided.files, decided.observed));
  };
  const edit = async () => {
    const text = await readFile(join(folder, overlay), 'utf8');
    expect(text).toMatch(from);
    await writeFile(join(folder, overlay), text.replace(from, to));
  };

  test('means the same as the same edit in the new file', async context => {
    if ('reason' in compose) return context.skip(compose.reason);
    const run = compose;
    const model = async () => JSON.parse((await run(['config', '--format', 'json'], folder)).stdout);
    await write(before, 'keep');
    await edit();
    await write(after, 'keep');
    const moved = await model();
    expect(await readFile(join(folder, overlay), 'utf8')).toBe(
      renderStack(catalog, after).files.find(({path}) => path === overlay)?.content,
    );
    await writeFile(join(folder, '90-docker-compose.Infra.dev.local.yml'), 'services: {}\n');
    const untouched = await model();
    await edit();
    expect(moved).toEqual(await model());
    expect(moved).not.toEqual(untouched);
  }, 60_000);
});
