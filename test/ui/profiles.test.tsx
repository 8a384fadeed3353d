import {describe, expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import type {ProfileChanged} from '../../source/ui/services.ts';
import {keys, type RenderedScreen} from '../helpers/render-screen.ts';
import * as recorded from './fixtures.ts';
import {frameOf, openView} from './open.tsx';
import {withProfiles} from './profiles.ts';
import {wizard} from './scenes.ts';
import type {Calls} from './services.ts';

describe('the screen of saved profiles', () => {
  test('shows what tells the profiles apart at 100x30', async () => {
    expect(await frameOf('profiles', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                            Profiles
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Saved answers. Enter starts from those of the profile under the cursor.

        ❯ blog                      2026-02-11 12:30  dev   minimal   infra.localhost      2 picked
          from-elsewhere-with-a-l…  2026-03-01 12:30  prod  standard  elsewhere.localhost  2 picked
          later                     newer version (9)
          shop                      2026-04-30 12:30  prod  standard  shop.example.com     2 picked

        infra.localhost: Gateway (standalone), Login (standalone)


















        Enter use   Esc back   ? help   r rename   c copy   x remove   e export   i import   q quit
      "
    `);
  });

  test('shows what tells the profiles apart at 60x15', async () => {
    expect(await frameOf('profiles', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                      Profiles
       ──────────────────────────────────────────────────────────
       Saved answers. Enter starts from those of the profile
       under the cursor.
       ❯ blog              2026-02-11  dev   minimal   2 picked
         from-elsewhere-…  2026-03-01  prod  standard  2 picked
         later             newer version (9)
         shop              2026-04-30  prod  standard  2 picked
       infra.localhost: Gateway (standalone), Login (standalone)





       Enter use   Esc back   ? help   r rename   c copy   q quit
      "
    `);
  });

  test('asks for a new name at 100x30', async () => {
    expect(await frameOf('profiles-rename', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                            Profiles
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Saved answers. Enter starts from those of the profile under the cursor.

        ❯ blog                      2026-02-11 12:30  dev   minimal   infra.localhost      2 picked
          from-elsewhere-with-a-l…  2026-03-01 12:30  prod  standard  elsewhere.localhost  2 picked
          later                     newer version (9)
          shop                      2026-04-30 12:30  prod  standard  shop.example.com     2 picked

        ❯ New name   blog


















        Enter do it   Esc leave it   Ctrl+C quit
      "
    `);
  });

  test('asks for a new name at 60x15', async () => {
    expect(await frameOf('profiles-rename', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                      Profiles
       ──────────────────────────────────────────────────────────
       Saved answers. Enter starts from those of the profile
       under the cursor.
       ❯ blog              2026-02-11  dev   minimal   2 picked
         from-elsewhere-…  2026-03-01  prod  standard  2 picked
         later             newer version (9)
         shop              2026-04-30  prod  standard  2 picked
       ❯ New name   blog





       Enter do it   Esc leave it   Ctrl+C quit
      "
    `);
  });

  test('asks before one is removed at 100x30', async () => {
    expect(await frameOf('profiles-remove', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                            Profiles
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Saved answers. Enter starts from those of the profile under the cursor.

        ❯ blog                      2026-02-11 12:30  dev   minimal   infra.localhost      2 picked
          from-elsewhere-with-a-l…  2026-03-01 12:30  prod  standard  elsewhere.localhost  2 picked
          later                     newer version (9)
          shop                      2026-04-30 12:30  prod  standard  shop.example.com     2 picked

        Remove blog, saved on 2026-02-11 12:30 UTC?
        y does it; any other key leaves everything as it is.

















        y do it   Esc leave it   Ctrl+C quit
      "
    `);
  });

  test('asks before one is removed at 60x15', async () => {
    expect(await frameOf('profiles-remove', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                      Profiles
       ──────────────────────────────────────────────────────────
       Saved answers. Enter starts from those of the profile
       under the cursor.
       ❯ blog              2026-02-11  dev   minimal   2 picked
         from-elsewhere-…  2026-03-01  prod  standard  2 picked
         later             newer version (9)
         shop              2026-04-30  prod  standard  2 picked
       Remove blog, saved on 2026-02-11 12:30 UTC?
       y does it; any other key leaves everything as it is.




       y do it   Esc leave it   Ctrl+C quit
      "
    `);
  });

  test('says how profiles come to be at 100x30', async () => {
    expect(await frameOf('profiles-empty', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                            Profiles
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Saved answers. Enter starts from those of the profile under the cursor.

        No profiles are saved yet. The wizard offers to save one before every rollout; i imports one
        from a file.






















        Esc back   i import   ? help   q quit
      "
    `);
  });

  test('says how profiles come to be at 60x15', async () => {
    expect(await frameOf('profiles-empty', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                      Profiles
       ──────────────────────────────────────────────────────────
       Saved answers. Enter starts from those of the profile
       under the cursor.
       No profiles are saved yet. The wizard offers to save one
       before every rollout; i imports one from a file.








       Esc back   i import   ? help   q quit
      "
    `);
  });
});

/** Each text is waited for, then the key is pressed. */
const walk = async (screen: RenderedScreen, way: readonly (readonly [text: string, key: string])[]) => {
  for (const [text, key] of way) {
    await screen.waitFor(text);
    await screen.press(key);
  }
};

const open = async (...answers: (ProfileChanged | Error)[]) => {
  const calls: Calls = [];
  const screen = openView(wizard(withProfiles(calls, answers)));
  await walk(screen, [['Compose', 'p']]);
  await screen.waitFor('❯ blog');
  return {screen, calls, changes: () => calls.filter(([name]) => name === 'change').map(([, change]) => change)};
};

const typed = async (screen: RenderedScreen, text: string) => {
  await screen.press('\u0015');
  for (const letter of text) await screen.press(letter);
};

const exists: ProfileChanged = {kind: 'exists', question: 'There is one already. Replace it?'};

describe('on the screen of saved profiles', () => {
  test('Enter starts from the answers of one, and says what is left out of them', async () => {
    const {screen, calls} = await open();
    await walk(screen, [
      ['❯ blog', 'j'],
      ['❯ from-else', keys.enter],
    ]);
    await screen.waitFor('These are the answers of from-elsewhere-with-a-long-name, saved on 2026-03-01 12:30 UTC.');
    await screen.waitFor('Left out of the saved answers, because this version does not know them: gateway.colour.');
    await walk(screen, [
      ['1/5', keys.enter],
      ['2/5', keys.enter],
      ['3/5', keys.enter],
    ]);
    await screen.waitFor('Checks of this host');
    expect(calls).toEqual([
      [
        'review',
        {
          ...recorded.answers,
          tier: 'standard',
          environment: 'prod',
          components: {gateway: 'standalone', sql: 'cluster'},
          settings: {platform: {domain: 'elsewhere.localhost'}},
        },
      ],
    ]);
    await screen.press(keys.enter);
    await screen.waitFor('from-elsewhere-with-a-long-name');
    await screen.waitFor(/This replaces the one saved on 2026-03-01 12:30 UTC, with what this version does not know:\s+gateway\.colour\./);
    screen.close();
  });

  test('one of a newer version is neither used, renamed, exported nor removed', async () => {
    const {screen, changes} = await open();
    await walk(screen, [
      ['❯ blog', 'j'],
      ['❯ from', 'j'],
      ['❯ later', keys.enter],
    ]);
    for (const key of ['r', 'c', 'e', 'x', keys.enter]) {
      await screen.waitFor('later was saved by a newer infra-wizard: npx infra-wizard@latest can use it. It stays as it is.');
      await screen.press(key);
    }
    await screen.waitFor('later was saved by a newer');
    expect(changes()).toEqual([]);
    screen.close();
  });

  test.each([
    ['renames', 'r', 'New name', 'rename'],
    ['copies', 'c', 'Name of the copy', 'copy'],
  ])('%s under a name that is typed', async (_, key, label, kind) => {
    const {screen, changes} = await open({kind: 'done', said: 'Done so.'});
    await screen.press(key);
    await screen.waitFor(label);
    await typed(screen, 'jqx');
    await screen.press(keys.enter);
    await screen.waitFor('Done so.');
    expect(changes()).toEqual([{kind, from: 'blog', to: 'jqx', replace: false}]);
    screen.close();
  });

  test('Esc leaves a line that is typed, and an unchanged name changes nothing', async () => {
    const {screen, changes} = await open();
    await walk(screen, [
      ['❯ blog', 'r'],
      ['New name', keys.escape],
      ['Login (standalone)', 'r'],
      ['New name', keys.enter],
    ]);
    await screen.waitFor('Enter use');
    expect(changes()).toEqual([]);
    screen.close();
  });

  test('what is in the way is replaced after a yes, and only then', async () => {
    const {screen, changes} = await open(exists, exists);
    await walk(screen, [
      ['❯ blog', 'e'],
      ['Replace it?', 'n'],
      ['Enter use', 'e'],
      ['Replace it?', 'y'],
    ]);
    await screen.waitFor('It is done.');
    const change = {kind: 'export', name: 'blog', replace: false};
    expect(changes()).toEqual([change, change, {...change, replace: true}]);
    screen.close();
  });

  test.each([
    ['x', 'n'],
    ['x', keys.escape],
    ['x', keys.enter],
    ['x', 'q'],
    ['x', 'x'],
    ['\u001b[3~', 'n'],
  ])('%j asks before it removes, and %j is a no', async (key, no) => {
    const {screen, changes} = await open();
    await screen.press(key);
    await screen.waitFor('Remove blog, saved on 2026-02-11 12:30 UTC?');
    await screen.press(no);
    await screen.waitFor('Enter use');
    expect(changes()).toEqual([]);
    screen.close();
  });

  test('a yes removes', async () => {
    const {screen, changes} = await open({kind: 'done', said: 'blog is removed.'});
    await walk(screen, [
      ['❯ blog', 'x'],
      ['Remove blog', 'y'],
    ]);
    await screen.waitFor('blog is removed.');
    expect(changes()).toEqual([{kind: 'remove', name: 'blog'}]);
    screen.close();
  });

  test('a path is typed to import from, and what is wrong is said below it', async () => {
    const wrong = new UserError('The profile x.yml can not be read.', {why: 'It is not a file.', next: ['Check the path.']});
    const {screen, changes} = await open(wrong);
    await screen.press('i');
    await screen.waitFor('File to import');
    await typed(screen, 'x.yml');
    await screen.press(keys.enter);
    await screen.waitFor('→ Check the path.');
    await typed(screen, '~/y.yml');
    await screen.press(keys.enter);
    await screen.waitFor('It is done.');
    expect(changes()).toEqual([
      {kind: 'import', path: 'x.yml', replace: false},
      {kind: 'import', path: '~/y.yml', replace: false},
    ]);
    screen.close();
  });

  test('profiles that can not be read are explained in place of the list', async () => {
    const services = withProfiles();
    const refusal = new UserError('The saved profiles can not be read', {why: 'profiles.json:3: bad', next: ['Correct this line.']});
    const screen = openView(wizard({...services, profiles: {...services.profiles, list: () => Promise.reject(refusal)}}));
    await walk(screen, [
      ['Compose', 'p'],
      ['→ Correct this line.', keys.escape],
    ]);
    await screen.waitFor('1/5 Welcome');
    screen.close();
  });
});

describe('the screen that saves', () => {
  test('says which profile it would replace, and asks once', async () => {
    const {screen, calls} = await open();
    await walk(screen, [
      ['❯ blog', keys.escape],
      ['1/5', keys.enter],
      ['2/5', keys.enter],
      ['3/5', keys.enter],
      ['Checks of this host', keys.enter],
    ]);
    await screen.waitFor('Save as');
    await typed(screen, 'later');
    await screen.waitFor('later was saved by a newer infra-wizard');
    await screen.press(keys.enter);
    await screen.waitFor('Choose another name.');
    await typed(screen, 'shop');
    await screen.waitFor('This replaces the one saved on 2026-04-30 12:30 UTC.');
    await screen.press(keys.enter);
    await screen.waitFor('Enter again replaces it; another name keeps both.');
    expect(calls.filter(([name]) => name === 'saveProfile')).toEqual([]);
    await screen.press(keys.enter);
    await screen.waitFor('5/5');
    expect(calls.filter(([name]) => name === 'saveProfile')).toEqual([['saveProfile', 'shop', recorded.answers]]);
    screen.close();
  });
});
