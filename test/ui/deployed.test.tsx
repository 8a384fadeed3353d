import {describe, expect, test} from 'vitest';
import type {Key} from '../../source/ui/keys.ts';
import {deployedHere} from '../../source/ui/wizard/deployed.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import {pickerRows} from '../../source/ui/wizard/picker.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {deployedAnswers, hostBefore, removalReview} from './deployed.ts';
import {answers, review} from './fixtures.ts';
import {frameOf} from './open.tsx';

describe('coming back:', () => {
  test('the welcome screen says what is deployed at 100x30', async () => {
    expect(await frameOf('welcome-deployed', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                         1/5 Welcome
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Sets up a Docker platform here. Nothing changes before you see the plan.

        ✔ Host        vps-1
        ✔ System      Debian GNU/Linux 12 (bookworm)
        ✔ Hardware    4 CPUs, 7.6 GiB memory, 86 GB disk free
        ✔ Docker      29.1.0, containerd image store
        ✔ Compose     2.40.3
        ✔ Size        fits Minimal

        ✔ Deployed    infra-dev: 3 of 4 components
          Phases      Core complete, Authentication complete, Data not yet
          Last        written 2026-11-20 09:00 UTC, rolled out 2026-11-20 09:01 UTC














        Enter continue   p profiles   c checks   ? help   q quit   ↑↓ scroll
      "
    `);
  });

  test('the welcome screen says what is deployed at 60x15', async () => {
    expect(await frameOf('welcome-deployed', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                   1/5 Welcome
       ──────────────────────────────────────────────────────────
       Sets up a Docker platform here. Nothing changes before you
       see the plan.
       ✔ Host        vps-1
       ✔ System      Debian GNU/Linux 12 (bookworm)
       ✔ Hardware    4 CPUs, 7.6 GiB memory, 86 GB disk free
       ✔ Docker      29.1.0, containerd image store
       ✔ Compose     2.40.3
       ✔ Size        fits Minimal

       ✔ Deployed    infra-dev: 3 of 4 components
         Phases      Core complete, Authentication complete, Data
         … 3 more ↓
       Enter continue   p profiles   c checks   ? help   q quit
      "
    `);
  });

  test('the picker marks what is deployed and starts at the next phase at 100x30', async () => {
    expect(await frameOf('components-deployed', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Deployed: Core, Authentication. Next: Applications, which has nothing yet.

        1 Core  Everything else is reached through it.
          ◆ Gateway          The reverse proxy: takes in all web traffic and encrypts it        deployed

        2 Authentication  Has to answer before applications start.
          ◼ Login            Single sign-on for everything else                                 deployed
          ◆ Login database   PostgreSQL of the sign-in alone                         for Login, deployed

        3 Applications  They need the proxy and the sign-in.
        ❯ ◻ Builds           Runs pipelines: build, test, deploy
          ◻ Shop             日本語の店: an application of your own
          + Site             Pages of your own                                            Space adds one

        4 Data  Databases and caches for applications.
          ◼ SQL              One instance · Relational database
          ◻ Cache            Key-value store in memory

        5 Observability  Comes last, so that it finds everything.
          ◻ Metrics          Collects numbers over time
          ◻ Dashboards       Draws what metrics and logs collect

        Runs pipelines: build, test, deploy.
        +0 B, leaves 7.6 GiB. Goes well with Login. MIT


        Enter continue   Space pick   ? help   / filter   → settings   Esc back   v variant   q quit
      "
    `);
  });

  test('the picker marks what is deployed and starts at the next phase at 60x15', async () => {
    expect(await frameOf('components-deployed', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       Deployed: Core, Authentication. Next: Applications, which
       has nothing yet.
         … 3 more ↑
         ◼ Login            Single sign-on for everyth…  deployed
         ◆ Login database   PostgreSQL of t…  for Login, deployed
       3 Applications  They need the proxy and the sign-in.
       ❯ ◻ Builds           Runs pipelines: build, test, deploy
         ◻ Shop             日本語の店: an application of your o…
         + Site             Pages of your own      Space adds one
         … 6 more ↓
       Runs pipelines: build, test, deploy.
       +0 B, leaves 7.6 GiB. Goes well with Login. MIT
       Enter continue   Space pick   ? help   Esc back   q quit
      "
    `);
  });

  test('the picker says what leaving something out removes at 100x30', async () => {
    expect(await frameOf('components-unpicked', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Deployed: Core, Authentication. Next: Applications, which has nothing yet.

        1 Core  Everything else is reached through it.
          ◆ Gateway      The reverse proxy: takes in all web traffic and encrypts it            deployed

        2 Authentication  Has to answer before applications start.
        ❯ ◻ Login        Single sign-on for everything else                              will be removed

        3 Applications  They need the proxy and the sign-in.
          ◻ Builds       Runs pipelines: build, test, deploy
          ◻ Shop         日本語の店: an application of your own
          + Site         Pages of your own                                                Space adds one

        4 Data  Databases and caches for applications.
          ◼ SQL          One instance · Relational database
          ◻ Cache        Key-value store in memory

        5 Observability  Comes last, so that it finds everything.
          ◻ Metrics      Collects numbers over time
          ◻ Dashboards   Draws what metrics and logs collect

        Login, Login database are deployed and will be removed; the data stays in
        infra-dev_login-db-data. Login database goes too.
        +0 B, leaves 7.6 GiB. Needs Login database. Apache-2.0


        Enter continue   Space pick   ? help   / filter   → settings   Esc back   v variant   q quit
      "
    `);
  });

  test('the picker says what leaving something out removes at 60x15', async () => {
    expect(await frameOf('components-unpicked', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       Deployed: Core, Authentication. Next: Applications, which
       has nothing yet.
       1 Core  Everything else is reached through it.
         ◆ Gateway      The reverse proxy: takes in al…  deployed
       2 Authentication  Has to answer before applications start.
       ❯ ◻ Login        Single sign-on for ever…  will be removed
       3 Applications  They need the proxy and the sign-in.
         ◻ Builds       Runs pipelines: build, test, deploy
         ◻ Shop         日本語の店: an application of your own
         … 7 more ↓
       Login, Login database are deployed and will be removed;
       the data stays in infra-dev_login-db-data. Login database
       Enter continue   Space pick   ? help   Esc back   q quit
      "
    `);
  });

  test('what is removed and what is kept is asked about at 100x30', async () => {
    expect(await frameOf('removal', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                         4/5 Removal
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is deployed and no longer selected. Shall it be removed? [y/N]

        Stopped and removed
          ✖ sql-exporter
          ✖ sql  before anything new is started
          ✖ infra-dev_dbnet  a network that nothing uses

        Kept
          ✔ infra-dev_sql-data  its data

        The data can be deleted later:
          docker volume rm infra-dev_sql-data














        y remove it   n back to the plan   ↑↓ scroll   ? help   q quit
      "
    `);
  });

  test('what is removed and what is kept is asked about at 60x15', async () => {
    expect(await frameOf('removal', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                   4/5 Removal
       ──────────────────────────────────────────────────────────
       This is deployed and no longer selected. Shall it be
       removed? [y/N]
       Stopped and removed
         ✖ sql-exporter
         ✖ sql  before anything new is started
         ✖ infra-dev_dbnet  a network that nothing uses

       Kept
         ✔ infra-dev_sql-data  its data

       The data can be deleted later:
         docker volume rm infra-dev_sql-data
       y remove it   n back to the plan   ? help   q quit
      "
    `);
  });
});

const act = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);

const forward: WizardAction = {type: 'forward'};
const found: WizardAction = {type: 'host-found', host: {status: 'ready', value: hostBefore}};
const back = act(startWizard(catalogue, {answers: deployedAnswers}), found);

const reviewed = (state: WizardState, value = removalReview) =>
  act(state, {type: 'review-ready', request: state.reviewRequest, review: {status: 'ready', value}});

describe('what is deployed', () => {
  test('marks rows and moves the cursor only while the same project is asked about', () => {
    const other: WizardState = {...back, answers: {...back.answers, environment: 'prod'}};
    expect([deployedHere(catalogue, back)?.project, deployedHere(catalogue, other)]).toEqual(['infra-dev', undefined]);
    expect([act(back, forward, forward).cursors.components, act(other, forward, forward).cursors.components]).toEqual([3, 0]);
  });

  test('does not move a cursor that was moved before', () => {
    const moved = act(back, forward, forward, {type: 'move', motion: 'next', page: 10, limit: 0});
    expect(act(moved, {type: 'back'}, forward).cursors.components).toBe(4);
  });

  test('is said to be removed when it is left out, and not when it is picked again', () => {
    const picker = act(back, forward, forward);
    const atLogin = {...picker, cursors: {...picker.cursors, components: 1}};
    const without = act(atLogin, {type: 'toggle'});
    expect(without.notice).toBe(
      'Login, Login database are deployed and will be removed; the data stays in infra-dev_login-db-data. Login database goes too.',
    );
    expect(act(without, {type: 'toggle'}).notice).toBe('Comes along: Login database, for Login.');
  });

  test('of what was never deployed nothing is said', () => {
    const picker = act(back, forward, forward);
    const [row] = pickerRows(catalogue, picker.answers).flatMap(({component}, index) => (component.id === 'sql' ? [index] : []));
    expect(act({...picker, cursors: {...picker.cursors, components: row ?? 0}}, {type: 'toggle'}).notice).toBeUndefined();
  });
});

describe('the question before a removal', () => {
  const atReview = (value = removalReview) => reviewed(act(startWizard(catalogue, {answers}), forward, forward, forward), value);

  test('comes between the review and the first change', () => {
    expect(act(atReview(), forward).screen).toEqual({name: 'removal'});
    expect(act(atReview(), forward, {type: 'confirm-removal'}).screen).toEqual({name: 'profile', saving: false});
  });

  test('is not asked when nothing is removed, or when only files are written', () => {
    expect(act(atReview(review), forward).screen.name).toBe('profile');
    expect(act(atReview(), {type: 'write-only'}).screen.name).toBe('profile');
  });

  test.each<[Key, string | undefined]>([
    [{kind: 'text', text: 'y'}, 'profile'],
    [{kind: 'text', text: 'n'}, 'review'],
    [{kind: 'named', name: 'enter'}, 'review'],
    [{kind: 'named', name: 'escape'}, 'review'],
    [{kind: 'text', text: ' '}, undefined],
    [{kind: 'paste', text: 'y'}, undefined],
  ])('%o leads to %s', (key, screen) => {
    const asked = act(atReview(), forward);
    const action = wizardAction(key, asked, catalogue, {page: 10, limit: 0});
    expect(action && act(asked, action).screen.name).toBe(screen);
  });

  test('nothing else gets past it', () => {
    expect(act(atReview(), {type: 'confirm-removal'}).screen.name).toBe('review');
    expect(act(atReview(), forward, forward).screen.name).toBe('removal');
  });
});
