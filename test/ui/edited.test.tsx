import {describe, expect, test} from 'vitest';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {editedReview} from './deployed.ts';
import {answers} from './fixtures.ts';
import {frameOf} from './open.tsx';

describe('an edited file', () => {
  test('is shown with its difference and the choices at 100x30', async () => {
    expect(await frameOf('edited', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                     4/5 Edited file
        ────────────────────────────────────────────────────────────────────────────────────────────────

        You edited this file, and what would be written changed too. Choose what happens.

        11-docker-compose.Infra.dev.yml  (1 of 2)

        @@ -4,7 +4,6 @@
         services:
           gateway:
        -    image: registry.example/gateway:1.0
        +    image: registry.example/gateway:1.1
             restart: unless-stopped
        -    init: true
             networks: [proxy]

        ❯ Keep mine: my change moves to the 90- overlay
          Take the new: mine goes to .infra-wizard/generations
          Stop: back to the plan, nothing is written










        Enter take the choice   ↑↓ choose   PgUp PgDn scroll   Esc back   ? help   q quit
      "
    `);
  });

  test('is shown with its difference and the choices at 60x15', async () => {
    expect(await frameOf('edited', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                               4/5 Edited file
       ──────────────────────────────────────────────────────────
       You edited this file, and what would be written changed
       too. Choose what happens.
       11-docker-compose.Infra.dev.yml  (1 of 2)
       @@ -4,7 +4,6 @@
        services:
          gateway:
       -    image: registry.example/gateway:1.0
       +    image: registry.example/gateway:1.1
         … 3 more ↓
       ❯ Keep mine: my change moves to the 90- overlay
         Take the new: mine goes to .infra-wizard/generations
         Stop: back to the plan, nothing is written
       Enter take the choice   Esc back   ? help   q quit
      "
    `);
  });

  test('that can not be kept says why at 100x30', async () => {
    expect(await frameOf('edited-lost', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                     4/5 Edited file
        ────────────────────────────────────────────────────────────────────────────────────────────────

        You edited this file, and what would be written changed too. Choose what happens.

        12-docker-compose.Infra.dev.storage.yml  (2 of 2)

        Your change can not be kept: services.store.ports was removed, and an overlay can only add and
        change.

        @@ -7,6 +7,7 @@
           store:
             image: registry.example/store:1.0
        +    ports: ["9000:9000"]

          Take the new: mine goes to .infra-wizard/generations
        ❯ Stop: back to the plan, nothing is written












        Enter take the choice   ↑↓ choose   PgUp PgDn scroll   Esc back   ? help   q quit
      "
    `);
  });

  test('that can not be kept says why at 60x15', async () => {
    expect(await frameOf('edited-lost', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                               4/5 Edited file
       ──────────────────────────────────────────────────────────
       You edited this file, and what would be written changed
       too. Choose what happens.
       12-docker-compose.Infra.dev.storage.yml  (2 of 2)
       Your change can not be kept: services.store.ports was
       removed, and an overlay can only add and change.

       @@ -7,6 +7,7 @@
          store:
            image: registry.example/store:1.0
       +    ports: ["9000:9000"]
         Take the new: mine goes to .infra-wizard/generations
       ❯ Stop: back to the plan, nothing is written
       Enter take the choice   Esc back   ? help   q quit
      "
    `);
  });
});

const act = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);
const forward: WizardAction = {type: 'forward'};
const choose: WizardAction = {type: 'choose-edited'};
const down: WizardAction = {type: 'move', motion: 'next', page: 5, limit: 3};
const [first, second] = ['11-docker-compose.Infra.dev.yml', '12-docker-compose.Infra.dev.storage.yml'];

const asked = (() => {
  const state = act(startWizard(catalogue, {answers}), forward, forward, forward);
  const ready: WizardAction = {type: 'review-ready', request: state.reviewRequest, review: {status: 'ready', value: editedReview}};
  return act(state, ready, forward);
})();

describe('what becomes of edited files', () => {
  test('is asked one file after the other, before anything is written', () => {
    expect(asked.screen).toEqual({name: 'edited', path: first, cursor: 0});
    const next = act(asked, choose);
    expect(next.screen).toEqual({name: 'edited', path: second, cursor: 1});
    const done = act(next, {type: 'move', motion: 'previous', page: 5, limit: 3}, choose);
    expect([done.screen.name, done.edited]).toEqual(['profile', {[first]: 'keep', [second]: 'take'}]);
  });

  test('stays open where Enter alone would lose a change: that stops', () => {
    const stopped = act(asked, choose, choose);
    expect([stopped.screen.name, stopped.edited]).toEqual(['review', {}]);
  });

  test('is asked again from the start when one comes back to the plan', () => {
    const back = act(asked, choose, {type: 'back'});
    expect(back.screen.name).toBe('review');
    expect(act(back, forward)).toMatchObject({screen: {name: 'edited', path: first}, edited: {}});
  });

  test('is asked before files alone are written, too', () => {
    expect(act(asked, {type: 'back'}, {type: 'write-only'}).screen).toMatchObject({name: 'edited', path: first});
  });

  test('is chosen with the arrows, and the difference is scrolled by pages', () => {
    const moved = act(asked, down, down, down);
    expect(moved.screen).toMatchObject({cursor: 2});
    const scrolled = act(asked, {type: 'move', motion: 'page-down', page: 2, limit: 3});
    expect([scrolled.screen, scrolled.cursors.edited]).toEqual([asked.screen, 2]);
  });

  test('Enter takes the choice, Esc goes back', () => {
    const action = (name: 'enter' | 'escape') => wizardAction({kind: 'named', name}, asked, catalogue, {page: 5, limit: 3});
    expect([action('enter'), action('escape')]).toEqual([choose, {type: 'back'}]);
  });
});
