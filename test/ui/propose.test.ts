import {describe, expect, test} from 'vitest';
import type {HostFindings} from '../../source/plan/findings.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {answers, bareHost, host, review} from './fixtures.ts';

const large: HostFindings = {...host, cpus: 8, memory: 15.6 * 2 ** 30, diskFree: 91e9};
const forward: WizardAction = {type: 'forward'};
const found = (value: HostFindings): WizardAction => ({type: 'host-found', host: {status: 'ready', value}});

const play = (state: WizardState, ...actions: readonly WizardAction[]) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalogue), state);

const fresh = startWizard(catalogue, {answers, fresh: true});
const tierAfter = (state: WizardState, ...actions: readonly WizardAction[]) => play(state, ...actions).answers.tier;

describe('where nobody has chosen, the tier follows the host', () => {
  test('to the largest one that fits, on whatever screen one has come to', () => {
    expect([tierAfter(fresh, found(large)), tierAfter(fresh, found(host)), tierAfter(fresh, found(bareHost))]).toEqual([
      'standard',
      'minimal',
      'minimal',
    ]);
    const picked = play(fresh, forward, forward, found(large));
    expect([Object.keys(picked.answers.components), picked.notice]).toEqual([
      ['gateway', 'login', 'sql', 'metrics', 'dashboards'],
      'This host fits Standard: its components are picked.',
    ]);
  });

  test('and a review that is not shown yet is made of that', () => {
    const asked = play(fresh, forward, forward, forward, found(large));
    expect([asked.answers.tier, asked.reviewRequest, asked.review.status]).toEqual(['standard', 2, 'loading']);
  });

  test('and back again when the host is looked at again and has become smaller', () => {
    expect(tierAfter(fresh, found(large), found(host))).toBe('minimal');
  });
});

describe('the tier stays', () => {
  test('where there are saved answers or flags', () => {
    expect(tierAfter(startWizard(catalogue, {answers}), found(large))).toBe('minimal');
  });

  test('when something was picked, left out or set', () => {
    const next: WizardAction = {type: 'move', motion: 'next', page: 10, limit: 0};
    const onPicker = play(fresh, forward, forward, next, {type: 'toggle'});
    const onBasics = play(fresh, forward, next, {type: 'change', by: 1});
    expect([tierAfter(onPicker, found(large)), tierAfter(onBasics, found(large))]).toEqual(['minimal', 'minimal']);
  });

  test('when the plan is on the screen', () => {
    const shown = play(fresh, forward, forward, forward, {type: 'review-ready', request: 1, review: {status: 'ready', value: review}});
    expect(tierAfter(shown, found(large))).toBe('minimal');
  });

  test('when it was chosen by hand, even if it was the same', () => {
    const back = play(fresh, forward, {type: 'change', by: 1}, {type: 'change', by: -1});
    expect([back.answers.tier, tierAfter(back, found(large))]).toEqual(['minimal', 'minimal']);
  });
});
