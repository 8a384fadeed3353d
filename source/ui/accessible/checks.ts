/** The checks of this host, one sentence each, and what can be done about them. Pure. */
import {type Finding, offerFlag} from '../../plan/findings.ts';
import {findingsOf} from '../wizard/checks.ts';
import type {WizardAction, WizardState} from '../wizard/state.ts';
import {asking, doing, entered, movingTo, placeOf, plural, type Reply, saying, sentence, type Talk, troubleLines, waiting} from './turn.ts';

const levels: Readonly<Record<Finding['level'], string>> = {blocking: 'Forbids the rollout', warning: 'Warning', ok: 'Passed'};

export const findingText = ({level, title, what}: Finding): string => `${levels[level]}: ${title}, ${sentence(what)}`;

/** What is well is counted: who wants to hear it asks. */
const listOf = (findings: readonly Finding[]): readonly string[] => {
  const passed = findings.filter(({level}) => level === 'ok').length;
  const wrong = findings.filter(({level}) => level !== 'ok');
  return [...wrong.map((finding, index) => `${index + 1} ${findingText(finding)}`), `${plural(passed, 'check', 'checks')} passed.`];
};

const whole = (finding: Finding): readonly string[] => [
  findingText(finding),
  ...finding.next.map(step => `What to do: ${step}`),
  ...(finding.offers && finding.offers.length > 0 ? [`Offered: ${finding.offers.map(offerFlag).join(' ')}`] : []),
];

/** `t 2`, `i 2`: a letter and the number of a finding. */
const onFinding = (answer: string, state: WizardState, action: WizardAction): Reply => {
  const findings = findingsOf(state);
  const place = placeOf(answer, findings.length);
  return place === undefined ? saying(`${answer} is no number from 1 to ${findings.length}.`) : doing(...movingTo(place), action);
};

const replyTo = (answer: string, state: WizardState): Reply => {
  if (answer === '') return doing({type: 'back'});
  if (answer === 'r') return doing({type: 'check-again'});
  if (answer === 'l') return saying(...findingsOf(state).map((finding, index) => `${index + 1} ${findingText(finding)}`));
  const [, letter = '', number = ''] = /^([ti]) *(\d+)$/.exec(answer) ?? [];
  if (letter === 'i') return onFinding(number, state, {type: 'ask-ignore'});
  const findings = findingsOf(state);
  const finding = findings[placeOf(letter === 't' ? number : answer, findings.length) ?? -1];
  if (!finding) return saying(`${answer} is no number from 1 to ${findings.length}.`);
  if (letter === '') return saying(...whole(finding));
  return (finding.offers ?? []).length > 0 ? onFinding(number, state, {type: 'forward'}) : saying('Nothing is offered for this one.');
};

export const checksTalk: Talk = {
  turn: ({state, before}) => {
    const {checks, notice, screen} = state;
    if (checks.status === 'loading') return waiting('Checking this host.');
    if (checks.status === 'failed') return asking(troubleLines(checks.trouble), 'Enter to go back:');
    const said = notice ? [notice] : [];
    if (screen.name === 'checks' && screen.confirming !== undefined) {
      return asking(said, `Go on although ${screen.confirming} forbids it? Type yes, or anything else to leave it:`);
    }
    const list = entered({state, before}) || before?.checks !== checks ? listOf(findingsOf(state)) : [];
    return asking([...said, ...list], 'Checks. Number to hear what to do, r to check again, Enter to go back:');
  },
  reply: (answer, {state}) => {
    const {screen, checks} = state;
    if (checks.status !== 'ready') return doing({type: 'back'});
    if (screen.name !== 'checks' || screen.confirming === undefined) return replyTo(answer, state);
    return doing({type: answer.toLowerCase() === 'yes' ? 'ignore-check' : 'back'});
  },
  help: [
    'A number says what to do about a check. t and a number, for example t 1, takes over what is offered for it.',
    'i and a number goes on in spite of a check, after a question. l says all checks, those that passed too.',
  ],
};
