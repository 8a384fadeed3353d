/** What was picked of a repeatable component, as a numbered list. Pure. */
import {type InstanceCommand, type InstanceRow, instanceRows} from '../wizard/instances.ts';
import type {WizardAction} from '../wizard/state.ts';
import {asking, doing, entered, type Moment, movingTo, placeOf, type Reply, saying, type Talk} from './turn.ts';

const rowsOf = ({state, catalog}: Moment): readonly InstanceRow[] =>
  state.screen.name === 'instances' ? instanceRows(catalog, state.answers, state.screen.base) : [];

const rowText = ({name, image, host, missing}: InstanceRow, index: number): string => {
  const parts = [name, ...(image ? [`runs ${image}`] : []), ...(host ? [`answers at ${host}`] : [])];
  return `${index + 1} ${parts.join(', ')}.${missing.length > 0 ? ` Still to be answered: ${missing.join(', ')}.` : ''}`;
};

const instance = (command: InstanceCommand): WizardAction => ({type: 'instance', command});

const commands: Readonly<Record<string, InstanceCommand>> = {'': 'edit', r: 'rename', x: 'ask-removal'};

const replyTo = (answer: string, moment: Moment): Reply => {
  if (answer === '') return doing({type: 'back'});
  if (answer === 'a') return doing(instance('add'));
  const rows = rowsOf(moment);
  const [, letter = '', number = answer] = /^([rx]) *(\d+)$/.exec(answer) ?? [];
  const place = placeOf(number, rows.length);
  const command = commands[letter];
  if (place === undefined || command === undefined) return saying(`${answer} is no number from 1 to ${rows.length}.`);
  return doing(...movingTo(place), instance(command));
};

export const instancesTalk: Talk = {
  turn: ({before, ...moment}) => {
    const {screen, answers, notice} = moment.state;
    if (screen.name !== 'instances') return asking([], 'Enter:');
    const said = notice ? [notice] : [];
    const {base, removing} = screen;
    if (removing !== undefined) return asking(said, `Remove ${removing.slice(base.length + 1)}? Type yes, or anything else to keep it:`);
    const title = moment.catalog.components.get(base)?.title ?? base;
    const changed = entered({state: moment.state, before}) || before?.answers !== answers;
    const rows = changed ? rowsOf(moment).map(rowText) : [];
    const none = changed && rows.length === 0 ? [`There is no ${title} yet.`] : [];
    return asking([...said, ...none, ...rows], `${title}. Number for its settings, a to add one, Enter to go back:`);
  },
  reply: (answer, moment) => {
    const {screen} = moment.state;
    if (screen.name !== 'instances' || screen.removing === undefined) return replyTo(answer, moment);
    return doing(instance(answer.toLowerCase() === 'yes' ? 'remove' : 'keep'));
  },
  help: ['r and a number, for example r 1, gives another name. x and a number removes one, after a question.'],
};
