/** What services read of a workspace's configuration, and the label that says so. */
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {parse} from 'yaml';
import {mountedOnDisk} from '../../source/commands/mounted-on-disk.ts';
import {render} from '../../source/plan/render.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';
import {collect, temporaryFolder, thrownBy} from '../workspace/folders.ts';

const catalog = smallCatalog();
const selection = selected(catalog, {});
const config = 'config/door/door.conf';
const overlay = '11-docker-compose.Infra.dev.yml';

let directory: string;
const at = (path: string) => join(directory, path);
const opened = () => mountedOnDisk({catalog, selection, directory});
const labelIn = (text: string): string => parse(text).services.door.labels['infra-wizard.files'];
const labelOnDisk = () => labelIn(readFileSync(at(overlay), 'utf8'));
const stateOf = async (path: string) => {
  const {files} = render(catalog, selection, new Map([[config, readFileSync(at(config), 'utf8')]]));
  return (await observeFiles(directory, files)).find(one => one.path === path)?.state;
};

beforeEach(async () => {
  directory = join(temporaryFolder(), 'infra');
  const {files} = render(catalog, selection);
  await collect(writeFiles(directory, files, await observeFiles(directory, files)));
});

test('untouched, it is what the overlay says, and nothing is written', async () => {
  const before = readFileSync(at(overlay), 'utf8');
  expect((await opened().read()).get('door')).toEqual({hash: labelOnDisk(), written: [], edited: []});
  await opened().label('door');
  await opened().label('nobody');
  expect(readFileSync(at(overlay), 'utf8')).toBe(before);
});

test('edited, the file is named, and the label follows it: what a plan would write is there already', async () => {
  const before = readFileSync(at(overlay), 'utf8');
  writeFileSync(at(config), 'mine\n');
  const mounted = (await opened().read()).get('door');
  expect(mounted).toEqual({hash: expect.not.stringMatching(labelOnDisk()), written: [], edited: [config]});
  expect(await stateOf(overlay)).toBe('outdated');
  await opened().label('door');
  expect(labelOnDisk()).toBe(mounted?.hash);
  expect(readFileSync(at(overlay), 'utf8').replace(labelOnDisk(), labelIn(before))).toBe(before);
  expect(readFileSync(at(`.infra-wizard/generations/2/files/${overlay}`), 'utf8')).toBe(before);
  expect([await stateOf(overlay), await stateOf(config)]).toEqual(['same', 'edited']);
});

test('taken away, the file is named', async () => {
  rmSync(at(config));
  expect((await opened().read()).get('door')).toEqual({hash: expect.not.stringMatching(labelOnDisk()), written: [], edited: [config]});
});

test('an overlay that was edited too is not overwritten', async () => {
  writeFileSync(at(config), 'mine\n');
  const mine = readFileSync(at(overlay), 'utf8').replace('services:', '# mine\nservices:');
  writeFileSync(at(overlay), mine);
  expect(await thrownBy(() => opened().label('door'))).toMatchObject({exitCode: 3});
  expect(readFileSync(at(overlay), 'utf8')).toBe(mine);
});
