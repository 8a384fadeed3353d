/** Which files of a workspace go and which stay, by what stands in its overlays. */
import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {leftHere} from '../../source/commands/left-files.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, temporaryFolder} from '../workspace/folders.ts';

const overlay = '12-docker-compose.Infra.dev.rooms.yml';
const own = '90-docker-compose.Infra.dev.local.yml';
const rule = 'config/watch/rules/lamp.yaml';

const content = 'services:\n  watch:\n    image: watch:1\n    volumes:\n      - ./config/watch:/etc/watch:ro\n';
const files: readonly RenderedFile[] = [
  file(overlay, content, {model: parse(content)}),
  file(own, 'services: {}\n', {once: true}),
  file('config/watch/watch.yaml', 'all\n'),
];

let directory: string;
const at = (path: string) => join(directory, path);
const left = async (rendered = files) => {
  const {removed, stay} = await leftHere({directory, files: rendered, observed: await observeFiles(directory, rendered), staying: []});
  return [...removed.map(({path}) => `removed ${path}`), ...stay.map(({path, why}) => `${path}: ${why}`)];
};
const named = [expect.stringContaining(`${rule}: an overlay of yours names it`)];

beforeEach(async () => {
  directory = join(temporaryFolder(), 'infra');
  const before = [...files, file(rule, 'lamp\n')];
  await collect(writeFiles(directory, before, await observeFiles(directory, before)));
});

test('nothing is left of what is still written, or where nothing was written yet', async () => {
  expect(await left([...files, file(rule, 'lamp\n')])).toEqual([]);
  directory = join(directory, 'nowhere');
  expect(await left()).toEqual([]);
});

test('a file that is read with its folder goes, and stays when it was edited', async () => {
  expect(await left()).toEqual([`removed ${rule}`]);
  appendFileSync(at(rule), 'mine\n');
  expect(await left()).toEqual([`${rule}: changed since it was written, and watch may still read it: remove it by hand`]);
});

describe('a file that the operator names', () => {
  test('in the own overlay, as it is on disk, stays', async () => {
    writeFileSync(at(own), `services: {mine: {image: mine, volumes: ["./${rule}:/rule.yaml"]}}\n`);
    expect(await left()).toEqual(named);
  });

  test('in a generated overlay that he edited stays, while what was generated there names nothing', async () => {
    writeFileSync(at(overlay), `${readFileSync(at(overlay), 'utf8')}    init: true\n`);
    expect(await left()).toEqual([`removed ${rule}`]);
    appendFileSync(at(overlay), `  mine:\n    image: mine\n    env_file: ${rule}\n`);
    expect(await left()).toEqual(named);
  });

  test('in what moves to the own overlay stays', async () => {
    const moved = file(own, `services: {watch: {volumes: ["./config/watch/rules:/mine"]}}\n`);
    expect(await left(files.map(one => (one.path === own ? moved : one)))).toEqual(named);
  });
});
