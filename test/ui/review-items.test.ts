import {describe, expect, test} from 'vitest';
import {type Origin, originName} from '../../source/plan/origin.ts';
import type {Review} from '../../source/ui/services.ts';
import {lineText, lineWidth} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {fieldsOf} from '../../source/ui/wizard/edit.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import {pickerRows} from '../../source/ui/wizard/picker.ts';
import {type ReviewItem, reviewItems} from '../../source/ui/wizard/review-items.ts';
import {drawItems, pageFrom} from '../../source/ui/wizard/review-lines.ts';
import {itemsOf} from '../../source/ui/wizard/review-moves.ts';
import {planText} from '../../source/ui/wizard/review-summary.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {answers, blockedReview, review} from './fixtures.ts';
import {longReview, removalReview} from './reviews.ts';

const {figures} = createTheme();
const everything = ['basics', 'kept/core', 'kept/authentication', 'files', 'diff/.env', 'images', 'memory', 'checks'];

const textOf = ({cells}: ReviewItem) => cells.map(({text}) => text).join(' ');
const found = (of: Review, text: string): ReviewItem => {
  const item = reviewItems(of, everything).find(one => textOf(one).includes(text));
  if (!item) throw new Error(`No item says "${text}".`);
  return item;
};

const whole: Review = {
  ...review,
  notices: review.notices.map(notice => ({...notice, origin: {kind: 'setting', component: 'gateway', input: 'tls'}})),
  hostNetwork: [{service: 'probe', origin: {kind: 'component', component: 'metrics'}}],
  files: [...review.files, {path: 'config/login/same.conf', state: 'same', origin: {kind: 'component', component: 'login'}}],
  findings: [
    {
      id: 'D36',
      title: 'Subnets',
      level: 'blocking',
      what: 'taken',
      next: ['Take another'],
      origin: {kind: 'setting', component: 'platform', input: 'proxy_subnet'},
    },
    {id: 'D42', title: 'Memory', level: 'ok', what: 'enough', next: [], origin: {kind: 'basics', field: 'tier'}},
  ],
};

describe('where a line of the review was decided', () => {
  test.each<[string, string | undefined]>([
    ['1  Summary', undefined],
    ['3 services to create', 'picks'],
    ['About 288 MB', 'picks'],
    ['Services may use', 'tier'],
    ['Checks of this host: 1 forbids', 'platform.proxy_subnet'],
    ['Subnets: taken', 'platform.proxy_subnet'],
    ['Minimal, Development', 'tier'],
    ['Environment Development', 'environment'],
    ['Rollout Phase by phase', 'strategy'],
    ['Domain infra.localhost', 'platform.domain'],
    ['Phase 1 of 2', undefined],
    ['pull registry.example/gateway:1.0', 'gateway'],
    ['create login-db', 'login-db'],
    ['new 11-docker-compose', 'gateway'],
    ['changes .env', 'settings'],
    ['+HTTPS_PORT=443', 'settings'],
    ['config/login/same.conf', 'login'],
    ['Project infra-dev', 'environment'],
    ['80/tcp from everywhere gateway', 'gateway'],
    ['443/tcp from everywhere gateway', 'gateway.https_port'],
    ['probe shares the network', 'metrics'],
    ['Docker lets published ports', undefined],
    ['Login https://auth', 'login.host'],
    ['registry.example/login:1.0 about 240 MB', 'login'],
    ['login-db 512 MiB', 'login-db'],
    ['D36 Subnets', 'platform.proxy_subnet'],
    ['Take another', 'platform.proxy_subnet'],
    ['D42 Memory', 'tier'],
    ['Browsers warn', 'gateway.tls'],
  ])('%s: %s', (text, name) => {
    const {origin} = found(whole, text);
    expect(origin && originName(origin)).toBe(name);
  });
});

const play = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);

const reviewed = (value: Review): WizardState =>
  play(
    startWizard(catalogue, {answers}),
    {type: 'forward'},
    {type: 'forward'},
    {type: 'forward'},
    {type: 'review-ready', request: 1, review: {status: 'ready', value}},
  );

/** As if typed. */
const press = (state: WizardState, keys: string): WizardState =>
  keys.split('').reduce((before, text) => {
    const action = wizardAction({kind: 'text', text}, before, catalogue, {page: 5, limit: 0});
    return action ? reduceWizard(before, action, catalogue) : before;
  }, state);

const here = (state: WizardState): string => {
  const item = itemsOf(state)[state.cursors.review];
  return item ? textOf(item) : '';
};

/** The review with the cursor on the line that says so. */
const onLine = (state: WizardState, text: string): WizardState => {
  const place = itemsOf(state).findIndex(item => textOf(item).includes(text));
  expect(place).toBeGreaterThanOrEqual(0);
  return {...state, cursors: {...state.cursors, review: place}};
};

/** What is under the cursor of a form, or of the picker. */
const asked = (state: WizardState): string | undefined => {
  const {screen, cursors} = state;
  if (screen.name === 'components') return pickerRows(catalogue, state.answers)[cursors.components]?.component.id;
  return screen.name === 'basics' || screen.name === 'settings' ? fieldsOf(state, catalogue)[cursors[screen.name]]?.key : undefined;
};

describe('e', () => {
  const at = (origin: Origin) => reviewed({...review, ports: [{address: undefined, port: 99, protocol: 'tcp', service: 'x', origin}]});

  test.each<[string, Origin, string, string]>([
    ['the tier', {kind: 'basics', field: 'tier'}, 'basics', 'tier'],
    ['the environment', {kind: 'basics', field: 'environment'}, 'basics', 'environment'],
    ['a setting of the first form', {kind: 'setting', component: 'platform', input: 'domain'}, 'basics', 'platform.domain'],
    ['a setting of the second form', {kind: 'setting', component: 'gateway', input: 'https_port'}, 'settings', 'gateway.https_port'],
    ['a subnet', {kind: 'setting', component: 'platform', input: 'proxy_subnet'}, 'settings', 'platform.proxy_subnet'],
    ['a setting that is not asked', {kind: 'setting', component: 'gateway', input: 'gone'}, 'components', 'gateway'],
    ['all settings', {kind: 'settings'}, 'settings', 'platform.proxy_subnet'],
    ['the picks', {kind: 'picks'}, 'components', 'gateway'],
    ['a component', {kind: 'component', component: 'login'}, 'components', 'login'],
    ['a component that comes with another', {kind: 'component', component: 'login-db'}, 'components', 'login-db'],
  ])('leads to %s, and Esc and Enter back to the line', (_, origin, screen, key) => {
    const before = onLine(at(origin), '99/tcp');
    const there = press(before, 'e');
    expect([there.screen, asked(there)]).toEqual([{name: screen, from: 'review'}, key]);
    for (const type of ['back', 'forward'] as const) {
      const again = play(there, {type});
      expect(again).toMatchObject({screen: {name: 'review'}, review: {status: 'loading'}, reviewRequest: 2, answers: before.answers});
      const ready = play(again, {type: 'review-ready', request: 2, review: before.review});
      expect(here(ready)).toContain('99/tcp');
    }
  });

  test('an answer that is changed there is in the next review, and one that is wrong keeps the way closed', () => {
    const there = press(onLine(reviewed(review), '443/tcp'), 'e');
    const changed = play(
      there,
      {type: 'edit', edit: {type: 'delete-to-start'}},
      {type: 'edit', edit: {type: 'insert', text: '8443'}},
      {type: 'forward'},
    );
    expect([changed.screen, changed.answers.settings]).toEqual([{name: 'review'}, {gateway: {https_port: '8443'}}]);
    const wrong = play(there, {type: 'edit', edit: {type: 'insert', text: '0000'}}, {type: 'forward'});
    expect(wrong.screen).toEqual({name: 'settings', from: 'review'});
  });

  test('another tier whose picks miss something leads to the picker, which says so', () => {
    const there = press(onLine(reviewed(review), 'Services may use'), 'e');
    const broken = {...there, answers: {...there.answers, components: {dashboards: 'standalone'}}};
    const after = play(broken, {type: 'forward'});
    expect(after.screen).toEqual({name: 'components', from: 'review'});
    expect(after.notice).toMatch(/metrics|Metrics/);
  });

  test('on a line that no answer decides says so and stays', () => {
    const state = press(onLine(reviewed(review), 'Phase 1 of 2'), 'e');
    expect([state.screen.name, state.notice]).toEqual(['review', 'No answer decides this line.']);
  });
});

describe('moving in the review', () => {
  test('digits lead to the sections, and one that is not there nowhere', () => {
    const state = reviewed(review);
    expect('12345678'.split('').map(digit => here(press(state, digit)))).toEqual([
      '1  Summary',
      '2  Plan',
      '3  Files in /root/infra',
      '4  Ports that will be open',
      '5  Addresses that will answer',
      '6  Download and memory',
      '7  Checks of this host',
      '8  Good to know',
    ]);
    expect(here(press(state, '39'))).toBe('3  Files in /root/infra');
  });

  test('g and G lead to both ends', () => {
    const state = press(reviewed(review), 'G');
    expect([here(state), here(press(state, 'g'))]).toEqual([review.notices[0]?.text, '1  Summary']);
  });

  test('a page leaves no line unseen', () => {
    const drawn = drawItems(reviewItems(longReview, everything), 40, figures);
    for (const cursor of drawn.starts.keys()) {
      const next = cursor + pageFrom(drawn, cursor, 8);
      expect(next).toBeGreaterThan(cursor);
      const [from = 0, to = 0] = [drawn.starts[cursor], drawn.starts[next]];
      if (next - cursor > 1) expect(to - from).toBeLessThanOrEqual(8);
    }
  });
});

describe('what is folded', () => {
  test('opens under its head, and closes from inside of it', () => {
    const state = onLine(reviewed(longReview), '20 services left alone');
    const open = play(state, {type: 'open-item'});
    expect(itemsOf(open).length - itemsOf(state).length).toBe(20);
    expect(here(press(open, 'j'))).toBe('keep gateway-1 runs as its overlay says');
    const closed = play(press(open, 'jjj'), {type: 'close-item'});
    expect([closed.opened, here(closed)]).toEqual([[], '20 services left alone']);
    expect(press(press(state, ' '), ' ').opened).toEqual([]);
  });

  test('opening what does not open changes nothing', () => {
    const state = onLine(reviewed(review), 'Phase 1 of 2');
    expect([play(state, {type: 'open-item'}), play(state, {type: 'close-item'})]).toEqual([state, state]);
  });

  test('one file shows its own difference only, d those of all, and d again none', () => {
    const one = play(onLine(reviewed(longReview), '11-docker-compose'), {type: 'open-item'});
    expect(one.opened).toEqual(['diff/11-docker-compose.Infra.dev.yml']);
    const all = press(one, 'd');
    expect(all.opened).toHaveLength(2);
    expect([press(all, 'd').opened, here(press(all, 'd'))]).toEqual([[], here(one)]);
  });

  test('d leaves the cursor on what it is on, or on the file whose difference it was in', () => {
    const state = press(onLine(reviewed(longReview), '98 files'), 'd');
    expect(here(state)).toBe('98 files left alone');
    expect(here(press(onLine(state, '+blue'), 'd'))).toBe('yours, differs config/login/theme.css');
  });

  test('what was open is open when the plan was made again', () => {
    const state = press(reviewed(longReview), 'd');
    const again = play(state, {type: 'check-again'}, {type: 'review-ready', request: 2, review: {status: 'ready', value: longReview}});
    expect(itemsOf(again).some(item => textOf(item) === '+blue')).toBe(true);
  });
});

test('what is not selected leads to the picks', () => {
  expect([found(removalReview, 'remove shop').origin, found(removalReview, 'leave scratch').origin]).toEqual([
    {kind: 'picks'},
    {kind: 'picks'},
  ]);
});

describe('the summary', () => {
  test.each([
    ['3 services to create, 3 images to pull, 2 files to write.', review],
    ['1 service to recreate, 1 image to pull, 43 services left alone.', longReview],
    ['1 to remove, 1 service to recreate, 1 image to pull, 44 services left alone.', removalReview],
  ])('%s', (text, {plan}) => {
    expect(planText(plan)).toBe(text);
  });

  test('nothing to do', () => {
    expect(planText({...longReview.plan, phases: longReview.plan.phases.slice(0, 1)})).toBe('Nothing to do: everything is as selected.');
  });

  test('files that go are counted as files, those that stay are not, and neither is marked as lost', () => {
    const fileStep = (op: 'remove' | 'leave', resource: string) => ({id: `${op}/${resource}`, op, resource, cause: 'why', dependsOn: []});
    const going = [fileStep('remove', 'config/gateway/a'), fileStep('remove', 'config/gateway/b'), fileStep('leave', 'config/shop/')];
    const phases = longReview.plan.phases.slice(0, 1);
    const plan = {...longReview.plan, phases, files: going};
    expect(planText(plan)).toBe('2 files to remove, 20 services left alone.');
    const files = going.slice(0, 2).map(({resource}) => ({path: resource, state: 'unneeded' as const, origin: {kind: 'picks'} as const}));
    const shown = {...longReview, plan, files};
    expect(found(shown, '2 files to remove').mark).toBeUndefined();
    expect(found(shown, 'is removed config/gateway/a').origin).toEqual({kind: 'picks'});
    expect(planText({...plan, files: going.slice(2)})).toBe('Nothing to do: everything is as selected.');
  });

  test('begins with what forbids the rollout', () => {
    expect(reviewItems(blockedReview, []).slice(0, 3).map(textOf)).toEqual([
      '1  Summary',
      'Checks of this host: 1 forbids the rollout, 2 passed.',
      'Ports: port 443 is in use by nginx (pid 812)',
    ]);
  });

  test('a removal is marked, whatever else there is', () => {
    expect(found(removalReview, '1 to remove').mark).toBe('warning');
    expect(found(removalReview, 'remove shop')).toMatchObject({mark: 'warning', cells: [{tone: 'bad'}, {}, {}]});
    expect(found(longReview, '1 service to recreate').mark).toBeUndefined();
  });
});

test('no word is lost at any width: lines are wrapped, never cut', () => {
  const squeezed = (text: string) => text.replace(/\s/g, '');
  const items = reviewItems(longReview, everything);
  const expected = squeezed(items.map(textOf).join(''));
  for (let width = 16; width <= 200; width += 4) {
    const {rows} = drawItems(items, width, figures);
    expect(Math.max(...rows.map(lineWidth))).toBeLessThanOrEqual(width);
    const shown = squeezed(rows.map(lineText).join('')).replace(/[▸▾▲✖✔→]/g, '');
    expect(shown).toBe(expected);
  }
});

test('a section without anything to say is left out, and the others keep their numbers', () => {
  const {links: _, ...rest} = review;
  const items = reviewItems({...rest, links: []}, []);
  expect(items.flatMap(({section}) => section ?? [])).toEqual([1, 2, 3, 4, 6, 7, 8]);
});
