import {describe, expect, test} from 'vitest';
import type {Key} from '../../source/ui/keys.ts';
import {fieldsOf} from '../../source/ui/wizard/edit.ts';
import {instanceRows} from '../../source/ui/wizard/instances.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {frameOf} from './open.tsx';
import {secretiveCatalogue as catalogue, twoSites} from './secretive.ts';

const key = (name: string): Key => (name.length === 1 ? {kind: 'text', text: name} : ({kind: 'named', name} as Key));

const press = (state: WizardState, ...names: readonly string[]) =>
  names.reduce((before, name) => {
    const action = wizardAction(key(name), before, catalogue, {page: 5, limit: 0});
    return action ? reduceWizard(before, action, catalogue) : before;
  }, state);

const begin: WizardState = {...startWizard(catalogue, {answers: twoSites}), keptSecrets: new Set(), screen: {name: 'components'}};
const rowOf = (id: string) => [...catalogue.components.keys()].indexOf(id);
const list = press({...begin, cursors: {...begin.cursors, components: rowOf('site')}}, 'right');
const sites = (state: WizardState) => Object.keys(state.answers.components).filter(id => id.startsWith('site'));

describe('the list of applications', () => {
  test('says of each what runs, where it answers, and what it lacks', () => {
    expect(list.screen).toEqual({name: 'instances', base: 'site'});
    expect(instanceRows(catalogue, list.answers, 'site')).toEqual([
      {id: 'site.blog', name: 'blog', image: 'registry.example/team/blog:1.4.2', host: 'blog.example.com', missing: []},
      {id: 'site.docs', name: 'docs', image: undefined, host: 'docs.infra.localhost', missing: ['Image']},
    ]);
  });

  test('Enter and e open the settings at what is missing, and both ways out lead back to the list', () => {
    const settings = press(list, 'j', 'e');
    expect(settings.screen).toEqual({name: 'settings', from: 'components', only: 'site.docs', list: 'site'});
    expect(fieldsOf(settings, catalogue)[settings.cursors.settings]?.key).toBe('site.docs.image');
    expect(press(settings, 'escape')).toMatchObject({screen: {name: 'instances', base: 'site'}, cursors: {instances: 1}});
    const answered = press(settings, ...'registry.example/docs:2', 'enter');
    expect(answered.screen).toEqual({name: 'instances', base: 'site'});
    expect(answered.answers.settings['site.docs']).toEqual({image: 'registry.example/docs:2'});
    expect(press(list, 'enter').screen).toMatchObject({name: 'settings', only: 'site.blog'});
  });

  test.each(['n', '+'])('%s adds one and puts the cursor on it', name => {
    const added = press(list, name, ...'wiki', 'enter');
    expect([added.screen, added.cursors.instances, sites(added)]).toEqual([
      {name: 'instances', base: 'site'},
      2,
      ['site.blog', 'site.docs', 'site.wiki'],
    ]);
    expect(press(list, name, 'escape').screen).toEqual({name: 'instances', base: 'site'});
  });

  test.each(['x', 'delete'])('%s removes one with its settings, after y and nothing else', name => {
    const asked = press(list, name);
    expect(asked.screen).toEqual({name: 'instances', base: 'site', removing: 'site.blog'});
    for (const other of ['n', 'escape', 'enter', 'q', 'x']) {
      expect(press(asked, other), other).toMatchObject({screen: {name: 'instances', base: 'site'}, answers: twoSites, leaving: undefined});
    }
    const gone = press(asked, 'y');
    expect([gone.screen, sites(gone), gone.answers.settings]).toEqual([{name: 'instances', base: 'site'}, ['site.docs'], {}]);
  });

  test('r gives another name, in the same place, with settings and typed secrets', () => {
    const typed = {
      ...list,
      secrets: new Map([
        ['site_blog_db_password', 'SomeSecretWord'],
        ['gateway_password', 'AnotherSecret'],
      ]),
    };
    const renamed = press(typed, 'r', ...Array(4).fill('backspace'), ...'news', 'enter');
    expect([sites(renamed), renamed.answers.settings]).toEqual([['site.news', 'site.docs'], {'site.news': twoSites.settings['site.blog']}]);
    expect([...renamed.secrets]).toEqual([
      ['site_news_db_password', 'SomeSecretWord'],
      ['gateway_password', 'AnotherSecret'],
    ]);
  });

  test('a name that is taken or none changes nothing and says so, and the same name is no change', () => {
    const naming = press(list, 'r', ...Array(4).fill('backspace'));
    expect(press(naming, ...'docs', 'enter')).toMatchObject({answers: twoSites, notice: 'There is one of this name already.'});
    expect(press(naming, 'N', 'enter').notice).toContain('The name must be lower-case letters');
    expect(press(list, 'r', 'enter')).toMatchObject({screen: {name: 'instances', base: 'site'}, answers: twoSites});
    expect(press(list, 'r', 'escape')).toMatchObject({screen: {name: 'instances', base: 'site'}, cursors: {instances: 0}});
  });

  test('Esc leads back to the picks, and with nothing on it Enter adds the first', () => {
    expect(press(list, 'escape').screen).toEqual({name: 'components'});
    const empty = press(list, 'x', 'y', 'x', 'y');
    expect(sites(empty)).toEqual([]);
    expect(press(empty, 'enter').screen).toEqual({name: 'naming', base: 'site', list: true});
    expect(press(empty, 'x').screen).toEqual({name: 'naming', base: 'site', list: true});
  });

  test('shows them at 100x30', async () => {
    expect(await frameOf('instances', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Site: each is one of its own, with its own settings. Esc goes back to the picks.

        ❯ blog  blog.example.com      registry.example/team/blog:1.4.2
        ▲ docs  docs.infra.localhost  needs Image

        registry.example/team/blog:1.4.2, answers at blog.example.com




















        Enter settings   n add   r rename   x remove   Esc back   ? help   q quit
      "
    `);
  });

  test('shows them at 60x15', async () => {
    expect(await frameOf('instances', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       Site: each is one of its own, with its own settings. Esc
       goes back to the picks.
       ❯ blog  blog.example.com      registry.example/team/blog:…
       ▲ docs  docs.infra.localhost  needs Image
       registry.example/team/blog:1.4.2, answers at
       blog.example.com






       Enter settings   n add   Esc back   ? help   q quit
      "
    `);
  });

  test('asks before one is removed at 60x15', async () => {
    expect(await frameOf('instances-removing', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       Site: each is one of its own, with its own settings. Esc
       goes back to the picks.
       ❯ blog  blog.example.com      registry.example/team/blog:…
       ▲ docs  docs.infra.localhost  needs Image
       Remove blog and its settings from the answers? If it is
       deployed, the review says what that removes there; volumes
       are kept. y removes, n keeps.





       y remove it   n keep it   Ctrl+C quit
      "
    `);
  });

  test('says what another name means for what is deployed at 100x30', async () => {
    expect(await frameOf('renaming', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Site: another name for site.blog. Its settings stay.

        ❯ Name   blog

        Becomes part of the names of its services, volumes and secrets: lower-case letters, digits and
        -, at most 24, beginning with a letter. Services and volumes of what is deployed keep the old
        name: under the new one it is a new application that starts empty.



















        Enter rename it   Esc back   Ctrl+C quit
      "
    `);
  });
});
