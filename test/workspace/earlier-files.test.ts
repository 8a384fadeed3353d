import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {defaultAnswers} from '../../source/plan/select.ts';
import {filesAt, filesNow} from '../../source/workspace/earlier-files.ts';
import {lastGenerationNumber} from '../../source/workspace/generations.ts';
import {forgetGoingBack, goingBack, noteGoingBack} from '../../source/workspace/going-back.ts';
import {forgetVolumes, knownVolumes, loadReached, type Reached, saveReached} from '../../source/workspace/reached.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect} from '../helpers/collect.ts';
import {smallCatalog} from '../helpers/small-catalogue.ts';
import {file, temporaryFolder} from './folders.ts';

/** Writes them as a rollout would, and says which generation that was. */
const write = async (directory: string, contents: Readonly<Record<string, string>>): Promise<number> => {
  const files = Object.entries(contents).map(([path, content]) => file(path, content));
  await collect(writeFiles(directory, files, await observeFiles(directory, files)));
  return (await lastGenerationNumber(directory)) ?? 0;
};

const textsAt = async (directory: string, number: number) => {
  const files = await filesAt(directory, number);
  return files && Object.fromEntries([...files].map(([path, {content}]) => [path, content]));
};

const reached = (generation: number, more: Partial<Reached> = {}): Reached => ({
  ...{phase: 'first', project: 'house-dev', at: 1_800_000_000_000, generation},
  lock: [{reference: 'door:1', services: ['door'], digests: new Map([['linux/amd64', `sha256:${'a'.repeat(64)}`]])}],
  answers: defaultAnswers(smallCatalog()),
  volumes: [],
  ...more,
});

test('each generation is known as it was written, with what came later left out', async () => {
  const directory = temporaryFolder();
  const first = await write(directory, {a: 'a1', b: 'b1'});
  const second = await write(directory, {a: 'a2', b: 'b1', 'config/c': 'c2'});
  const third = await write(directory, {a: 'a3', b: 'b3', 'config/c': 'c3'});
  expect(await textsAt(directory, first)).toEqual({a: 'a1', b: 'b1'});
  expect(await textsAt(directory, second)).toEqual({a: 'a2', b: 'b1', 'config/c': 'c2'});
  expect(await textsAt(directory, third)).toEqual({a: 'a3', b: 'b3', 'config/c': 'c3'});
  expect([...(await filesNow(directory)).keys()]).toEqual(['a', 'b', 'config/c']);
});

test('what was kept and does not have its hash any more is left out, and a generation without its record is not known', async () => {
  const directory = temporaryFolder();
  const first = await write(directory, {a: 'a1', b: 'b1'});
  const second = await write(directory, {a: 'a2', b: 'b2'});
  const folder = (number: number) => join(directory, '.infra-wizard', 'generations', String(number));
  writeFileSync(join(folder(second), 'files', 'a'), 'changed');
  expect(await textsAt(directory, first)).toEqual({b: 'b1'});
  rmSync(join(folder(first), 'manifest.json'));
  expect(await textsAt(directory, first)).toBeUndefined();
});

test('generations since the one that a phase came up from stay, however many there are', async () => {
  const directory = temporaryFolder();
  for (let number = 1; number <= 3; number += 1) await write(directory, {a: `a${number}`});
  await saveReached(directory, [reached(2)]);
  for (let number = 4; number <= 14; number += 1) await write(directory, {a: `a${number}`});
  const kept = readdirSync(join(directory, '.infra-wizard', 'generations')).map(Number);
  expect(kept.toSorted((one, other) => one - other)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(await textsAt(directory, 2)).toEqual({a: 'a2'});
});

test('what phases came up from is noted by project and phase, and the newest note counts', async () => {
  const directory = temporaryFolder();
  await write(directory, {a: 'a1'});
  const other = reached(1, {phase: 'second'});
  const elsewhere = reached(1, {project: 'house-prod'});
  await saveReached(directory, [reached(1), other, elsewhere]);
  await saveReached(directory, [reached(3)]);
  expect(Object.fromEntries(await loadReached(directory, 'house-dev'))).toEqual({first: reached(3), second: other});
  expect(Object.fromEntries(await loadReached(directory, 'house-prod'))).toEqual({first: elsewhere});
});

test('the volumes that phases came up with are known until they are forgotten, those of another project apart', async () => {
  const directory = temporaryFolder();
  await write(directory, {a: 'a1'});
  const [door, lamp] = [
    {name: 'door-data', madeAt: 1},
    {name: 'lamp-data', madeAt: 2},
  ];
  await saveReached(directory, [
    reached(1, {volumes: [door]}),
    reached(1, {phase: 'second', at: 1_900_000_000_000, volumes: [lamp]}),
    reached(1, {project: 'house-prod', volumes: [door]}),
  ]);
  const known = async (project: string) => (await knownVolumes(directory, project)).map(({name, seenAt}) => [name, seenAt]);
  expect(await known('house-dev')).toEqual([
    ['door-data', 1_800_000_000_000],
    ['lamp-data', 1_900_000_000_000],
  ]);
  await forgetVolumes(directory, 'house-dev', ['lamp-data']);
  expect(await known('house-dev')).toEqual([['lamp-data', 1_900_000_000_000]]);
  await forgetVolumes(directory, 'house-dev');
  expect([await known('house-dev'), await known('house-prod')]).toEqual([[], [['door-data', 1_800_000_000_000]]]);
  expect([...(await loadReached(directory, 'house-dev')).keys()]).toEqual(['first', 'second']);
});

test('a note from before volumes were noted knows of none, and forgetting where nothing was noted writes nothing', async () => {
  const directory = temporaryFolder();
  await forgetVolumes(directory, 'house-dev');
  expect(readdirSync(directory)).toEqual([]);
  await write(directory, {a: 'a1'});
  await saveReached(directory, [reached(1, {volumes: [{name: 'door-data', madeAt: 1}]})]);
  const path = join(directory, '.infra-wizard', 'reached.json');
  const note = JSON.parse(readFileSync(path, 'utf8'));
  for (const phase of note.phases) delete phase.volumes;
  writeFileSync(path, JSON.stringify(note));
  expect(await knownVolumes(directory, 'house-dev')).toEqual([]);
  expect(Object.fromEntries(await loadReached(directory, 'house-dev'))).toEqual({first: reached(1)});
});

test('a note that was cut off says nothing', async () => {
  const directory = temporaryFolder();
  await write(directory, {a: 'a1'});
  await saveReached(directory, [reached(1)]);
  writeFileSync(join(directory, '.infra-wizard', 'reached.json'), '{"version":1,"pha');
  expect((await loadReached(directory, 'house-dev')).size).toBe(0);
});

test('a roll back that was begun is known until it is forgotten', async () => {
  const directory = temporaryFolder();
  await write(directory, {a: 'a1'});
  const request = {project: 'house-dev', phase: 'second', created: ['lamp']};
  expect(await goingBack(directory)).toBeUndefined();
  await noteGoingBack(directory, request);
  expect(await goingBack(directory)).toEqual(request);
  await forgetGoingBack(directory);
  expect(await goingBack(directory)).toBeUndefined();
});
