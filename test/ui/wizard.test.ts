import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/plan/answers.ts';
import type {HostFindings} from '../../source/plan/findings.ts';
import type {TextFieldAction} from '../../source/ui/components/text-field/text-field-state.ts';
import type {Key} from '../../source/ui/keys.ts';
import {lineText} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {currentField, fieldsOf} from '../../source/ui/wizard/edit.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import {shownRows} from '../../source/ui/wizard/pick.ts';
import {pickerRows} from '../../source/ui/wizard/picker.ts';
import {budgetAsides, hostRemark, sizeRemark, tierRemarks} from '../../source/ui/wizard/remark.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {answers, bareHost, blockedReview, fileOnlyReview, host, review} from './fixtures.ts';

const begin = startWizard(catalogue, {answers});

const play = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);

const forward: WizardAction = {type: 'forward'};
const back: WizardAction = {type: 'back'};
const next: WizardAction = {type: 'move', motion: 'next', page: 10, limit: 0};
const right: WizardAction = {type: 'change', by: 1};
const toggle: WizardAction = {type: 'toggle'};
const ready: WizardAction = {type: 'review-ready', request: 1, review: {status: 'ready', value: review}};

const typed = (text: string): WizardAction => ({type: 'edit', edit: {type: 'insert', text}});
const edited = (type: Exclude<TextFieldAction['type'], 'insert'>): WizardAction => ({type: 'edit', edit: {type}});

/** The picker with the cursor on a component. */
const onComponent = (state: WizardState, id: string): WizardState => ({
  ...state,
  cursors: {...state.cursors, components: pickerRows(catalogue, state.answers).findIndex(({component}) => component.id === id)},
});

const onField = (state: WizardState, key: string): WizardState => {
  const place = fieldsOf(state, catalogue).findIndex(field => field.key === key);
  return {...state, cursors: {...state.cursors, basics: place, settings: place}};
};

const basics = play(begin, forward);
const picker = play(basics, forward);
const marks = (state: WizardState) =>
  Object.fromEntries(pickerRows(catalogue, state.answers).map(({component, mark, note}) => [component.id, [mark, note]]));

describe('a component that is picked under names', () => {
  const asked = play(onComponent(picker, 'site'), toggle);
  const rows = (state: WizardState) => pickerRows(catalogue, state.answers).map(({component}) => component.id);

  test('asks for the name, adds it below its kind with the cursor on it, and is asked for settings of its own', () => {
    expect([picker.answers, asked.screen]).toEqual([asked.answers, {name: 'naming', base: 'site'}]);
    const added = play(asked, typed('blog'), forward);
    expect(added.screen.name).toBe('components');
    expect(added.answers.components).toEqual({...picker.answers.components, 'site.blog': 'standalone'});
    expect(rows(added)[added.cursors.components]).toBe('site.blog');
    const fields = fieldsOf({...added, screen: {name: 'settings', from: 'components'}}, catalogue);
    expect(fields.find(({key}) => key === 'site.blog.host')).toMatchObject({group: 'Site blog', value: 'blog.infra.localhost'});
  });

  test('can be added again under another name, and taken out alone', () => {
    const two = play(
      play(asked, typed('blog'), forward, {type: 'move', motion: 'previous', page: 10, limit: 0}),
      toggle,
      typed('shop'),
      forward,
    );
    expect(rows(two).filter(id => id.startsWith('site'))).toEqual(['site', 'site.blog', 'site.shop']);
    const one = play(onComponent(two, 'site.blog'), toggle);
    expect(rows(one).filter(id => id.startsWith('site'))).toEqual(['site', 'site.shop']);
  });

  test('says what is wrong with a name and keeps it, and Esc leads back without one', () => {
    const wrong = play(asked, typed('My Blog'), forward);
    expect([wrong.screen.name, wrong.naming.value, wrong.notice]).toEqual([
      'naming',
      'My Blog',
      'The name must be lower-case letters, digits and -, at most 24, beginning with a letter.',
    ]);
    const twice = play(onComponent(play(asked, typed('blog'), forward), 'site'), toggle, typed('blog'), forward);
    expect(twice.notice).toBe('There is one of this name already.');
    expect(play(asked, typed('blog'), back)).toMatchObject({screen: {name: 'components'}, answers: picker.answers});
  });

  test('is no variant to be changed', () => {
    expect(play(onComponent(picker, 'site'), right).answers).toBe(picker.answers);
  });
});

test('no question comes or goes while one types into another', () => {
  const added = play(onComponent(picker, 'site'), toggle, typed('blog'), forward);
  const asked = onField({...added, screen: {name: 'settings', from: 'components'}}, 'site.blog.host');
  const keysOf = (state: WizardState) => fieldsOf(state, catalogue).map(({key}) => key);
  for (const text of ['.', 'x', '.example', ' ']) expect(keysOf(play(asked, typed(text))), text).toEqual(keysOf(asked));
});

describe('from screen to screen', () => {
  test('Enter on the defaults leads to the rollout with five presses and no settings', () => {
    const states = [begin];
    const step = (...actions: readonly WizardAction[]) => states.push(play(states.at(-1) ?? begin, ...actions));
    step(forward);
    step(forward);
    step(forward, ready);
    step(forward);
    step(forward, {type: 'profile-saved'});
    expect(states.map(({screen}) => screen.name)).toEqual(['welcome', 'basics', 'components', 'review', 'profile', 'rollout']);
    expect(states.at(-1)?.answers).toEqual(answers);
  });

  test('what must be answered is asked before the review, and answered it is not asked again', () => {
    const asked = play(onComponent(picker, 'shop'), toggle, forward);
    expect([asked.screen, currentField(asked, catalogue)?.key]).toEqual([{name: 'settings', from: 'components'}, 'shop.title']);
    expect(play(asked, forward)).toMatchObject({screen: {name: 'settings'}, notice: 'Needs an answer, for example My shop.'});
    expect(play(asked, typed('店'), forward).screen.name).toBe('review');
  });

  test('a pick that lacks something keeps the picker open and says so', () => {
    const refused = play(onComponent(picker, 'dashboards'), toggle, forward);
    expect([refused.screen.name, refused.notice]).toEqual([
      'components',
      'Dashboards has nothing to work with. Pick at least one of metrics.',
    ]);
  });

  test('Esc leads back the way one came', () => {
    const settings = play(picker, {type: 'open-settings'});
    const fromReview = play(picker, forward, ready, {type: 'open-settings'});
    expect([
      play(basics, back).screen.name,
      play(picker, back).screen.name,
      play(settings, back).screen.name,
      play(picker, forward, back).screen.name,
      play(picker, forward, ready, forward, back).screen.name,
      play(fromReview, back).screen.name,
      play(begin, back).screen.name,
    ]).toEqual(['welcome', 'basics', 'components', 'components', 'review', 'review', 'welcome']);
  });

  test('without an engine the files are written and nothing is rolled out', () => {
    const written = play(
      picker,
      forward,
      {...ready, review: {status: 'ready', value: fileOnlyReview}},
      forward,
      forward,
      {type: 'profile-saved'},
      {type: 'written', paths: ['.env']},
    );
    expect(written.screen).toEqual({name: 'written', paths: ['.env']});
    expect(play(written, {type: 'quit'}).leaving).toEqual({
      exitCode: 0,
      summary: ['1 file written to /root/infra. Nothing was started.', 'Start the platform:', '  cd /root/infra && docker compose up -d'],
    });
  });

  test('a check that blocks is looked at again instead of rolling out', () => {
    const blocked = play(picker, forward, {...ready, review: {status: 'ready', value: blockedReview}});
    expect(play(blocked, forward)).toMatchObject({screen: {name: 'review'}, review: {status: 'loading'}, reviewRequest: 2});
    expect(play(blocked, {type: 'write-only'})).toMatchObject({screen: {name: 'profile'}, intent: 'write'});
  });

  test('nothing is confirmed while the plan is not on the screen', () => {
    expect(play(picker, forward, forward, forward).screen.name).toBe('review');
  });

  test('an old review is not taken for the newest', () => {
    const again = play(picker, forward, back, forward);
    expect(play(again, ready).review).toEqual({status: 'loading'});
    expect(play(again, {...ready, request: 2}).review.status).toBe('ready');
  });

  test('a name that can not be one is not taken, and without one nothing is saved', () => {
    const profile = play(picker, forward, ready, forward);
    expect(play(profile, typed('/../x'), forward)).toMatchObject({
      screen: {name: 'profile', saving: false},
      notice: 'The name must be lower-case letters, digits, - and _, at most 63, starting with a letter or digit.',
    });
    expect(play(profile, edited('delete-to-start'), forward).screen.name).toBe('rollout');
  });

  test('quitting changes nothing and says so; Ctrl+C ends with 130', () => {
    expect(play(picker, {type: 'quit'}).leaving).toEqual({exitCode: 0, summary: ['Nothing was changed.']});
    expect(play(picker, {type: 'interrupt'}).leaving).toEqual({exitCode: 130, summary: ['Nothing was changed.']});
  });
});

describe('answers', () => {
  test('a value equal to its default is not kept', () => {
    const domain = onField(basics, 'platform.domain');
    const changed = play(domain, edited('delete-to-start'), typed('example.com'));
    expect(changed.answers.settings).toEqual({platform: {domain: 'example.com'}});
    expect(play(changed, edited('delete-to-start'), typed('infra.localhost')).answers.settings).toEqual({});
  });

  test('an emptied field goes back to its default, and its text stays what was typed', () => {
    const emptied = play(onField(basics, 'platform.domain'), typed('x'), edited('delete-to-start'));
    expect([emptied.answers.settings, emptied.editing?.value, currentField(emptied, catalogue)?.value]).toEqual([
      {},
      '',
      'infra.localhost',
    ]);
  });

  test('what is typed is checked on the way out, with the cursor on it', () => {
    const refused = play(onField(basics, 'platform.domain'), typed(' !'), next, forward);
    expect([refused.screen.name, currentField(refused, catalogue)?.key]).toEqual(['basics', 'platform.domain']);
    expect(refused.notice).toBe(
      'Domain can not be "infra.localhost !". It must be a domain such as example.com or infra.localhost: letters, digits, - and dots.',
    );
  });

  test('a public domain offers another certificate and then asks for what it needs', () => {
    const publicDomain = play(onField(basics, 'platform.domain'), edited('delete-to-start'), typed('example.com'));
    const keysNow = fieldsOf(publicDomain, catalogue).map(({key, value}) => `${key}=${value}`);
    expect(keysNow).toEqual([
      'tier=minimal',
      'environment=dev',
      'strategy=incremental',
      'platform.domain=example.com',
      'gateway.tls=acme',
      'gateway.acme_email=',
    ]);
  });

  test('a tier brings its picks, and the operator finds theirs again on returning', () => {
    const own = play(onComponent(picker, 'builds'), toggle);
    const there = play(own, back, right);
    expect(Object.keys(there.answers.components)).toEqual(['gateway', 'login', 'sql', 'metrics', 'dashboards']);
    expect(Object.keys(play(there, right).answers.components)).toEqual(['gateway', 'login', 'builds']);
  });

  test('what a pick needs comes along with its reason, and leaves with it', () => {
    expect(marks(picker)).toEqual({
      gateway: ['platform', 'always'],
      login: ['picked', 'recommended'],
      'login-db': ['required', 'for Login'],
      builds: ['off', ''],
      shop: ['off', ''],
      site: ['add', 'Space adds one'],
      sql: ['off', ''],
      cache: ['off', ''],
      metrics: ['off', ''],
      dashboards: ['off', ''],
    });
    const without = play(onComponent(picker, 'login'), toggle);
    expect(marks(without)).not.toHaveProperty('login-db');
    expect(marks(play(onComponent(without, 'builds'), toggle)).login).toEqual(['off', 'goes well with Builds']);
  });

  test('what comes along can not be left out by itself, and the reason is said', () => {
    expect(play(onComponent(picker, 'login-db'), toggle)).toMatchObject({
      answers,
      notice: 'Login database is here for Login: leave that out and this goes too.',
    });
    expect(play(onComponent(picker, 'gateway'), toggle).notice).toBe('Gateway is part of every platform.');
  });

  test('another variant picks the component', () => {
    const cluster = play(onComponent(picker, 'sql'), right);
    expect(cluster.answers.components.sql).toBe('cluster');
    expect(play(cluster, right).answers.components.sql).toBe('standalone');
  });
});

test('saved answers that the catalogue does not know any more are left out and named', () => {
  const old: Answers = {
    ...answers,
    components: {...answers.components, gone: 'standalone'},
    settings: {platform: {proxy_subnet: '172.30.1.0/24', colour: 'red'}, gone: {port: '1'}, gateway: {https_port: '8443', old: 'x'}},
  };
  expect(startWizard(catalogue, {answers: old})).toMatchObject({
    answers: {...answers, settings: {platform: {proxy_subnet: '172.30.1.0/24'}, gateway: {https_port: '8443'}}},
    dropped: ['gone', 'platform.colour', 'gone.port', 'gateway.old'],
  });
});

test('a saved profile with a component that is not known is not used: what runs of it would go', () => {
  const profile = {
    version: 1,
    name: 'old',
    savedAt: '2026-03-01T12:30:00.000Z',
    answers: {...answers, components: {gone: 'standalone'}},
  } as const;
  const at = {...begin, saved: {...begin.saved, list: {status: 'ready', value: [profile]} as const}};
  const used = play(at, {type: 'profiles', action: {type: 'use'}});
  expect([used.answers, used.screen]).toEqual([at.answers, at.screen]);
  expect(used.saved.said).toMatch(/^old names gone, which this infra-wizard does not know.*--without gone$/);
});

describe('back and forward', () => {
  const action = fc.constantFrom<WizardAction>(
    forward,
    back,
    next,
    right,
    toggle,
    typed('a'),
    edited('delete-backward'),
    {type: 'open-settings'},
    {type: 'open-row'},
    {type: 'toggle-phase'},
    {type: 'jump-phase', number: 3},
    {type: 'start-filter'},
    {type: 'keep-filter'},
    ready,
  );
  const travel = fc.array(fc.constantFrom<WizardAction>(back, {type: 'forward'}, ready, {type: 'toggle-help'}), {maxLength: 12});

  test('never lose or change an answer', () => {
    fc.assert(
      fc.property(fc.array(action, {maxLength: 40}), travel, (actions, way) => {
        const state = play(begin, ...actions);
        expect(play(state, ...way).answers).toEqual(state.answers);
      }),
    );
  });

  test('whatever is pressed, the cursor is on a question or a component that exists', () => {
    fc.assert(
      fc.property(fc.array(action, {maxLength: 40}), actions => {
        const state = play(begin, ...actions);
        const rows = shownRows(state, catalogue);
        if (state.screen.name === 'components') expect(rows.length === 0 || rows[state.cursors.components] !== undefined).toBe(true);
        if (state.screen.name === 'basics') expect(currentField(state, catalogue)).toBeDefined();
      }),
    );
  });
});

describe('keys', () => {
  const text = (character: string): Key => ({kind: 'text', text: character});
  const context = {page: 10, limit: 5};
  const meaning = (key: Key, state: WizardState) => wizardAction(key, state, catalogue, context);

  test('letters are text in a field that is typed, and keys elsewhere', () => {
    const domain = onField(basics, 'platform.domain');
    expect([meaning(text('q'), domain), meaning(text('j'), domain)]).toEqual([typed('q'), typed('j')]);
    expect([meaning(text('q'), basics), meaning(text('j'), basics)]).toEqual([{type: 'quit'}, {...next, ...context}]);
  });

  test('a question mark opens the help unless the answer is free text', () => {
    const shop: Answers = {...answers, components: {...answers.components, shop: 'standalone'}};
    const title = onField(play({...picker, answers: shop}, {type: 'open-settings'}), 'shop.title');
    expect([meaning(text('?'), onField(basics, 'platform.domain')), meaning(text('?'), title)]).toEqual([
      {type: 'toggle-help'},
      typed('?'),
    ]);
  });

  test('number keys decide nothing; in the picker they lead to a phase', () => {
    expect([basics, picker, begin].map(state => meaning(text('2'), state))).toEqual([
      undefined,
      {type: 'jump-phase', number: 2},
      undefined,
    ]);
  });

  test('Ctrl+C leaves from everywhere but the rollout and the status, which answer it themselves', () => {
    const ctrlC: Key = {kind: 'ctrl', letter: 'c'};
    const screens = [begin, basics, picker, {...picker, help: true}, {...picker, screen: {name: 'rollout'} as const}];
    expect(screens.map(state => meaning(ctrlC, state)?.type)).toEqual(['interrupt', 'interrupt', 'interrupt', 'interrupt', undefined]);
  });
});

test('a host that is smaller than the tier is said, one that is hardly smaller is not', () => {
  expect(hostRemark(catalogue, answers, {status: 'ready', value: host})).toBeUndefined();
  expect(hostRemark(catalogue, answers, {status: 'ready', value: bareHost})).toBe(
    'This host has less than the tier asks for: 2 of 4 CPUs, 3.8 GiB of 8 GiB memory.',
  );
});

test('says of every tier whether the host fits, and what is left to say of one that is too small for any', () => {
  const {figures} = createTheme();
  const remarks = (found: HostFindings) => tierRemarks(catalogue, {status: 'ready', value: found}, 60, figures).map(lineText);
  expect(remarks(host)).toEqual(['✔ Minimal fits this host', '▲ Standard: this host has 4 of 8 CPUs, 7.6 GiB of 16 GiB', '  memory']);
  expect([host, bareHost].map(found => sizeRemark(catalogue, {status: 'ready', value: found}))).toEqual([
    {fits: true, text: 'fits Minimal'},
    {fits: false, text: 'small for every tier; Minimal will be tight: 2 of 4 CPUs, 3.8 GiB of 8 GiB memory'},
  ]);
  expect([tierRemarks(catalogue, {status: 'loading'}, 60, figures), sizeRemark(catalogue, {status: 'loading'})]).toEqual([[], undefined]);
});

test('what is picked against what the host has is said in shorter words where there is less room', () => {
  const asides = (used: number, have: number | undefined) =>
    budgetAsides({memory: {used, have}, cpus: {used: 4.25, have: 2}}).map(aside => [lineText(aside), aside[0]?.tone]);
  const gibibyte = 2 ** 30;
  expect(asides(2.8 * gibibyte, 7.6 * gibibyte)).toEqual([
    ['2.8 of 7.6 GiB memory, CPU limits 4.25 on 2', 'muted'],
    ['2.8 of 7.6 GiB memory', 'muted'],
    ['2.8 of 7.6 GiB', 'muted'],
  ]);
  expect(asides(512 * 2 ** 20, 0.4 * gibibyte).at(-1)).toEqual(['512 of 410 MiB', 'warning']);
  expect(asides(512 * 2 ** 20, 4 * gibibyte).at(-1)).toEqual(['512 MiB of 4 GiB', 'muted']);
  expect(asides(2.8 * gibibyte, undefined)).toEqual([['2.8 GiB memory', 'muted']]);
  expect(asides(0, 4 * gibibyte)).toEqual([]);
});
