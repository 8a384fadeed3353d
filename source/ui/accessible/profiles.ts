/** The saved profiles as a numbered list. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {domainOf, isNewer, type SavedProfile, savedOn} from '../../plan/saved-profile.ts';
import {type Asked, type ProfilesAction, savedProfiles} from '../wizard/profiles.ts';
import type {WizardAction} from '../wizard/state.ts';
import {
  asking,
  doing,
  entered,
  literal,
  type Moment,
  movingTo,
  placeOf,
  plural,
  type Reply,
  saying,
  type Talk,
  troubleLines,
  waiting,
} from './turn.ts';

const rowText = (profile: SavedProfile, index: number, catalog: Catalog): string => {
  if (isNewer(profile)) return `${index + 1} ${profile.name}, saved by a newer version.`;
  const {answers} = profile;
  const picked = plural(Object.keys(answers.components).length, 'component', 'components');
  const parts = [`saved on ${savedOn(profile)} UTC`, answers.environment, answers.tier, domainOf(catalog, answers), picked];
  return `${index + 1} ${profile.name}, ${parts.join(', ')}.`;
};

const action = (one: ProfilesAction): WizardAction => ({type: 'profiles', action: one});

const replacing = (text: string): readonly WizardAction[] => [
  action({type: 'type', edit: {type: 'move-to-end'}}),
  action({type: 'type', edit: {type: 'delete-to-start'}}),
  action({type: 'type', edit: {type: 'insert', text}}),
];

/** A number alone takes the answers; a letter in front does something else with the profile. */
const commands: Readonly<Record<string, ProfilesAction>> = {
  '': {type: 'use'},
  r: {type: 'ask', what: 'rename'},
  c: {type: 'ask', what: 'copy'},
  e: {type: 'export'},
  x: {type: 'remove'},
};

const replyToList = (answer: string, {state}: Moment): Reply => {
  if (answer === '') return doing({type: 'back'});
  if (answer === 'i') return doing(action({type: 'ask', what: 'import'}));
  const count = savedProfiles(state.saved).length;
  const [, letter = '', number = answer] = /^([rcex]) *(\d+)$/.exec(answer) ?? [];
  const place = placeOf(number, count);
  const command = commands[letter];
  if (place === undefined || command === undefined) return saying(`${answer} is no number from 1 to ${count}.`);
  return doing(...movingTo(place), action(command));
};

const questions: Readonly<Record<Asked, (name: string) => string>> = {
  rename: name => `Another name for ${name}, or Enter to leave it:`,
  copy: name => `Name of the copy of ${name}, or Enter for none:`,
  import: () => 'File to take in, or Enter for none:',
};

export const profilesTalk: Talk = {
  turn: ({state, before, catalog}) => {
    const {list, request, running, confirming, asking: asked, said, trouble} = state.saved;
    const isStale = entered({state, before}) || before?.saved.request !== request;
    const told = [...(said ? [said] : []), ...(trouble ? troubleLines(trouble) : [])];
    if (running || list.status === 'loading' || isStale) return waiting(...told);
    if (list.status === 'failed') return asking(troubleLines(list.trouble), 'Enter to go back:');
    if (confirming) return asking(told, `${confirming.question} Type yes, or anything else to leave it:`);
    if (asked) return asking(told, questions[asked.what](asked.name));
    const rows = before?.saved.list === list ? [] : list.value.map((profile, index) => rowText(profile, index, catalog));
    const none = list.value.length === 0 ? ['There is no profile yet.'] : [];
    return asking([...told, ...none, ...rows], 'Profiles. Number to use its answers, Enter to go back:');
  },
  reply: (answer, moment) => {
    const {confirming, asking: asked, list} = moment.state.saved;
    if (list.status !== 'ready') return doing({type: 'back'});
    if (confirming) return doing(action({type: answer.toLowerCase() === 'yes' ? 'confirm' : 'dismiss'}));
    if (!asked) return replyToList(answer, moment);
    return answer === '' ? doing(action({type: 'dismiss'})) : doing(...replacing(literal(answer)), action({type: 'submit'}));
  },
  help: ['A letter and a number do more: r renames, c copies, e exports, x removes after a question, for example x 2. i takes a file in.'],
};
