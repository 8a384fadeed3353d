/** Windows that change all the time, in a real terminal. */
import {expect, test} from 'vitest';
import {bareHost} from '../helpers/bare-host.ts';
import {openShell, restored} from '../helpers/shell.ts';

/** Numbers that look random and are the same each time. */
const numbers = (seed: number) => {
  let state = seed;
  return (least: number, most: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return least + (Math.floor(state / 65_536) % (most - least + 1));
  };
};

test('hundreds of sizes while keys are pressed: the last frame is right, and the screen is not wiped between two of one size', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await shell.waitFor(/1\/5 Welcome[\s\S]*Compose +not found/);
  const any = numbers(7);
  const keys = ['j', 'k', 'g', 'G', '\u001b[A', '\u001b[B', '\u001b[5~', '\u001b[6~'];
  shell.type('\r');
  await shell.waitFor(/2\/5 Basics/);
  shell.type('\r');
  await shell.waitFor(/3\/5 Components/);
  for (let count = 0; count < 300; count += 1) {
    shell.resize(any(20, 200), any(5, 60));
    shell.type(keys[any(0, keys.length - 1)] ?? 'j');
    if (count % 10 === 0) await shell.screen();
  }
  shell.resize(90, 28);
  const lines = (await shell.waitFor(/^ {2}infra-wizard .* {2}3\/5 Components\n(?:.*\n){25,}.*Enter continue/)).split('\n');
  expect(lines.length).toBeLessThanOrEqual(28);
  // What waited while sizes changed faster than they were drawn is drawn by now.
  shell.type('G');
  await shell.waitFor(/❯ . Tempo/);
  shell.type('g');
  await shell.waitFor(/❯ . Traefik/);
  const before = shell.raw().length;
  for (let count = 0; count < 40; count += 1) shell.type('jk');
  shell.type('G');
  await shell.waitFor(/❯ . Tempo/);
  // Once the size has settled the screen is wiped, one time, and that may only be now.
  const drawn = shell.raw().slice(before);
  const wipes = drawn.match(/\u001b\[[0-3]?J/g) ?? [];
  expect(wipes.length).toBeLessThanOrEqual(1);
  shell.type('q');
  expect(await shell.end()).toEqual({code: 0, ...restored});
});

test('a paste of many lines with control characters becomes one line of text', async () => {
  const {folder, env, workspace} = await bareHost();
  const shell = openShell({env, cwd: folder});
  shell.run('--dir', workspace);
  await shell.waitFor(/1\/5 Welcome[\s\S]*Compose +not found/);
  shell.type('\r');
  await shell.waitFor(/2\/5 Basics/);
  shell.type('jjj\u0015');
  shell.type('\u001b[200~shop\n.example\u0003\u001b]0;title\u0007.com\r\nq\u001b[201~');
  await shell.waitFor(/shop \.example\.com q/);
  expect(shell.isAlternate()).toBe(true);
  shell.type('\u0003');
  expect(await shell.end()).toEqual({code: 130, ...restored});
  expect(shell.raw()).not.toContain('\u001b]0;title');
});
