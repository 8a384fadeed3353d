/** The forms, one question after the other. Pure. */
import {currentField, fieldsOf} from '../wizard/edit.ts';
import type {Field} from '../wizard/fields.ts';
import {hostRemark} from '../wizard/remark.ts';
import type {Loadable, WizardAction, WizardState} from '../wizard/state.ts';
import {reduceWizard} from '../wizard.ts';
import {
  asking,
  doing,
  entered,
  literal,
  type Moment,
  moving,
  placeOf,
  plural,
  type Reply,
  saying,
  sentence,
  type Talk,
  type Turn,
  troubleLines,
  typing,
  waiting,
} from './turn.ts';

const placeIn = (fields: readonly Field[], field: Field | undefined) => fields.findIndex(({key}) => key === field?.key);

const choiceLines = ({choices, value}: Field): readonly string[] =>
  choices.map(
    ({id, title, summary}, index) => `${index + 1} ${title}${id === value ? ' (chosen)' : ''}${summary ? `: ${sentence(summary)}` : '.'}`,
  );

/** A secret that is there already can not be asked for again: changing its file alone would lock the service out. */
const isKept = ({subject}: Field) => subject.kind === 'secret' && subject.kept === true;

const helpOf = (field: Field): string =>
  isKept(field) ? 'It is there and not replaced from here: what runs took it at its first start.' : sentence(field.help);

/** What there is to know about a question. */
const about = (field: Field): readonly string[] => {
  const purpose = [`${field.label}.`, helpOf(field), sentence(field.facts)].filter(Boolean).join(' ');
  return [purpose, ...choiceLines(field), ...(field.problem ? [`Problem: ${field.problem}`] : [])];
};

const promptOf = (field: Field): string => {
  if (field.choices.length > 0) {
    const chosen = field.choices.findIndex(({id}) => id === field.value);
    const kept = field.choices[chosen];
    return `${field.label}. Number${kept ? `, or Enter to keep ${chosen + 1} ${kept.title}` : ''}:`;
  }
  if (isKept(field)) return `${field.label}, ${field.value}. Enter to go on, or show to have it said:`;
  if (field.subject.kind === 'secret') return `${field.label}, ${field.value}. Type one, which is not shown, or Enter to leave it so:`;
  return field.value === '' ? `${field.label}. Needs an answer:` : `${field.label}. Now ${field.value}. Type another, or Enter to keep it:`;
};

/** Every change goes through the keys' own actions, so that the rules are the screens'. */
const choosing = ({choices, value}: Field, place: number): readonly WizardAction[] => {
  const from = choices.findIndex(({id}) => id === value);
  const steps = from < 0 ? place + 1 : (place - from + choices.length) % choices.length;
  return Array.from({length: steps}, () => ({type: 'change', by: 1}) as const);
};

/** To the question behind this one; behind the last, and behind one that had to be answered, on. */
const onwards = (moment: Moment, field: Field, actions: readonly WizardAction[]): Reply => {
  const after = actions.reduce((state, action) => reduceWizard(state, action, moment.catalog), moment.state);
  const fields = fieldsOf(after, moment.catalog);
  const place = placeIn(fields, field);
  const problem = fields[place]?.problem;
  if (problem) return {actions, say: []};
  const isLast = place === fields.length - 1;
  return doing(...actions, isLast || field.problem !== undefined ? {type: 'forward'} : moving('next'));
};

/** What was said once is loaded anew, so that it is said again. */
const showing = ({state}: Moment): readonly WizardAction[] => {
  const show: WizardAction = {type: 'reveal-secret'};
  return state.reveal ? [show, show] : [show];
};

const replyTo = (answer: string, moment: Moment, field: Field): Reply => {
  if (answer === '') return field.problem && field.value === '' ? saying('This one needs an answer.') : onwards(moment, field, []);
  if (isKept(field)) return answer === 'show' ? doing(...showing(moment)) : saying('It can not be changed from here.');
  if (field.choices.length === 0) return onwards(moment, field, typing(answer === '-' ? '' : literal(answer)));
  const place = placeOf(answer, field.choices.length);
  if (place === undefined) return saying(`${answer} is no number from 1 to ${field.choices.length}.`);
  return onwards(moment, field, choosing(field, place));
};

const remarkOf = (state: WizardState, {catalog}: Moment) => {
  const remark = state.screen.name === 'basics' ? hostRemark(catalog, state.answers, state.host) : undefined;
  return remark === undefined ? [] : [remark];
};

/** Said where it begins, and for settings whenever another component is asked about. */
const headingOf = (fields: readonly Field[], field: Field, moment: Parameters<Talk['turn']>[0], title: string): readonly string[] => {
  // Nothing was said of the settings while the folder of the secrets was looked at.
  const begins = entered(moment) || moment.before?.keptSecrets !== moment.state.keptSecrets;
  const group = moment.before && currentField(moment.before, moment.catalog)?.group;
  return [
    ...(begins ? [`${title} ${plural(fields.length, 'question', 'questions')}.`] : []),
    ...(field.group !== '' && (begins || field.group !== group) ? [`Settings of ${field.group}.`] : []),
    ...(begins || moment.before?.answers.tier !== moment.state.answers.tier ? remarkOf(moment.state, moment) : []),
  ];
};

const nextOf = (field: Field): Turn['next'] => ({
  kind: 'ask',
  prompt: promptOf(field),
  secret: field.subject.kind === 'secret' && !isKept(field),
});

/** Whoever hears it has it on the screen, too. */
const shownLines = ({label}: Field, content: Exclude<Loadable<string>, {status: 'loading'}>): readonly string[] =>
  content.status === 'ready'
    ? [`${label}: ${content.value}`, 'It stays on the screen: clear it when you are done.']
    : troubleLines(content.trouble);

const formTalk = (title: string, help: readonly string[]): Talk => ({
  turn: moment => {
    const {state, catalog} = moment;
    const field = currentField(state, catalog);
    if (state.screen.name === 'settings' && state.keptSecrets === undefined) return waiting();
    const shown = field && isKept(field) ? state.reveal?.content : undefined;
    if (shown?.status === 'loading') return waiting();
    if (field && shown) return {say: shownLines(field, shown), next: nextOf(field)};
    if (!field) return asking([`${title} What was picked has no settings.`], 'Enter to go on:');
    const notice = state.notice && state.notice !== field.problem ? [state.notice] : [];
    const said = [...headingOf(fieldsOf(state, catalog), field, moment, title), ...notice, ...about(field)];
    return {say: said, next: nextOf(field)};
  },
  reply: (answer, moment) => {
    const field = currentField(moment.state, moment.catalog);
    if (answer === 'f' || !field) return doing({type: 'forward'});
    return replyTo(answer, moment, field);
  },
  help: [
    'Enter keeps what is there. A minus alone goes back to the default. = in front of a text takes it as it is, for example =q for the letter q.',
    'f goes on without the questions that are left.',
    ...help,
  ],
});

/** Back to the question before this one, or from the first one to the screen before. */
export const stepBack = ({state, catalog}: Moment): WizardAction => {
  const fields = fieldsOf(state, catalog);
  return placeIn(fields, currentField(state, catalog)) > 0 ? moving('previous') : {type: 'back'};
};

export const basicsTalk = formTalk('Step 2 of 5, basics: what kind of platform this is.', [
  'A tier is a starting selection and what a host should have for it.',
]);

export const settingsTalk = formTalk('Settings of what was picked.', ['show has a secret said that is there already.']);
