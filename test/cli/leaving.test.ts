/** Every way out of the built program in a real terminal leaves the terminal as it was found. */
import {constants, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {type BareHost, bareHost} from '../helpers/bare-host.ts';
import {binary} from '../helpers/cli.ts';
import {launch} from '../helpers/pty.ts';
import {openShell, restored, type Shell} from '../helpers/shell.ts';

/** Of the program that works on a folder of this test. */
const pidOf = async (workspace: string): Promise<number | undefined> => {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map(async pid => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const));
  const [pid] =
    commands.find(([, argv]) => argv.includes(workspace) && argv.includes('infra-wizard.cjs') && !argv.startsWith('/bin/bash')) ?? [];
  return pid === undefined ? undefined : Number(pid);
};

const signalTo = async (workspace: string, name: NodeJS.Signals): Promise<void> => {
  await expect.poll(() => pidOf(workspace)).toBeDefined();
  process.kill((await pidOf(workspace)) ?? 0, name);
};

const basics = /2\/5 Basics/;

const openOn = async ({folder, env, workspace}: BareHost, more: Readonly<Record<string, string>> = {}): Promise<Shell> => {
  const shell = openShell({env: {...env, ...more}, cwd: folder});
  shell.run('--dir', workspace);
  await shell.waitFor(/1\/5 Welcome[\s\S]*Compose +not found/);
  shell.type('\r');
  await shell.waitFor(basics);
  return shell;
};

/** Loaded into the program before its own code: breaks it when it is told to. */
const breaker = async ({folder}: BareHost, how: string): Promise<Readonly<Record<string, string>>> => {
  const path = join(folder, 'breaker.mjs');
  await writeFile(path, `process.on('SIGUSR2', () => { ${how} });\n`);
  return {NODE_OPTIONS: `--import=${path}`};
};

test.each([
  ['an error that nobody caught', "throw new Error('it broke')"],
  ['a rejection that nobody caught', "void Promise.reject(new Error('it broke'))"],
])('%s gives the terminal back, and is said where it can be read', async (_, how) => {
  const host = await bareHost();
  const shell = await openOn(host, await breaker(host, how));
  await signalTo(host.workspace, 'SIGUSR2');
  expect(await shell.end()).toEqual({code: 1, ...restored});
  const said = await shell.screen();
  expect(said).toContain('error: infra-wizard has a bug: it broke');
  expect(said).toContain('next: Please report it with these lines.');
});

test('other programs on the same terminal find it as it was: what they write waits until it is read', async () => {
  const shell = await openOn(await bareHost());
  const flags = async (program: string) => {
    const text = await readFile(`/proc/${program}/fdinfo/1`, 'utf8');
    return Number.parseInt(/^flags:\s+(\d+)$/m.exec(text)?.[1] ?? '', 8);
  };
  const asynchronous = (value: number) => (value & constants.O_NONBLOCK) !== 0;
  const children = (await readFile(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8')).trim().split(' ');
  expect(asynchronous(await flags(children.at(-1) ?? ''))).toBe(true);
  expect(asynchronous(await flags(String(shell.pid)))).toBe(false);
  shell.type('q');
  expect(await shell.end()).toMatchObject({code: 0});
  expect(asynchronous(await flags(String(shell.pid)))).toBe(false);
});

test('Ctrl+Z gives the terminal to the shell, and fg brings everything back', async () => {
  const host = await bareHost();
  const shell = await openOn(host);
  shell.type('\u001a');
  await shell.waitFor(/Stopped/);
  expect([shell.isAlternate(), shell.isCursorHidden()]).toEqual([false, false]);
  shell.type('stty -a; echo asked=yes\r');
  expect(await shell.waitFor(/^asked=yes$/m)).toMatch(/ icanon [\s\S]* echo /);
  shell.type('\u000cfg; echo "code=$?"\r');
  await shell.waitFor(basics);
  expect(shell.isAlternate()).toBe(true);
  shell.type('jjjj\u0015example.com');
  await shell.waitFor(/Domain +example\.com/);
  shell.type('\u0003');
  expect(await shell.end()).toMatchObject({code: 130, alternate: false, cursorHidden: false, echo: true, lineByLine: true});
});

test('stopped from elsewhere it gives the terminal back too', async () => {
  const host = await bareHost();
  const shell = await openOn(host);
  await signalTo(host.workspace, 'SIGTSTP');
  await shell.waitFor(/Stopped/);
  expect([shell.isAlternate(), shell.isCursorHidden()]).toEqual([false, false]);
  shell.type('\u000cfg; echo "code=$?"\r');
  await shell.waitFor(basics);
  shell.type('q');
  expect(await shell.end()).toMatchObject({code: 0, alternate: false, cursorHidden: false, echo: true, lineByLine: true});
});

test.each(['', '--accessible'])('a lost connection ends it cleanly, and nothing stays behind (%s)', async flag => {
  const {folder, env, workspace} = await bareHost();
  const note = join(folder, 'note');
  const program = [process.execPath, binary, ...(flag === '' ? [] : [flag]), '--dir', workspace].join(' ');
  const pty = launch(['/bin/bash', '-c', `trap : HUP; ${program} 2>${folder}/errors; echo $? > ${note}`], {env, cwd: folder});
  onTestFinished(() => pty.close());
  await pty.waitFor(/not found/);
  pty.hangUp();
  await expect.poll(() => readFile(note, 'utf8').catch(() => ''), {timeout: 10_000}).toBe('129\n');
  expect(await readFile(join(folder, 'errors'), 'utf8')).toBe('');
  expect(await pidOf(workspace)).toBeUndefined();
  expect(await readdir(folder)).not.toContain('infra');
});
