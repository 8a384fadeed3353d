/** What a key means on the screen of the saved profiles; undefined for keys that mean there what they mean everywhere. Pure. */
import {textFieldAction} from '../components/text-field/text-field-keys.ts';
import {type Key, keyName} from '../keys.ts';
import type {ProfilesAction, ProfilesState} from './profiles.ts';
import type {WizardAction} from './state.ts';

type Bindings = Readonly<Record<string, ProfilesAction>>;

const inList: Bindings = {
  enter: {type: 'use'},
  r: {type: 'ask', what: 'rename'},
  c: {type: 'ask', what: 'copy'},
  i: {type: 'ask', what: 'import'},
  e: {type: 'export'},
  x: {type: 'remove'},
  delete: {type: 'remove'},
};

const inQuestion: Bindings = {y: {type: 'confirm'}, Y: {type: 'confirm'}};

const inField: Bindings = {enter: {type: 'submit'}, escape: {type: 'dismiss'}};

/** In a question every key but yes is a no; while a line is typed every letter is text. */
const meaning = (key: Key, {asking, confirming}: ProfilesState): ProfilesAction | undefined => {
  const name = keyName(key);
  if (confirming) return inQuestion[name] ?? {type: 'dismiss'};
  if (!asking) return inList[name];
  const edit = textFieldAction(key);
  return inField[name] ?? (edit ? {type: 'type', edit} : {type: 'type', edit: {type: 'insert', text: ''}});
};

export const profilesKey = (key: Key, state: ProfilesState): WizardAction | undefined => {
  const action = meaning(key, state);
  return action && {type: 'profiles', action};
};
