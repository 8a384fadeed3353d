import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/plan/answers.ts';
import type {Finding} from '../../source/plan/findings.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {keys} from '../helpers/render-screen.ts';
import {catalogue} from './catalogue.ts';
import {checked} from './checked.ts';
import {answers, midway, review} from './fixtures.ts';
import {frameOf, openView} from './open.tsx';
import {wizard} from './scenes.ts';
import {recordingServices, standing} from './services.ts';

describe('the checks screen', () => {
  test('lists what stands in the way first, and says what to do about it at 100x30', async () => {
    expect(await frameOf('checks', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          1/5 Checks
        ────────────────────────────────────────────────────────────────────────────────────────────────

        3 checks forbid a rollout, 1 warning, 2 passed.

        ❯ ✖ D49  Ports are free             443/tcp for gateway is taken by nginx (process 812)
          ✖ D46  Room for files             only 4 % of the inodes are free at /var/lib/docker: no more…
          ✖ D71  No other run is under way  The workspace is in use: infra-wizard up of house-dev (proc…
          ▲ D13  Clock                      No time service runs: certificates, tokens and clusters fai…
          ✔ D21  Docker Engine answers      Docker Engine 29.1.0 on vps-1
          ✔ D41  Processors                 4 processors, and Small is made for 4

        443/tcp for gateway is taken by nginx (process 812)
        Enter takes over gateway.https_port=8443.
          → If it is not needed, stop it: sudo systemctl stop nginx.service
          → Or take port 8443, which is free: --set gateway.https_port=8443













        Enter take over   ↑↓ move   i ignore   Esc back   r again   ? help   q quit
      "
    `);
  });

  test('lists what stands in the way first, and says what to do about it at 60x15', async () => {
    expect(await frameOf('checks', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    1/5 Checks
       ──────────────────────────────────────────────────────────
       3 checks forbid a rollout, 1 warning, 2 passed.
       ❯ ✖ D49  Ports are free  443/tcp for gateway is taken by…
         ✖ D46  Room for files  only 4 % of the inodes are free…
         ✖ D71  No other run is under way  The workspace is in u…
         ▲ D13  Clock  No time service runs: certificates, token…
         ✔ D21  Docker Engine answers  Docker Engine 29.1.0 on v…
         ✔ D41  Processors  4 processors, and Small is made for 4
       443/tcp for gateway is taken by nginx (process 812)
       Enter takes over gateway.https_port=8443.
         → If it is not needed, stop it: sudo systemctl stop
           nginx.service
         … → shows all of it
       Enter take over   ↑↓ move   Esc back   ? help   q quit
      "
    `);
  });

  test('asks before it ignores anything at 100x30', async () => {
    expect(await frameOf('checks-ignore', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          1/5 Checks
        ────────────────────────────────────────────────────────────────────────────────────────────────

        3 checks forbid a rollout, 1 warning, 2 passed.

        ❯ ✖ D49  Ports are free             443/tcp for gateway is taken by nginx (process 812)
          ✖ D46  Room for files             only 4 % of the inodes are free at /var/lib/docker: no more…
          ✖ D71  No other run is under way  The workspace is in use: infra-wizard up of house-dev (proc…
          ▲ D13  Clock                      No time service runs: certificates, tokens and clusters fai…
          ✔ D21  Docker Engine answers      Docker Engine 29.1.0 on vps-1
          ✔ D41  Processors                 4 processors, and Small is made for 4

        Ignore D49 for this run? A rollout goes on in spite of it, and the journal says so.
          y ignore it   n leave it as it is















        y ignore it   Esc leave it as it is
      "
    `);
  });

  test('asks before it ignores anything at 60x15', async () => {
    expect(await frameOf('checks-ignore', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    1/5 Checks
       ──────────────────────────────────────────────────────────
       3 checks forbid a rollout, 1 warning, 2 passed.
       ❯ ✖ D49  Ports are free  443/tcp for gateway is taken by…
         ✖ D46  Room for files  only 4 % of the inodes are free…
         ✖ D71  No other run is under way  The workspace is in u…
         ▲ D13  Clock  No time service runs: certificates, token…
         ✔ D21  Docker Engine answers  Docker Engine 29.1.0 on v…
         ✔ D41  Processors  4 processors, and Small is made for 4
       Ignore D49 for this run? A rollout goes on in spite of it,
       and the journal says so.
         y ignore it   n leave it as it is


       y ignore it   Esc leave it as it is
      "
    `);
  });

  test('shows one finding whole at 100x30', async () => {
    expect(await frameOf('checks-finding', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          1/5 Checks
        ────────────────────────────────────────────────────────────────────────────────────────────────

        3 checks forbid a rollout, 1 warning, 2 passed.

        D49  Ports are free
        443/tcp for gateway is taken by nginx (process 812)
        Enter takes over gateway.https_port=8443.
          → If it is not needed, stop it: sudo systemctl stop nginx.service
          → Or take port 8443, which is free: --set gateway.https_port=8443



















        Enter take over   ↑↓ scroll   i ignore   Esc back   r again   ? help   q quit
      "
    `);
  });

  test('shows one finding whole at 60x15', async () => {
    expect(await frameOf('checks-finding', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    1/5 Checks
       ──────────────────────────────────────────────────────────
       3 checks forbid a rollout, 1 warning, 2 passed.
       D49  Ports are free
       443/tcp for gateway is taken by nginx (process 812)
       Enter takes over gateway.https_port=8443.
         → If it is not needed, stop it: sudo systemctl stop
           nginx.service
         → Or take port 8443, which is free: --set
           gateway.https_port=8443




       Enter take over   ↑↓ scroll   Esc back   ? help   q quit
      "
    `);
  });

  test('says that it is checking, and what went wrong when it can not', async () => {
    let fail: (error: Error) => void = () => undefined;
    const check = () => new Promise<never>((_, reject) => (fail = reject));
    const {UserError} = await import('../../source/errors.ts');
    const screen = openView(wizard(recordingServices([], {check})), {columns: 80, rows: 24});
    await screen.waitFor('Compose');
    await screen.press('c');
    await screen.waitFor('Checking this host');
    fail(new UserError('The answers do not fit.', {next: ['Correct them.']}));
    await screen.waitFor('The answers do not fit.');
    screen.close();
  });
});

test('Enter takes over a free port as an answer, says so, and checks again with it; what is ignored reaches the rollout', async () => {
  const asked: (readonly [Answers, readonly string[]])[] = [];
  const check = async (given: Answers, ignored: readonly string[]): Promise<readonly Finding[]> => {
    asked.push([given, ignored]);
    return given.settings.gateway?.https_port === '8443' ? checked.filter(({id}) => id !== 'D49') : checked;
  };
  const told: (readonly [what: string, ignored: readonly string[], removed?: readonly string[]])[] = [];
  const services = recordingServices([], {
    check,
    review: async (_, ignored) => {
      told.push(['review', ignored]);
      return review;
    },
    rollout: ({ignored, removed, signal}) => {
      told.push(['rollout', ignored, removed]);
      return standing(midway, signal);
    },
  });
  const screen = openView(wizard(services), {columns: 100, rows: 30});
  await screen.waitFor('Compose');
  await screen.press('c');
  await screen.waitFor('Enter takes over gateway.https_port=8443.');
  await screen.press(keys.enter);
  await screen.waitFor('Taken over as an answer: --set gateway.https_port=8443');
  await screen.waitFor('2 checks forbid a rollout');
  await screen.press('i');
  await screen.waitFor('Ignore D46 for this run?');
  await screen.press('y');
  await screen.waitFor('D46 is a warning for this run');
  await screen.press('r');
  await screen.waitFor('Room for files');
  expect(asked.map(([given, ignored]) => [given.settings, ignored])).toEqual([
    [{}, []],
    [{gateway: {https_port: '8443'}}, []],
    [{gateway: {https_port: '8443'}}, ['D46']],
  ]);
  await screen.press(keys.escape);
  for (const text of ['1/5 Welcome', '2/5', '3/5', 'Enter roll out', 'Save as']) {
    await screen.waitFor(text);
    await screen.press(keys.enter);
  }
  await screen.waitFor('5/5 Rollout');
  expect(told).toEqual([
    ['review', ['D46']],
    ['rollout', ['D46'], []],
  ]);
  screen.close();
});

const play = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);

const opened = play(
  startWizard(catalogue, {answers}),
  {type: 'open-checks'},
  {type: 'checks-ready', request: 1, checks: {status: 'ready', value: checked}},
);
const onRow = (row: number): WizardState => ({...opened, cursors: {...opened.cursors, checks: row}});

test('findings of an old request are not taken for the newest', () => {
  const again = play(opened, {type: 'check-again'});
  const late = play(again, {type: 'checks-ready', request: 1, checks: {status: 'ready', value: []}});
  expect([again.checksRequest, late.checks]).toEqual([2, {status: 'loading'}]);
});

test('a repeated check waits for the one under way', () => {
  const again = play(opened, {type: 'check-again'});
  expect(play(again, {type: 'check-again'})).toEqual(again);
});

test('only what forbids a rollout can be ignored, and not what nothing works without', () => {
  const notices = [2, 3, 4].map(row => play(onRow(row), {type: 'ask-ignore'})).map(({screen, notice}) => [screen, notice]);
  expect(notices).toEqual([
    [{name: 'checks'}, 'This can not be ignored: without it nothing can be rolled out.'],
    [{name: 'checks'}, 'Only what forbids a rollout can be ignored.'],
    [{name: 'checks'}, 'Only what forbids a rollout can be ignored.'],
  ]);
});

test('Esc at the question ignores nothing and stays, a second one leads back', () => {
  const asked = play(opened, {type: 'ask-ignore'});
  const refused = play(asked, {type: 'back'});
  expect([asked.screen, refused.screen, refused.ignored, play(refused, {type: 'back'}).screen]).toEqual([
    {name: 'checks', confirming: 'D49'},
    {name: 'checks'},
    [],
    {name: 'welcome'},
  ]);
});

test('Enter on a finding without an offer opens and closes it, and changes no answer', () => {
  const read = play(onRow(1), {type: 'forward'});
  const scrolled = play(read, {type: 'move', motion: 'last', page: 5, limit: 3});
  const closed = play(scrolled, {type: 'forward'});
  expect([read.screen, scrolled.screen, closed.screen, closed.answers === opened.answers, closed.cursors.checks]).toEqual([
    {name: 'checks', reading: 0},
    {name: 'checks', reading: 3},
    {name: 'checks'},
    true,
    1,
  ]);
  expect(play(read, {type: 'back'}).screen).toEqual({name: 'checks'});
});
