import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {demandReader} from '../../source/plan/demand.ts';
import type {HostFindings} from '../../source/plan/findings.ts';
import type {Key} from '../../source/ui/keys.ts';
import {fieldsOf} from '../../source/ui/wizard/edit.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import {outlookOf, prospectOf} from '../../source/ui/wizard/outlook.ts';
import {shownRows} from '../../source/ui/wizard/pick.ts';
import {pickerRows} from '../../source/ui/wizard/picker.ts';
import type {WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {answers, bareHost, host} from './fixtures.ts';
import {busyHost, sizedCatalogue as catalogue} from './sized.ts';

const gibibyte = 2 ** 30;
const context = {page: 10, limit: 0};

const named = (name: Extract<Key, {kind: 'named'}>['name']): Key => ({kind: 'named', name});

/** Keys as they are pressed: a name, or each letter of a text. */
const press = (state: WizardState, ...pressed: readonly (string | Key)[]) => {
  const keys = pressed.flatMap(one => (typeof one === 'string' ? [...one].map((text): Key => ({kind: 'text', text})) : [one]));
  return keys.reduce((before, key) => {
    const action = wizardAction(key, before, catalogue, context);
    return action ? reduceWizard(before, action, catalogue) : before;
  }, state);
};

const enter = named('enter');
const esc = named('escape');
const right = named('right');

const picker = press(startWizard(catalogue, {answers}), enter, enter);
const on = (state: WizardState, id: string): WizardState => ({
  ...state,
  cursors: {...state.cursors, components: shownRows(state, catalogue).findIndex(({component}) => component.id === id)},
});
const here = (state: WizardState) => shownRows(state, catalogue)[state.cursors.components]?.component.id;
const shown = (state: WizardState) => shownRows(state, catalogue).map(({component}) => component.id);
const picks = (state: WizardState) => Object.keys(state.answers.components);

describe('a pick', () => {
  const without = press(on(picker, 'login'), ' ');

  test('says what it brings along and for what', () => {
    expect(press(on(without, 'login'), ' ').notice).toBe('Comes along: Login database, for Login.');
  });

  test('says what it has nothing to work with', () => {
    expect(press(on(picker, 'dashboards'), ' ').notice).toBe('Dashboards has nothing to work with. Pick at least one of Metrics.');
  });

  test('says what it can not run with', () => {
    expect(press(on(press(on(picker, 'shop'), ' '), 'cache'), ' ').notice).toBe(
      'Cache (standalone) and Shop can not run together. Leave out cache or shop.',
    );
  });

  test('that concerns nothing else says nothing', () => {
    expect(press(on(picker, 'metrics'), ' ').notice).toBeUndefined();
  });
});

describe('leaving out', () => {
  test('says what goes too', () => {
    expect(press(on(picker, 'login'), ' ').notice).toBe('Login database goes too.');
  });

  test('says what is broken', () => {
    const both = press(on(press(on(picker, 'metrics'), ' '), 'dashboards'), ' ');
    expect(both.notice).toBeUndefined();
    expect(press(on(both, 'metrics'), ' ').notice).toBe('Dashboards has nothing to work with. Pick at least one of Metrics.');
  });

  test('says what goes well with it', () => {
    const builds = press(on(picker, 'builds'), ' ');
    expect(press(on(builds, 'login'), ' ').notice).toBe('Login database goes too. Builds goes well with Login, and now without it.');
  });

  test('says that something stays because it is needed', () => {
    const both: WizardState = {...picker, answers: {...answers, components: {...answers.components, 'login-db': 'standalone'}}};
    const left = press(on(both, 'login-db'), ' ');
    expect(left.notice).toBe('Login database stays, for Login.');
    expect(picks(left)).toEqual(['gateway', 'login']);
  });
});

describe('all of a phase', () => {
  test('is picked, and left out when all of it is picked', () => {
    const all = press(on(picker, 'builds'), 'a');
    expect(picks(all)).toEqual(['gateway', 'login', 'builds', 'shop']);
    expect(here(all)).toBe('builds');
    expect(picks(press(all, 'a'))).toEqual(['gateway', 'login']);
  });

  test('says what single picks would say', () => {
    const all = press(on(picker, 'sql'), 'a');
    expect(picks(all)).toEqual(['gateway', 'login', 'sql', 'cache']);
    expect(press(on(all, 'shop'), 'a').notice).toBe('Cache (standalone) and Shop can not run together. Leave out cache or shop.');
    expect(press(on(picker, 'gateway'), 'a').notice).toBe('Core has nothing that could be picked or left out.');
  });
});

describe('keys of the picker', () => {
  test('numbers lead to phases, and nowhere where there is none', () => {
    expect(['1', '2', '3', '4', '5', '9'].map(key => here(press(picker, key)))).toEqual([
      'gateway',
      'login',
      'builds',
      'sql',
      'metrics',
      'gateway',
    ]);
  });

  test('v and V go round the variants, left does nothing', () => {
    const sql = on(picker, 'sql');
    expect([press(sql, 'v'), press(sql, 'V'), press(sql, 'vv'), press(sql, named('left'))].map(one => one.answers.components.sql)).toEqual([
      'cluster',
      'cluster',
      'standalone',
      undefined,
    ]);
  });

  test('right opens the settings of that component alone, and both Enter and Esc lead back to it', () => {
    const opened = press(on(picker, 'login'), right);
    expect(opened.screen).toEqual({name: 'settings', from: 'components', only: 'login'});
    expect(fieldsOf(opened, catalogue).map(({key}) => key)).toEqual(['login.host']);
    for (const key of [enter, esc]) {
      const back = press(opened, key);
      expect([back.screen, here(back)]).toEqual([{name: 'components'}, 'login']);
    }
  });

  test('right shows early questions too, so that all of a component is in one place', () => {
    expect(fieldsOf(press(picker, right), catalogue).map(({key}) => key)).toEqual(['gateway.tls', 'gateway.https_port']);
  });

  test('the way to deploy it is the first question where there are several', () => {
    const opened = press(on(picker, 'sql'), ' ', right);
    expect(fieldsOf(opened, catalogue).map(({key, value}) => [key, value])).toEqual([['sql.variant', 'standalone']]);
    expect(press(opened, right).answers.components.sql).toBe('cluster');
  });

  test('a wrong answer keeps the settings of the component open', () => {
    const wrong = press(on(picker, 'login'), right, '!', enter);
    expect([wrong.screen.name, wrong.notice?.slice(0, 44)]).toEqual(['settings', 'Name of the sign-in can not be "auth.infra.l']);
  });

  test.each([
    ['builds', 'Builds is not picked: Space picks it, and then it has settings.'],
    ['login-db', 'Login database has no settings.'],
  ])('right on %s says why there are no settings', (id, notice) => {
    const same = press(on(picker, id), right);
    expect([same.screen, same.notice]).toEqual([{name: 'components'}, notice]);
  });
});

describe('a filter', () => {
  test('shows rows whose title, id or summary has all words', () => {
    expect(shown(press(picker, '/data'))).toEqual(['login-db', 'sql']);
    expect(shown(press(picker, '/DATA rel'))).toEqual(['sql']);
    expect(shown(press(picker, '/qqq'))).toEqual([]);
  });

  test('takes letters that are keys elsewhere, until Enter', () => {
    const typed = press(picker, '/qa');
    expect([typed.filter.value, typed.leaving]).toEqual(['qa', undefined]);
    const kept = press(picker, '/data', enter, 'j ');
    expect([kept.filter.typing, shown(kept), picks(kept)]).toEqual([false, ['login-db', 'sql'], ['gateway', 'login', 'sql']]);
  });

  test('Esc clears it with the cursor where it is, and leads back only then', () => {
    const cleared = press(picker, '/relational', esc);
    expect([cleared.filter.value, here(cleared), cleared.screen.name]).toEqual(['', 'sql', 'components']);
    const kept = press(picker, '/relational', enter, esc);
    expect([kept.screen.name, press(kept, esc).screen.name]).toEqual(['components', 'basics']);
  });

  test('a is for what is shown', () => {
    expect(picks(press(picker, '/your own', enter, 'a'))).toEqual(['gateway', 'login', 'shop']);
  });

  test('does not hide what keeps one from going on', () => {
    const stopped = press(press(on(picker, 'dashboards'), ' '), '/sql', enter, enter);
    expect([stopped.screen.name, here(stopped), stopped.filter.value]).toEqual(['components', 'dashboards', '']);
  });

  test('whatever is pressed, the cursor is on a row that is shown', () => {
    const key = fc.constantFrom<string | Key>(
      '/',
      's',
      'q',
      'l',
      ' ',
      'a',
      'v',
      'j',
      'G',
      '3',
      enter,
      esc,
      right,
      named('backspace'),
      named('down'),
    );
    fc.assert(
      fc.property(fc.array(key, {maxLength: 25}), keys => {
        const state = press(picker, ...keys);
        if (state.screen.name !== 'components') return;
        const rows = shown(state);
        expect(state.cursors.components).toBeLessThan(Math.max(1, rows.length));
      }),
    );
  });
});

describe('the outlook', () => {
  const read = demandReader();
  const outlook = (state: WizardState, found: HostFindings = host) => outlookOf(catalogue, state.answers, found, read);
  const prospect = (state: WizardState, id: string, found: HostFindings = host) => {
    const row = pickerRows(catalogue, state.answers).find(({component}) => component.id === id);
    return row && prospectOf(catalogue, state.answers, row, {host: found, read, now: outlook(state, found)});
  };

  test('adds up what the services may use', () => {
    expect(outlook(picker).budget).toEqual({
      memory: {used: 2.75 * gibibyte, have: host.memory},
      cpus: {used: 4, have: 4},
    });
  });

  test('says what a pick would add with what comes along, and what is left then', () => {
    const without = press(on(picker, 'login'), ' ');
    expect(prospect(without, 'login')).toEqual({memory: 2.5 * gibibyte, left: host.memory - 2.75 * gibibyte, conflicts: []});
    expect(prospect(picker, 'login')?.memory).toBe(2.5 * gibibyte);
    expect(prospect(picker, 'metrics', host)).toEqual({memory: gibibyte, left: host.memory - 3.75 * gibibyte, conflicts: []});
    expect(prospect(picker, 'gateway')).toBeUndefined();
  });

  test('of a host that is not known yet says only what is picked', () => {
    const now = outlookOf(catalogue, answers, undefined, read);
    const row = pickerRows(catalogue, answers).find(({component}) => component.id === 'metrics');
    expect(now.budget.memory).toEqual({used: 2.75 * gibibyte, have: undefined});
    expect(row && prospectOf(catalogue, answers, row, {host: undefined, read, now})).toEqual({
      memory: gibibyte,
      left: undefined,
      conflicts: [],
    });
  });

  test('says what would not fit before it is picked, and then at what was picked last', () => {
    expect(prospect(picker, 'builds', bareHost)?.conflicts).toEqual([
      {
        component: 'builds',
        brief: 'too much memory',
        text: 'Builds does not fit: all services together may use 4.8 GiB, and this host has 3.8 GiB.',
      },
    ]);
    const picked = press(on(press(on(picker, 'builds'), ' '), 'cache'), ' ');
    expect(prospect(picked, 'metrics', bareHost)?.conflicts.map(({component}) => component)).toEqual(['metrics']);
    expect(outlook(picked, bareHost).conflicts.map(({component, brief}) => [component, brief])).toEqual([
      ['builds', 'too much memory'],
      ['cache', 'too much memory'],
    ]);
  });

  test('says which port and which subnet are in use, by whom, and what is free', () => {
    expect(outlook(picker, busyHost).conflicts).toEqual([
      {
        component: 'gateway',
        brief: 'port 443 in use',
        text: 'Port 443 for Gateway is in use by nginx (process 812). Free it, or set another port.',
      },
      {
        component: 'gateway',
        brief: 'subnet in use',
        text: 'The subnet 172.30.0.0/24 of proxy is in use by a route of this host by eth1. Free is 172.31.0.0/24: s leads to the settings.',
      },
    ]);
  });

  test('what our own project holds is no conflict, and what another environment holds is', () => {
    const ports = [{address: '::', port: 443, protocol: 'tcp' as const, holder: 'the container infra-dev-gateway-1', project: 'infra-dev'}];
    const subnets = [{subnet: '172.30.0.0/24', by: 'the Docker network infra-dev_proxy', project: 'infra-dev'}];
    const ours = {...host, ports, subnets};
    expect(outlook(picker, ours).conflicts).toEqual([]);
    const staging: WizardState = {...picker, answers: {...answers, environment: 'prod'}};
    expect(outlook(staging, ours).conflicts.map(({brief}) => brief)).toEqual(['port 443 in use', 'subnet in use']);
  });

  test('another port and another subnet end the conflict', () => {
    const settings = {gateway: {https_port: '8443'}, platform: {proxy_subnet: '172.31.0.0/24'}};
    expect(outlook({...picker, answers: {...answers, settings}}, busyHost).conflicts).toEqual([]);
  });

  test('says at the row what can not run together, and which names are there twice', () => {
    const both = press(on(press(on(picker, 'shop'), ' '), 'cache'), ' ');
    expect(outlook(both).conflicts.map(({component, brief}) => [component, brief])).toEqual([['cache', 'conflict']]);
    const named = {...answers.components, 'site.blog': 'standalone'};
    const twice = {...answers, components: named, settings: {'site.blog': {host: 'auth.infra.localhost'}}};
    expect(outlook({...picker, answers: twice}).conflicts).toEqual([
      {
        component: 'site.blog',
        brief: 'name twice',
        text: 'The name auth.infra.localhost is also login.host. Give one of them another name.',
      },
    ]);
  });

  test('a container that may use more processors than there are can not be created, and that is said', () => {
    expect(outlook(picker, {...host, cpus: 1}).conflicts).toEqual([
      {component: 'login', brief: 'needs 2 CPUs', text: 'login of Login may use 2 CPUs and this host has 1: Docker refuses to create it.'},
    ]);
  });
});
