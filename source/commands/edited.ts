import {type EditedAnswer, undecided} from '../plan/edited.ts';
import {unknownName} from '../plan/nearest.ts';
import {refuseProblems} from './problems.ts';

const answers: Readonly<Record<string, EditedAnswer>> = {keep: 'keep', take: 'take', stop: undecided};

/** What `--edited` says about generated files that the operator edited. Throws UserError (exit 2) for another word. */
export const editedAnswer = (flag = 'stop'): EditedAnswer =>
  answers[flag] ??
  refuseProblems('There is no such choice.', {ok: false, problems: [unknownName('--edited', 'choice', flag, Object.keys(answers))]});
