/** Secrets are shown when they are asked for, and no longer than the cursor stays. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {currentField} from './edit.ts';
import type {WizardState} from './state.ts';

/** Shows what is typed, or asks for what is in the file; hides it again. */
export const toggleReveal = (state: WizardState, catalog: Catalog): WizardState => {
  const subject = currentField(state, catalog)?.subject;
  if (subject?.kind !== 'secret' || subject.kept === undefined) return state;
  const {id} = subject.secret;
  if (state.reveal?.id === id) return {...state, reveal: undefined};
  return {...state, reveal: {id, content: subject.kept ? {status: 'loading'} : undefined}};
};

/** Whatever leads away from the field hides it. */
export const hideLeft = (before: WizardState, after: WizardState): WizardState => {
  if (after.reveal === undefined || after.reveal.id !== before.reveal?.id) return after;
  const stays =
    after.screen === before.screen && after.cursors.settings === before.cursors.settings && !after.help && after.leaving === undefined;
  return stays ? after : {...after, reveal: undefined};
};
