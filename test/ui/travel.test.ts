/** Whatever keys are pressed, back and forward lose no answer. */
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/catalog/load.ts';
import {defaultAnswers} from '../../source/plan/select.ts';
import type {Key} from '../../source/ui/keys.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {WizardAction, WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {review} from './fixtures.ts';

const loaded = await loadCatalog(fileURLToPath(new URL('../..', import.meta.url)));
if (!loaded.ok) throw new Error('The catalogue is broken.');

const context = {page: 8, limit: 20};

const named = (name: Extract<Key, {kind: 'named'}>['name']): Key => ({kind: 'named', name});
const enter = named('enter');
const back = named('escape');

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(enter, enter, enter, back),
  fc.constantFrom(...(['up', 'down', 'left', 'right', 'tab', 'shift-tab', 'home', 'end', 'page-down', 'backspace'] as const).map(named)),
  fc.constantFrom(...' jkgGxhlasvVdewr/?1239'.split('')).map((text): Key => ({kind: 'text', text})),
  fc.constantFrom<Key>({kind: 'ctrl', letter: 'u'}, {kind: 'paste', text: 'shop.example.com'}),
);

describe.each([
  ['the catalogue of the tests', catalogue, 200],
  ['the real catalogue', loaded.value, 60],
] as const)('with %s', (_, catalog, numRuns) => {
  const begin = startWizard(catalog, {answers: defaultAnswers(catalog)});

  /** What is loaded for a screen arrives at once. */
  const arrive = (state: WizardState): WizardState => {
    const arrival: WizardAction = {type: 'review-ready', request: state.reviewRequest, review: {status: 'ready', value: review}};
    return state.screen.name === 'review' && state.review.status === 'loading' ? reduceWizard(state, arrival, catalog) : state;
  };
  const press = (state: WizardState, pressed: Key): WizardState => {
    const action = wizardAction(pressed, state, catalog, context);
    return action && action.type !== 'quit' ? arrive(reduceWizard(state, action, catalog)) : state;
  };
  const play = (state: WizardState, keys: readonly Key[]) => keys.reduce(press, state);

  test('back to the first screen and forward again finds every answer', () => {
    fc.assert(
      fc.property(fc.array(key, {maxLength: 30}), keys => {
        const state = play(begin, keys);
        if (['profile', 'naming', 'written', 'writing', 'rollout'].includes(state.screen.name)) return;
        const returned = play(
          state,
          Array.from({length: 12}, () => back),
        );
        expect(returned.screen.name).toBe('welcome');
        expect(returned.answers).toEqual(state.answers);
        const forward = play(returned, [enter, enter, enter]);
        expect(forward.answers).toEqual(state.answers);
      }),
      {numRuns},
    );
  });
});
