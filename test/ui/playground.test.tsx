/** Everything that can be seen has a scene, and the menu lists them all. */
import {readdir} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {KeyReader} from '../../source/ui/hooks/use-keys.tsx';
import type {Tab} from '../../source/ui/status/page.ts';
import type {ScreenName} from '../../source/ui/wizard/state.ts';
import {screenTitles} from '../../source/ui/wizard/titles.ts';
import {keys, renderScreen} from '../helpers/render-screen.ts';
import {type Choice, Menu, menuSizes} from '../playground-menu.tsx';
import {frameOf} from './open.tsx';
import {type SceneName, scenes} from './scenes.ts';

/** One scene for each screen of the wizard, whichever way it is reached; the rollout and the status have titles of their own outside of it. */
const ofScreen: Readonly<Record<ScreenName, SceneName>> = {
  welcome: 'welcome',
  checks: 'checks',
  basics: 'basics',
  components: 'components',
  naming: 'naming',
  profiles: 'profiles',
  removal: 'removal',
  edited: 'edited',
  instances: 'instances',
  settings: 'settings',
  review: 'review',
  profile: 'profile',
  writing: 'writing',
  written: 'written',
  rollout: 'rollout',
  status: 'status',
};

test.each(Object.entries(ofScreen) as [ScreenName, SceneName][])('the screen %s is the scene %s', async (screen, scene) => {
  const title = screen === 'rollout' ? 'Rollout' : screenTitles[screen];
  expect((await frameOf(scene, 100, 30)).split('\n')[1]?.trimEnd()).toMatch(new RegExp(`^ +infra-wizard .*${title}$`));
});

/** A scene for each page of a service in the status. */
const ofTab: Readonly<Record<Tab, SceneName>> = {
  overview: 'service',
  logs: 'logs',
  health: 'service-health',
  environment: 'service-environment',
  networks: 'service-networks',
  mounts: 'service-mounts',
};

test.each(Object.entries(ofTab))('the page %s is the scene %s', async (tab, scene) => {
  expect(await frameOf(scene, 100, 30)).toMatch(new RegExp(`\\[\\d ${tab}\\]`, 'i'));
});

/** A scene in which each component is seen, and what of it is seen there. Files that only decide on keys or hold state belong to one that is seen. */
const ofComponent: Readonly<Record<string, readonly [scene: SceneName, seen: RegExp]>> = {
  'ask-line.ts': ['profile', /❯ Save as +default/],
  'body.tsx': ['components', /Core/],
  'deployed-rows.ts': ['welcome-deployed', /Deployed +infra-dev/],
  'error-panel.ts': ['writing-failed', /✖ The disk of .* is full\./],
  'form.ts': ['basics', /❯ Tier +● Minimal/],
  'frame.tsx': ['basics', /infra-wizard .*2\/5 Basics\n.*─{20}/],
  'help.tsx': ['help', /Keys and words of this screen\./],
  'key-hints.ts': ['welcome', /Enter continue/],
  'link-rows.ts': ['finished', /Login +https:/],
  list: ['components', /❯/],
  'missing-rows.ts': ['welcome-bare', /▲ Docker Engine is not installed\./],
  'multi-select': ['components', /◼ Login/],
  'progress-bar.ts': ['rollout', /━+─+/],
  'rows.tsx': ['welcome', /Host +vps-1/],
  'secret-line.ts': ['settings-secret', /hidden|generated/],
  select: ['failure', /❯ Try again/],
  'task-line.ts': ['rollout', /login-db +Starting/],
  'text-field': ['profile', /Save as +default/],
  viewport: ['help', /Everywhere/],
};

test('every component is seen in a scene', async () => {
  const folder = fileURLToPath(new URL('../../source/ui/components', import.meta.url));
  expect((await readdir(folder)).sort()).toEqual(Object.keys(ofComponent).sort());
  for (const [scene, seen] of Object.values(ofComponent)) expect(await frameOf(scene, 100, 30)).toMatch(seen);
});

const menu = (chosen: (Choice | undefined)[]) =>
  renderScreen(
    <KeyReader onInterrupt={() => undefined} onSuspend={() => undefined}>
      <Menu start={0} onChoice={choice => void chosen.push(choice)} />
    </KeyReader>,
    {columns: 80, rows: Object.keys(scenes).length + 10},
  );

test('the menu lists every scene', async () => {
  const screen = menu([]);
  const listed = (await screen.waitFor('Playground')).split('\n').map(line => line.replace('❯', ' ').trim());
  expect(listed).toEqual(expect.arrayContaining(Object.keys(scenes)));
  screen.close();
});

test.each<readonly [string, string, Choice | undefined]>([
  ['Enter opens it live', keys.enter, {name: 'welcome', place: 0, size: undefined}],
  [
    'left and right choose a size, even when all keys come at once',
    `j${keys.left}${keys.enter}`,
    {name: 'welcome-bare', place: 1, size: menuSizes.at(-1)},
  ],
  ['q leaves', 'q', undefined],
])('in the menu %s', async (_, pressed, expected) => {
  const chosen: (Choice | undefined)[] = [];
  const screen = menu(chosen);
  await screen.waitFor('Playground');
  await screen.press(...(pressed.match(/\u001b\[.|./gs) ?? []));
  await expect.poll(() => chosen).toEqual([expected]);
  screen.close();
});
