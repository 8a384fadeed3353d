/** The wizard of the built program in a real terminal, on a host without Docker. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {bareHost} from '../helpers/bare-host.ts';
import {openShell, restored, type Shell} from '../helpers/shell.ts';

const ctrlC = '\u0003';

/** What is on a screen once it is ready for keys, in the order of the journey. */
const screens = [
  ['welcome', /1\/5 Welcome[\s\S]*Compose +not found/],
  ['basics', /2\/5 Basics/],
  ['components', /3\/5 Components/],
  ['review', /4\/5 Review[\s\S]*11-docker-compose\.Infra\.dev\.yml|4\/5 Review[\s\S]*more ↓/],
  ['save', /4\/5 Save/],
] as const;

type ScreenName = (typeof screens)[number][0];

/** Presses Enter on each screen until the one that is named is there. */
const walkTo = async (shell: Shell, name: ScreenName): Promise<void> => {
  for (const [screen, ready] of screens) {
    await shell.waitFor(ready);
    if (screen === name) return;
    shell.type('\r');
  }
};

test.each(screens.map(([name]) => name))('Ctrl+C on %s ends with 130, changes nothing and leaves the terminal as it was', async name => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await walkTo(shell, name);
  expect(shell.isAlternate()).toBe(true);
  shell.type(ctrlC);
  expect(await shell.end()).toEqual({code: 130, ...restored});
  expect(await shell.screen()).toContain('Nothing was changed.');
  expect(await readdir(folder)).not.toContain('infra');
});

test('q leaves with 0 and changes nothing', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await walkTo(shell, 'welcome');
  shell.type('q');
  expect(await shell.end()).toEqual({code: 0, ...restored});
  expect(await readdir(folder)).not.toContain('infra');
});

test('answers with a component that is not known are refused, as by every command: left out, what runs of it would be removed', async () => {
  const {folder, env, workspace} = await bareHost();
  const components = '{traefik: standalone, abacus: standalone}';
  const answers = `{tier: minimal, environment: dev, strategy: incremental, components: ${components}, settings: {}}`;
  await writeFile(join(folder, 'later.yml'), `{version: 1, name: later, savedAt: "2026-03-01T12:30:00.000Z", answers: ${answers}}\n`);
  const shell = openShell({env, cwd: folder, columns: 120});
  shell.run('--profile', './later.yml', '--dir', workspace);
  expect((await shell.end()).code).toBe(2);
  expect(await shell.screen()).toContain('The saved answers name abacus, which this infra-wizard does not know.');
  expect(await readdir(folder)).not.toContain('infra');
  const without = openShell({env, cwd: folder, columns: 120});
  without.run('--profile', './later.yml', '--without', 'abacus', '--dir', workspace);
  await walkTo(without, 'welcome');
  without.type('q');
  expect(await without.end()).toEqual({code: 0, ...restored});
});

test('without Docker it says what is missing and how to get it, walks to the end, and writes the overlays', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder, columns: 120, rows: 40});
  shell.run('--tier', 'minimal', '--dir', workspace);
  await walkTo(shell, 'welcome');
  const welcome = await shell.screen();
  expect(welcome).toMatch(/Docker +not found/);
  expect(welcome).toContain('Docker Engine and docker compose are missing');
  const {ID: distribution = ''} = Object.fromEntries(
    (await readFile('/etc/os-release', 'utf8')).split('\n').map(line => line.replaceAll('"', '').split('=', 2)),
  );
  if (['debian', 'ubuntu'].includes(distribution)) expect(welcome).toContain('sudo apt-get');
  await walkTo(shell, 'save');
  shell.type('\r');
  const written = await shell.waitFor(/5\/5 Files[\s\S]*docker compose up/);
  expect(written).toContain(workspace);
  shell.type('q');
  expect(await shell.end()).toEqual({code: 0, ...restored});
  const names = await readdir(workspace);
  expect(names.filter(entry => entry.endsWith('.yml')).sort()).toEqual([
    '11-docker-compose.Infra.dev.yml',
    '15-docker-compose.Infra.dev.security.yml',
    '90-docker-compose.Infra.dev.local.yml',
  ]);
});

test('every size is filled, and nothing of the size before stays', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await walkTo(shell, 'components');
  for (const [columns, rows] of [
    [60, 15],
    [200, 60],
    [80, 24],
  ] as const) {
    shell.resize(columns, rows);
    // One look at the screen for all of it: between two frames it may be empty.
    await expect
      .poll(
        async () => {
          const lines = (await shell.screen()).split('\n');
          const edges = lines.map(line => line.trim()).filter(line => /3\/5|Enter continue/.test(line));
          return {edges, isFilled: lines.length > rows - 3};
        },
        {timeout: 10_000},
      )
      .toEqual({
        edges: [
          expect.stringMatching(new RegExp(`^(?=.{${columns - (columns < 80 ? 2 : 4)}}$)infra-wizard .* 3/5 Components$`)),
          expect.stringMatching(/^Enter continue/),
        ],
        isFilled: true,
      });
  }
  shell.type(ctrlC);
  expect(await shell.end()).toEqual({code: 130, ...restored});
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends it with the terminal as it was', async (signal, code) => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await walkTo(shell, 'basics');
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map(async pid => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const));
  const [pid] = commands.find(([, argv]) => argv.includes(workspace) && argv.includes('infra-wizard.cjs')) ?? [];
  process.kill(Number(pid), signal);
  expect(await shell.end()).toEqual({code, ...restored});
  expect(await readdir(folder)).not.toContain('infra');
});
