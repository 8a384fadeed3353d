/** The wizard for a screen reader: the built program in a real terminal, on a host without Docker. */
import {readdir, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {bareHost} from '../helpers/bare-host.ts';
import {environmentAt, runCli, temporaryFolder} from '../helpers/cli.ts';
import {openShell, restored, type Shell} from '../helpers/shell.ts';

const ctrlC = '\u0003';
const ctrlD = '\u0004';

/** Questions in the order of the journey, each with what is typed. */
const journey: readonly (readonly [question: RegExp, answer: string])[] = [
  [/Enter to begin.*: $/, ''],
  [/Tier\. Number.*: $/, '1'],
  [/Environment\. Number.*: $/, 'b'],
  [/Tier\. Number.*: $/, ''],
  [/Environment\. Number.*: $/, '?'],
  [/Environment\. Number.*: $/, '2'],
  [/Rollout\. Number.*: $/, ''],
  [/Domain\. Now.*: $/, 'shop.example.com'],
  [/Encryption\. Number.*: $/, '2'],
  [/Core\. Number.*: $/, ''],
  [/Authentication\. Number.*: $/, '1'],
  [/Authentication\. Number.*: $/, '1'],
  [/Authentication\. Number.*: $/, ''],
  [/Applications\. Number.*: $/, ''],
  [/Data\. Number.*: $/, ''],
  [/Observability\. Number.*: $/, ''],
  [/go back: $/, 'no'],
  [/go back: $/, 'yes'],
  [/without saving: $/, 'stage'],
];

/** What is below the last question counts: the same question may have been asked before. */
const answerAll = async (shell: Shell, steps: typeof journey): Promise<void> => {
  let said = shell.raw().length;
  for (const [question, answer] of steps) {
    await expect.poll(() => shell.raw().slice(said), {timeout: 20_000, interval: 20}).toMatch(question);
    said = shell.raw().length;
    shell.type(`${answer}\r`);
  }
};

/** Moves the cursor, clears, colours, sets a title: anything but text and new lines. The shell's own are not counted. */
const escapes = (shell: Shell) => shell.raw().match(/\u001b(?!\[\?2004[hl])[^\s]{0,8}/g) ?? [];

test('the whole journey by numbers and words writes the overlays, and nothing ever moves the cursor', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env: {...env, ACCESSIBLE: '1'}, cwd: folder, columns: 200, rows: 200});
  shell.run('--dir', workspace);
  await answerAll(shell, journey);
  expect(await shell.end()).toEqual({code: 0, ...restored});
  expect(escapes(shell)).toEqual([]);
  const said = await shell.screen();
  expect(said).toContain('Docker was not found. Compose was not found.');
  expect(said).toContain('Keycloak is left out.');
  expect(said).toContain('Nothing was done.');
  expect(said).toMatch(/files written to .*\. Nothing was started\./);
  expect((await readdir(workspace)).filter(name => name.endsWith('.yml')).sort()).toEqual([
    '11-docker-compose.Infra.staging.yml',
    '15-docker-compose.Infra.staging.security.yml',
    '90-docker-compose.Infra.staging.local.yml',
  ]);
  expect(await readdir(join(folder, 'config'))).not.toEqual([]);
});

test.each([
  ['q', 'q\r', 0],
  ['Ctrl+C', ctrlC, 130],
  ['the end of the input', ctrlD, 0],
] as const)('%s leaves from any question, changes nothing and leaves the terminal as it was', async (_, keys, code) => {
  for (const count of [0, 7, 16]) {
    const {folder, env, workspace} = await bareHost();
    const shell = openShell({env, cwd: folder, columns: 200, rows: 200});
    shell.run('--accessible', '--dir', workspace);
    await answerAll(shell, journey.slice(0, count));
    const said = shell.raw().length;
    const [question = /$/] = journey[count] ?? [];
    if (count === 0) await shell.waitFor(/Enter to begin.*:$/);
    else await expect.poll(() => shell.raw().slice(said), {timeout: 20_000, interval: 20}).toMatch(question);
    shell.type(keys);
    expect(await shell.end()).toEqual({code, ...restored});
    expect(await shell.screen()).toContain('Nothing was changed.');
    expect(await readdir(folder)).not.toContain('infra');
  }
});

test('a terminal that can not draw is asked line by line, and told why', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder, columns: 200, rows: 100});
  shell.type('export TERM=dumb\r');
  shell.run('--dir', workspace);
  await shell.waitFor(/This terminal can not draw \(TERM is dumb\), so the wizard asks line by line\.[\s\S]*Enter to begin.*:/);
  shell.type('q\r');
  expect(await shell.end()).toEqual({code: 0, ...restored});
});

test('its words go to a program that reads standard output, while the answers come from the terminal', async () => {
  const {folder, env, workspace} = await bareHost();
  await symlink('/usr/bin/tee', join(folder, 'bin', 'tee'));
  const shell = openShell({env, cwd: folder, columns: 200, rows: 100});
  shell.type(`set -o pipefail; read() { tee ${folder}/heard; }\r`);
  shell.runThrough('read', '--accessible', '--dir', workspace);
  await shell.waitFor(/Enter to begin.*:$/);
  shell.type('q\r');
  expect(await shell.end()).toEqual({code: 0, ...restored});
  expect(await readdir(folder)).toContain('heard');
});

test('answers that are piped in are refused: numbers mean something else in another version', async () => {
  const folder = await temporaryFolder();
  const {code, stdout, stderr} = await runCli(['--accessible'], {env: environmentAt(folder), cwd: folder, input: '\n\n\n'});
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: The wizard needs a terminal to answer at\.\n.*piped in.*\n {2}next: .*infra-wizard up --yes/);
});
