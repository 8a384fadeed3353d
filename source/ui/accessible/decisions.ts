/** What is asked between the plan and the first change: what may be removed, and what becomes of edited files. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {editedOptions, editedQuestion, removalIn} from '../wizard/decisions.ts';
import {asking, doing, entered, moving, placeOf, saying, sentence, type Talk} from './turn.ts';

/** What goes and what stays. */
export const removalLines = ({services, networks}: Plan['removal']): readonly string[] => {
  const volumes = [...new Set(services.flatMap(service => service.volumes))];
  return [
    ...services.map(({service, first}) => `Stopped and removed: ${service}${first ? ', before anything new is started' : ''}.`),
    ...networks.map(name => `Removed: the network ${name}, which nothing uses.`),
    ...volumes.map(name => `Kept: the data in ${name}.`),
    ...(volumes.length > 0 ? [`The data can be deleted later: docker volume rm ${volumes.join(' ')}`] : ['There is no data to keep.']),
  ];
};

export const removalTalk: Talk = {
  turn: moment => {
    const removal = removalIn(moment.state);
    const said = entered(moment) && removal ? ['This is deployed and no longer selected.', ...removalLines(removal)] : [];
    return asking(said, 'Shall it be removed? Type yes, or anything else to go back to the plan:');
  },
  reply: answer => doing({type: answer.toLowerCase() === 'yes' ? 'confirm-removal' : 'back'}),
  help: ['Only the word yes removes anything, and data is never removed.'],
};

export const editedTalk: Talk = {
  turn: ({state}) => {
    const question = editedQuestion(state);
    if (!question) return {say: [], next: {kind: 'go', action: {type: 'back'}}};
    const {file, number, of} = question;
    const reasons = file.keep?.how === 'not' ? [`Your change can not be kept: ${file.keep.why.join(' ')}`] : [];
    const said = [
      `${file.path}, ${number} of ${of}: you edited this file, and what would be written changed too.`,
      ...reasons.map(sentence),
      ...(file.diff === undefined ? ['The difference is not said, because it may hold secrets.'] : ['d says the difference.']),
      ...editedOptions(file).map(({label}, index) => `${index + 1} ${sentence(label)}`),
    ];
    return asking(said, `What happens to it? Number from 1 to ${editedOptions(file).length}:`);
  },
  reply: (answer, {state}) => {
    const file = editedQuestion(state)?.file;
    if (!file) return doing({type: 'back'});
    if (answer === 'd') return saying(...(file.diff ?? 'The difference may hold secrets.').trimEnd().split('\n'));
    const options = editedOptions(file);
    const place = placeOf(answer, options.length);
    if (place === undefined) return saying(`${answer === '' ? 'Enter alone' : answer} is no number from 1 to ${options.length}.`);
    const up = options.map(() => moving('previous'));
    return doing(...up, ...Array.from({length: place}, () => moving('next')), {type: 'choose-edited'});
  },
  help: ['d says the difference between the file and what would be written.'],
};
