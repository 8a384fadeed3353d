/** How a rollout that did not reach its goal is told. */
import {expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {emptyRollout, reduce} from '../../source/rollout/state.ts';
import {rolloutPage} from '../../source/ui/rollout/page.ts';
import {resultText} from '../../source/ui/rollout/result.ts';
import {startRolloutView} from '../../source/ui/rollout/state.ts';
import {lineText, lineWidth} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';

const event = (id: string, more: Partial<ResourceEvent>): ResourceEvent => ({
  ...{id, kind: id.split('/')[0] as ResourceEvent['kind'], status: 'done', text: 'Done', at: 0},
  ...more,
});

const details =
  'shop was to be shop:1, is shop:2 unhealthy; blog was to be removed, is blog:1 running. Run the same command again to go on with the roll back.';

const ended = [
  event('phase/apps', {status: 'error', text: 'Failed'}),
  event('service/shop', {parentId: 'phase/apps', status: 'error', text: 'Failed'}),
  event('service/proxy', {parentId: 'phase/core', text: 'Healthy'}),
  event('service/blog', {parentId: 'phase/removal', text: 'Removed'}),
  event('run', {status: 'error', text: 'Roll back stopped', details}),
].reduce(reduce, emptyRollout);

test('what somebody needs to know who goes on by hand is never cut', () => {
  const {rows} = rolloutPage({
    state: ended,
    view: startRolloutView,
    ending: {error: undefined},
    links: [],
    rows: {width: 56, figures: createTheme().figures, now: 0, titles: new Map(), layers: false, folds: startRolloutView.folds},
    roomy: false,
    heightBelow: () => 40,
  });
  const text = rows.map(row => lineText(row).trim()).join(' ');
  expect(text).toContain(`Roll back stopped: ${details}`);
  expect(rows.slice(0, 4).every(row => lineWidth(row) <= 56)).toBe(true);
});

test('what was removed is not counted among the services that are right', () => {
  expect(resultText(ended)).toMatch(/^Roll back stopped: 1 of 2 services are as they should be/);
});
