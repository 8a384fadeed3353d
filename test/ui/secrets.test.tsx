import {inspect} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formDetail, formRows} from '../../source/ui/components/form.ts';
import {type Key, pasteOf} from '../../source/ui/keys.ts';
import {clipLine, lineText, lineWidth} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {currentField, fieldsOf} from '../../source/ui/wizard/edit.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {frameOf, openView} from './open.tsx';
import {secretiveCatalogue as catalogue, twoSites} from './secretive.ts';
import {recordingServices} from './services.ts';

const word = 'Correct-Horse.42';
const begin = startWizard(catalogue, {answers: twoSites});
const settings: WizardState = {...begin, screen: {name: 'settings', from: 'components'}, keptSecrets: new Set(['login_cookie_key'])};

const at = (state: WizardState, id: string): WizardState => {
  const place = fieldsOf(state, catalogue).findIndex(field => field.key === id);
  return {...state, cursors: {...state.cursors, settings: place}};
};

const pressed = (state: WizardState, ...keys: readonly Key[]) =>
  keys.reduce((before, key) => {
    const action = wizardAction(key, before, catalogue, {page: 5, limit: 0});
    return action ? reduceWizard(before, action, catalogue) : before;
  }, state);

const text = (typed: string): readonly Key[] => [...typed].map(one => ({kind: 'text', text: one}));
const ctrl = (letter: string): Key => ({kind: 'ctrl', letter});
const named = (name: string) => ({kind: 'named', name}) as Key;

const {figures} = createTheme();
const shown = (state: WizardState, width = 80): string => {
  const fields = fieldsOf(state, catalogue);
  const {editing, reveal, cursors} = state;
  const {rows} = formRows({fields, cursor: cursors.settings, editing, reveal, width, figures});
  const lines = [...rows, ...formDetail(fields[cursors.settings], width)].map(row => clipLine(row, width));
  for (const row of lines) expect(lineWidth(row)).toBeLessThanOrEqual(width);
  return lines.map(lineText).join('\n');
};

const password = at(settings, 'secrets/gateway_password');

describe('a secret on the settings', () => {
  test('stands below the questions of its component, and what is made of others is not asked', () => {
    const rows = fieldsOf(settings, catalogue).map(({key, group, label, value}) => [key, group, label, value]);
    expect(rows.filter(([key]) => key?.startsWith('secrets/'))).toEqual([
      ['secrets/gateway_password', 'Gateway', 'Administrator password', 'generated when written'],
      ['secrets/login_cookie_key', 'Login', 'Cookie key', 'kept: secrets/login_cookie_key'],
      ['secrets/site_blog_db_password', 'Site blog', 'Db password', 'generated when written'],
      ['secrets/site_docs_db_password', 'Site docs', 'Db password', 'generated when written'],
    ]);
    expect(rows.map(([key]) => key).indexOf('secrets/gateway_password')).toBe(rows.map(([key]) => key).indexOf('gateway.https_port') + 1);
  });

  test('is dots while it is typed, is no answer, and is held apart', () => {
    const typed = pressed(password, ...text(word));
    expect([...typed.secrets]).toEqual([['gateway_password', word]]);
    expect(typed.answers).toEqual(twoSites);
    expect(shown(typed)).toContain('•'.repeat(word.length));
    expect(shown(typed)).not.toContain(word);
    expect(shown(pressed(typed, named('down')))).toContain('yours, hidden');
    expect([...pressed(typed, ctrl('u')).secrets]).toEqual([]);
  });

  test('is shown by Ctrl+R, hidden by the next one, and hidden by whatever leads away', () => {
    const revealed = pressed(password, ...text(word), ctrl('r'));
    expect(shown(revealed)).toContain(word);
    expect(shown(pressed(revealed, ctrl('r')))).not.toContain(word);
    for (const key of [named('down'), named('up'), named('tab'), named('escape'), {kind: 'text', text: '?'} as const]) {
      expect(pressed(revealed, key).reveal, JSON.stringify(key)).toBeUndefined();
    }
    expect(pressed(revealed, named('left')).reveal).toBeDefined();
  });

  test('is not scolded for being short while one types, and is refused when one goes on', () => {
    const short = pressed(password, ...text('Corr'));
    expect(shown(short)).toContain('Not complete yet. It must be 12 to 64 characters');
    const refused = pressed(short, named('enter'));
    expect([refused.screen.name, currentField(refused, catalogue)?.key]).toEqual(['settings', 'secrets/gateway_password']);
    const blank = pressed(password, ...text('Correct Horse'));
    expect(currentField(blank, catalogue)).toMatchObject({
      isUnfinished: false,
      problem: expect.stringContaining('letters, digits, - _ and .'),
    });
  });

  test('of a length that its reader insists on is refused in any other', () => {
    const fresh = at({...settings, keptSecrets: new Set()}, 'secrets/login_cookie_key');
    expect(currentField(pressed(fresh, ...text('A'.repeat(31))), catalogue)?.problem).toContain('exactly 32 characters');
    expect(currentField(pressed(fresh, ...text('A'.repeat(32))), catalogue)?.problem).toBeUndefined();
  });

  test('that has its file is not replaced from here, and its content is asked for when it shall be shown', () => {
    const kept = at(settings, 'secrets/login_cookie_key');
    expect([...pressed(kept, ...text(word)).secrets]).toEqual([]);
    expect(shown(kept, 120)).toContain('in the service itself first');
    const asked = pressed(kept, ctrl('r'));
    expect(asked.reveal).toEqual({id: 'login_cookie_key', content: {status: 'loading'}});
    const content = {status: 'ready', value: 'of-the-file\u001b]0;title\u0007'} as const;
    const arrived = reduceWizard(asked, {type: 'secret-revealed', id: 'login_cookie_key', content}, catalogue);
    expect(shown(arrived)).toContain('of-the-file');
    expect(shown(arrived)).not.toContain('title');
    const left = pressed(asked, named('up'));
    expect(reduceWizard(left, {type: 'secret-revealed', id: 'login_cookie_key', content}, catalogue).reveal).toBeUndefined();
  });

  test('can not be typed before it is known whether it is there', () => {
    expect([...pressed(at({...settings, keptSecrets: undefined}, 'secrets/gateway_password'), ...text(word)).secrets]).toEqual([]);
  });

  test('is handed over when the files are written, and to nothing else', async () => {
    const calls: unknown[] = [];
    const services = recordingServices(calls as never, {
      review: async answers => {
        calls.push(answers);
        throw new Error('enough');
      },
    });
    const screen = openView({kind: 'wizard', catalog: catalogue, services, answers: twoSites});
    await screen.waitFor('Compose');
    await screen.press('\r');
    await screen.waitFor('2/5');
    await screen.press('\r');
    await screen.waitFor('3/5');
    await screen.press('s');
    await screen.waitFor('❯ Subnet');
    await screen.press('\u001b[B', '\u001b[B');
    await screen.waitFor('❯ Administrator');
    await screen.press(word);
    await screen.waitFor('••••');
    await screen.press('\u001b');
    expect(await screen.waitFor('3/5 Components')).not.toContain(word);
    expect(inspect(calls, {depth: 20})).not.toContain(word);
    screen.close();
  });
});

describe('Tab on the settings', () => {
  const key = (state: WizardState) => currentField(state, catalogue)?.key;

  test('leads to what needs an answer, round and round', () => {
    const open = {...settings, answers: {...twoSites, settings: {}}};
    expect([key(pressed(open, named('tab'))), key(pressed(open, named('tab'), named('tab')))]).toEqual([
      'site.blog.image',
      'site.docs.image',
    ]);
    expect(key(pressed(open, named('shift-tab')))).toBe('site.docs.image');
    expect(key(pressed(open, named('tab'), named('tab'), named('tab')))).toBe('site.blog.image');
  });

  test('leads from component to component when nothing does', () => {
    const image = 'registry.example/docs:1';
    const closed = {...settings, answers: {...twoSites, settings: {...twoSites.settings, 'site.docs': {image}}}};
    const stops = [1, 2, 3, 4, 5].map(count => key(pressed(closed, ...Array<Key>(count).fill(named('tab')))));
    expect(stops).toEqual(['gateway.https_port', 'login.host', 'site.blog.image', 'site.docs.image', 'platform.proxy_subnet']);
  });
});

test('whatever is typed or pasted into any field throws nothing, widens no row and sends no control character to the terminal', () => {
  const keys = fc.array(
    fc.oneof(
      fc.string({unit: 'binary', maxLength: 30}).map(pasteOf),
      fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}).map((one): Key => ({kind: 'text', text: one})),
      fc.constantFrom(...'aeukwdr').map(ctrl),
      fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'up', 'down', 'tab').map(named),
      fc.constantFrom('日本語', '👩‍👩‍👧‍👦', 'e\u0301', '\u001b[2J', 'a\r\nb', '\u202e').map(pasteOf),
    ),
    {maxLength: 25},
  );
  const fields = fieldsOf(settings, catalogue);
  fc.assert(
    fc.property(keys, fc.nat(fields.length - 1), fc.integer({min: 20, max: 120}), (typed, place, width) => {
      const state = pressed({...settings, cursors: {...settings.cursors, settings: place}}, ...typed);
      expect(shown({...state, screen: settings.screen}, width)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }),
    {numRuns: 60},
  );
});

describe('the frames', () => {
  test('a secret that is typed at 100x30', async () => {
    expect(await frameOf('settings-secret', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                        3/5 Settings
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Settings of what was picked. 2 still need an answer; Tab leads to the next.

        Platform
          Subnet of proxy          172.30.0.0/24

        Gateway
          HTTPS port               443
        ❯ Administrator password   ••••

        Login
          Name of the sign-in      auth.infra.localhost
          Cookie key               kept: secrets/login_cookie_key

        Site blog
          Image                    registry.example/team/blog:1.4.2
          Name of the site         blog.example.com
          Db password              generated when written

          … 4 more ↓

        Not complete yet. It must be 12 to 64 characters: letters, digits, - _ and ., beginning with a
        letter; others get lost on the way through configuration files.
        Left empty, 24 characters are generated; they end up in secrets/gateway_password. A word of your
        own is written there and nowhere else: no profile and no overlay has it.


        Enter continue   Ctrl+R show   type one of your own   ↑↓ field   Esc back   Ctrl+C quit
      "
    `);
  });

  test('a secret that is typed at 60x15', async () => {
    expect(await frameOf('settings-secret', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                  3/5 Settings
       ──────────────────────────────────────────────────────────
       Settings of what was picked. 2 still need an answer; Tab
       leads to the next.
         … 3 more ↑
       Gateway
         HTTPS port               443
       ❯ Administrator password   ••••

       Login
         … 12 more ↓
       Not complete yet. It must be 12 to 64 characters: letters,
       digits, - _ and ., beginning with a letter; others get
       lost on the way through configuration files.
       Enter continue   Ctrl+R show   Esc back   Ctrl+C quit
      "
    `);
  });

  test('a secret that is shown at 60x15', async () => {
    expect(await frameOf('settings-revealed', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                  3/5 Settings
       ──────────────────────────────────────────────────────────
       Settings of what was picked. 2 still need an answer; Tab
       leads to the next.
         … 3 more ↑
       Gateway
         HTTPS port               443
       ❯ Administrator password   S3cret

       Login
         … 12 more ↓
       Not complete yet. It must be 12 to 64 characters: letters,
       digits, - _ and ., beginning with a letter; others get
       lost on the way through configuration files.
       Enter continue   Ctrl+R show   Esc back   Ctrl+C quit
      "
    `);
  });

  test('a secret that is there already at 100x30', async () => {
    expect(await frameOf('settings-kept', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                        3/5 Settings
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Settings of what was picked. One still needs an answer.

          … 2 more ↑

        Gateway
          HTTPS port               443
          Administrator password   generated when written

        Login
          Name of the sign-in      auth.infra.localhost
        ❯ Cookie key               kept: secrets/login_cookie_key

        Site blog
          Image                    registry.example/team/blog:1.4.2
          Name of the site         blog.example.com
          Db password              generated when written

        Site docs
          … 3 more ↓

        In secrets/login_cookie_key, not replaced from here: what runs took it at its first start.
        Ctrl+R shows it. To change it, change it in the service itself first, then in the file.




        Enter continue   Ctrl+R show   ↑↓ field   Esc back   Ctrl+C quit
      "
    `);
  });
});
