/** What the live view does to services: one lock for all of it, and a line in the journal for each. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type ChangeWords, serviceChanges} from '../../source/commands/service-changes.ts';
import {UserError} from '../../source/errors.ts';
import {acquireLock, lockedBy} from '../../source/workspace/lock.ts';
import {temporaryFolder} from '../workspace/folders.ts';

const words: ChangeWords<string> = {doing: 'Stopping', done: result => `Stopped ${result}`, failed: 'Not stopped'};

const open = () => {
  const directory = temporaryFolder();
  const noted = () =>
    readFileSync(join(directory, '.infra-wizard/journal.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => {
        const {id, status, text, command} = JSON.parse(line);
        return `${command} ${id} ${status} ${text}`;
      });
  return {directory, noted, changes: serviceChanges({directory, project: 'house-dev'})};
};

const gate = () => {
  let pass = (): void => undefined;
  const passed = new Promise<void>(resolve => {
    pass = resolve;
  });
  return {pass, passed};
};

test('two at once share the lock, and the last one gives it back', async () => {
  const {directory, noted, changes} = open();
  const [door, lamp] = [gate(), gate()];
  const first = changes.run('door', words, async () => {
    lamp.pass();
    await door.passed;
    return 'first';
  });
  const second = changes.run('lamp', words, async () => {
    await lamp.passed;
    return 'second';
  });
  expect(await second).toBe('second');
  expect(await lockedBy(directory)).toContain('infra-wizard status of house-dev');
  door.pass();
  expect(await first).toBe('first');
  expect(await lockedBy(directory)).toBeUndefined();
  expect(noted().toSorted()).toEqual([
    'status service/door done Stopped first',
    'status service/door working Stopping',
    'status service/lamp done Stopped second',
    'status service/lamp working Stopping',
  ]);
});

test('one after the other each has the lock anew, however soon the next one comes', async () => {
  const {directory, noted, changes} = open();
  for (const number of ['1', '2', '3']) expect(await changes.run('door', words, async () => number)).toBe(number);
  expect(noted()).toHaveLength(6);
  expect(await lockedBy(directory)).toBeUndefined();
});

test('while another run works on the folder nothing is done and nothing noted; then it can be done', async () => {
  const {directory, noted, changes} = open();
  const other = await acquireLock(directory, {project: 'house-dev', command: 'up'});
  let done = 0;
  const work = async () => {
    done += 1;
    return String(done);
  };
  await expect(changes.run('door', words, work)).rejects.toMatchObject({exitCode: 4});
  expect(done).toBe(0);
  await other.release();
  expect(await changes.run('door', words, work)).toBe('1');
  expect(noted()).toEqual(['status service/door working Stopping', 'status service/door done Stopped 1']);
});

test('what fails is noted as failed; what is cut off, as begun', async () => {
  const {directory, noted, changes} = open();
  const failing = (error: Error) => changes.run('door', words, () => Promise.reject(error));
  await expect(failing(new UserError('It is gone.'))).rejects.toThrow('It is gone.');
  expect(noted()).toEqual(['status service/door working Stopping', 'status service/door error Not stopped']);
  await expect(failing(new Error('aborted'))).rejects.toThrow('aborted');
  expect(noted().slice(2)).toEqual(['status service/door working Stopping']);
  expect(await lockedBy(directory)).toBeUndefined();
});
