/** Which screen, with the cursor where, asks what an origin names. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {type Origin, originName} from '../../plan/origin.ts';
import {basicsFields, settingsFields} from './fields.ts';
import {pickerRows} from './picker.ts';
import type {WizardState} from './state.ts';

type Asked = Pick<WizardState, 'screen' | 'cursors'>;

const picker = (catalog: Catalog, {answers, cursors}: WizardState, component: string): Asked => {
  const place = pickerRows(catalog, answers).findIndex(row => row.component.id === component);
  return {screen: {name: 'components', from: 'review'}, cursors: {...cursors, components: place < 0 ? cursors.components : place}};
};

/** What is asked on no form is decided by the pick itself. */
const form = (catalog: Catalog, state: WizardState, key: string, component: string): Asked => {
  const {answers, cursors} = state;
  const basics = basicsFields(catalog, answers).findIndex(field => field.key === key);
  if (basics >= 0) return {screen: {name: 'basics', from: 'review'}, cursors: {...cursors, basics}};
  const settings = settingsFields(catalog, answers).findIndex(field => field.key === key);
  if (settings >= 0) return {screen: {name: 'settings', from: 'review'}, cursors: {...cursors, settings}};
  return picker(catalog, state, component);
};

export const screenOf = (catalog: Catalog, state: WizardState, origin: Origin): Asked => {
  switch (origin.kind) {
    case 'basics':
      return form(catalog, state, origin.field, '');
    case 'setting':
      return form(catalog, state, originName(origin), origin.component);
    case 'settings':
      return {screen: {name: 'settings', from: 'review'}, cursors: state.cursors};
    case 'picks':
      return {screen: {name: 'components', from: 'review'}, cursors: state.cursors};
    case 'component':
      return picker(catalog, state, origin.component);
  }
};
