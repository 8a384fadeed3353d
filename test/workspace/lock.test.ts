import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';
import {acquireLock, lockedBy} from '../../source/workspace/lock.ts';
import {temporaryFolder, thrownBy} from './folders.ts';
import {buildProgram} from './programs.ts';

interface Contender {
  readonly process: ChildProcess;
  readonly pid: number;
  say(line: string): Promise<string>;
}

/** Contenders who are meant to meet have the same temporary folder, where the sockets of the kind `files` lie. */
const start = (program: string, kind: string, temporary: string): Contender => {
  const child = spawn(process.execPath, [program, kind], {stdio: ['pipe', 'pipe', 'inherit'], env: {...process.env, TMPDIR: temporary}});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const say = async (line: string) => {
    child.stdin.write(`${line}\n`);
    return String((await lines.next()).value);
  };
  return {process: child, pid: child.pid ?? 0, say};
};

const kinds = process.platform === 'linux' ? (['abstract', 'files'] as const) : (['files'] as const);

test.each(kinds)(
  'of contenders for the %s lock exactly one wins, a hundred times',
  async kind => {
    const program = buildProgram('contender');
    const folder = temporaryFolder();
    const contenders = Array.from({length: 4}, () => start(program, kind, folder));
    for (let race = 0; race < 100; race += 1) {
      const directory = join(folder, `race-${race % 2 === 0 ? race : 0}`);
      const answers = await Promise.all(contenders.map(({say}) => say(`lock ${directory}`)));
      expect(answers.filter(answer => answer === 'won')).toHaveLength(1);
      expect(answers.filter(answer => answer.startsWith('lost 4 '))).toHaveLength(3);
      await Promise.all(contenders.map(({say}) => say('free')));
    }
  },
  60_000,
);

test.each(kinds)(
  'the %s lock names its holder, and is free at once when that is killed',
  async kind => {
    const program = buildProgram('contender');
    const folder = temporaryFolder();
    const directory = join(folder, 'infra');
    const [holder, second] = [start(program, kind, folder), start(program, kind, folder)];
    expect(await holder.say(`lock ${directory}`)).toBe('won');
    const information = JSON.parse(readFileSync(join(directory, '.infra-wizard', 'lock.json'), 'utf8'));
    expect(information).toMatchObject({pid: holder.pid, host: hostname(), project: 'shop-dev', command: 'up'});
    expect(await second.say(`lock ${directory}`)).toBe(
      `lost 4 Another run works on ${directory} infra-wizard up of shop-dev (process ${holder.pid} on ${hostname()}) since ${information.since}.`,
    );
    holder.process.kill('SIGKILL');
    await once(holder.process, 'exit');
    expect(await second.say(`lock ${directory}`)).toBe('won');
  },
  30_000,
);

test('two folders do not lock each other', async () => {
  const folder = temporaryFolder();
  const locks = [
    await acquireLock(join(folder, 'one'), {project: 'a', command: 'up'}),
    await acquireLock(join(folder, 'two'), {project: 'a', command: 'up'}),
  ];
  for (const lock of locks) await lock.release();
});

test('a released lock can be taken again, and leaves no information behind', async () => {
  const directory = join(temporaryFolder(), 'infra');
  for (let round = 0; round < 3; round += 1) {
    const lock = await acquireLock(directory, {project: 'a', command: 'up'});
    await Promise.all([lock.release(), lock.release()]);
    expect(existsSync(join(directory, '.infra-wizard', 'lock.json'))).toBe(false);
  }
});

test('information that a killed run left behind does not lock, even if its process number is in use', async () => {
  const directory = join(temporaryFolder(), 'infra');
  const first = await acquireLock(directory, {project: 'a', command: 'up'});
  const stale = readFileSync(join(directory, '.infra-wizard', 'lock.json'));
  await first.release();
  writeFileSync(join(directory, '.infra-wizard', 'lock.json'), stale);
  await (await acquireLock(directory, {project: 'a', command: 'up'})).release();
});

test('a holder that says nothing understandable is still respected', async ({skip}) => {
  if (process.platform !== 'linux') return skip('abstract sockets are a thing of Linux');
  const directory = join(temporaryFolder(), 'infra');
  const lock = await acquireLock(directory, {project: 'a', command: 'up'});
  const listed = readFileSync('/proc/net/unix', 'utf8').match(/@infra-wizard-[0-9a-f]{32}/g) ?? [];
  await lock.release();
  const names = new Set(listed);
  const stillThere = new Set(readFileSync('/proc/net/unix', 'utf8').match(/@infra-wizard-[0-9a-f]{32}/g) ?? []);
  const [name = ''] = [...names].filter(candidate => !stillThere.has(candidate));
  const squatter = createServer(socket => socket.end('\u001b[31mnonsense')).listen(`\0${name.slice(1)}`);
  await once(squatter, 'listening');
  onTestFinished(() => {
    squatter.close();
  });
  expect(await thrownBy(() => acquireLock(directory, {project: 'a', command: 'up'}))).toMatchObject({
    why: 'It does not say which; it may belong to another user.',
    exitCode: 4,
  });
});

test.skipIf(process.platform !== 'linux')('who holds a workspace can be asked without taking it, and nothing is written', async () => {
  const folder = temporaryFolder();
  expect([await lockedBy(join(folder, 'missing')), await lockedBy(folder), existsSync(join(folder, '.infra-wizard'))]).toEqual([
    undefined,
    undefined,
    false,
  ]);
  const lock = await acquireLock(folder, {project: 'shop-dev', command: 'up'});
  expect(await lockedBy(folder)).toMatch(new RegExp(`^infra-wizard up of shop-dev \\(process ${process.pid} on .+\\) since \\d{4}-`));
  await lock.release();
  expect(await lockedBy(folder)).toBeUndefined();
});
