import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {lastLinesOf, launch, type OutputLine, run, stream} from '../../source/engine/process.ts';
import {ExternalError} from '../../source/errors.ts';
import {collect} from '../helpers/collect.ts';

const node = (script: string): readonly string[] => [process.execPath, '-e', script];

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'process-'));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
});

/** Resolves when the program has written this file. */
const written = (name: string) =>
  vi.waitFor(async () => expect(await readFile(join(directory, name), 'utf8')).not.toBe(''), {timeout: 10_000});

/** A dead process that nobody has collected yet is dead. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test('a program gives its exit code and both of its streams', async () => {
  const finished = await run(node('console.log("out ✔"); console.error("err"); process.exit(3)'));
  expect(finished).toEqual({code: 3, stdout: 'out ✔\n', stderr: 'err\n'});
});

test('input goes to standard input, the environment and the folder are those that were given', async () => {
  const script =
    'process.stdin.pipe(process.stdout); process.on("exit", () => console.log(process.env.ONE, process.cwd(), process.env.HOME))';
  const {stdout} = await run(node(script), {input: 'secret\n', env: {ONE: '1'}, cwd: directory});
  expect(stdout).toBe(`secret\n1 ${directory} undefined\n`);
});

test('a program that does not read its input is no error', async () => {
  expect(await run(node(''), {input: 'x'.repeat(1_000_000)})).toEqual({code: 0, stdout: '', stderr: ''});
});

test('arguments reach the program as they are, never through a shell', async () => {
  const {stdout} = await run([...node('console.log(process.argv[1])'), '$(id) `id` "; rm *']);
  expect(stdout).toBe('$(id) `id` "; rm *\n');
});

test('a program that is not there is an ExternalError without a code', async () => {
  const error = await run(['no-such-program', '--flag']).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ExternalError);
  expect(error).toMatchObject({code: undefined, argv: ['no-such-program', '--flag'], lastLines: ['spawn no-such-program ENOENT']});
});

test('a stream of a program that is not there throws the same, from its lines and from its end', async () => {
  const {lines, exited} = stream(['no-such-program']);
  await expect(collect(lines)).rejects.toMatchObject({code: undefined});
  await expect(exited).rejects.toMatchObject({code: undefined});
});

test('a program that takes too long is stopped', async () => {
  const error = await run(node('setInterval(() => {}, 1000)'), {timeoutMs: 200}).catch((caught: unknown) => caught);
  expect(error).toMatchObject({name: 'ExternalError', code: undefined, lastLines: ['It did not end within 0.2 s.']});
});

test('a program that stays is left alone, one that ends says how, and one that is not there is an ExternalError', async () => {
  const script = `require('fs').writeFileSync(${JSON.stringify(join(directory, 'pid'))}, String(process.pid)); setTimeout(() => {}, 60_000)`;
  expect(await launch(node(script), {patienceMs: 500})).toBe('stays');
  await written('pid');
  const pid = Number(await readFile(join(directory, 'pid'), 'utf8'));
  expect(isAlive(pid)).toBe(true);
  process.kill(pid);
  expect(await launch(node('process.exit(3)'), {patienceMs: 60_000})).toBe(3);
  await expect(launch(['no-such-program'], {patienceMs: 60_000})).rejects.toMatchObject({name: 'ExternalError', code: undefined});
});

test('abort sends SIGINT, which a program may use to end in order', async () => {
  const stopping = new AbortController();
  const script =
    'process.on("SIGINT", () => { require("fs").writeFileSync("stopped", "in order"); process.exit(130) }); require("fs").writeFileSync("ready", "1"); setInterval(() => {}, 1000)';
  const running = run(node(script), {signal: stopping.signal, cwd: directory});
  await written('ready');
  stopping.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(await readFile(join(directory, 'stopped'), 'utf8')).toBe('in order');
});

const deaf = `
const {spawn} = require('child_process'), fs = require('fs');
process.on('SIGINT', () => fs.appendFileSync('asked', 'x'));
const grandchild = spawn(process.execPath, ['-e', 'process.on("SIGINT", () => {}); setInterval(() => {}, 1000)'], {stdio: 'inherit'});
fs.writeFileSync('pids.part', process.pid + ' ' + grandchild.pid);
fs.renameSync('pids.part', 'pids');
setInterval(() => {}, 1000);`;

test('a program that ignores SIGINT is killed after the grace, and its own children with it', async () => {
  const stopping = new AbortController();
  const running = run(node(deaf), {signal: stopping.signal, cwd: directory, graceMs: 200});
  await written('pids');
  stopping.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  const pids = (await readFile(join(directory, 'pids'), 'utf8')).split(' ').map(Number);
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]));
});

test('without a grace it is asked once and never killed', async () => {
  const stopping = new AbortController();
  const script = `${deaf.replace("{stdio: 'inherit'}", "{stdio: 'ignore'}")} process.on('SIGUSR1', () => { grandchild.kill('SIGKILL'); process.exit(0) })`;
  const {lines, exited} = stream(node(script), {signal: stopping.signal, cwd: directory, graceMs: Number.POSITIVE_INFINITY});
  const reading = collect(lines).catch((error: unknown) => error);
  await written('pids');
  stopping.abort(new Error('enough'));
  await written('asked');
  const [pid = 0] = (await readFile(join(directory, 'pids'), 'utf8')).split(' ').map(Number);
  expect(isAlive(pid)).toBe(true);
  process.kill(pid, 'SIGUSR1');
  await expect(exited).rejects.toThrow('enough');
  expect(await reading).toEqual(new Error('enough'));
  expect(await readFile(join(directory, 'asked'), 'utf8')).toBe('x');
});

test('an abort before the start starts nothing', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(run(node('require("fs").writeFileSync("started", "")'), {signal, cwd: directory})).rejects.toThrow('enough');
  await expect(readFile(join(directory, 'started'))).rejects.toMatchObject({code: 'ENOENT'});
});

test('a stream gives lines of both streams, then the exit with the last of them made printable', async () => {
  const {lines, exited} = stream(node('console.log("one\\ntwo"); console.error("\\x1b[31mred\\x07"); process.exitCode = 4'));
  const read: readonly OutputLine[] = await collect(lines);
  expect(read.filter(({stream: name}) => name === 'stdout').map(({line}) => line)).toEqual(['one', 'two']);
  expect(read.filter(({stream: name}) => name === 'stderr').map(({line}) => line)).toEqual(['\u001b[31mred\u0007']);
  const {code, lastLines} = await exited;
  expect({code, lastLines: [...lastLines].sort()}).toEqual({code: 4, lastLines: ['one', 'red', 'two']});
});

test('of many lines only the last forty are kept', async () => {
  const {lines, exited} = stream(node('for (let i = 1; i <= 5000; i++) console.log(i)'));
  let count = 0;
  for await (const _line of lines) count++;
  expect([count, (await exited).lastLines]).toEqual([5000, Array.from({length: 40}, (_, index) => String(4961 + index))]);
});

test('leaving the lines early stops the program', async () => {
  const {lines, exited} = stream(node('console.log(process.pid); setInterval(() => console.log("more"), 10)'));
  let pid = 0;
  for await (const {line} of lines) {
    pid = Number(line);
    break;
  }
  expect(await exited).toMatchObject({code: undefined});
  expect(isAlive(pid)).toBe(false);
});

test('last lines for an error are printable and not empty', () => {
  expect(lastLinesOf({code: 1, stdout: 'a\n\n', stderr: 'b\u001b]0;title\u0007c\n'})).toEqual(['a', 'bc']);
});
