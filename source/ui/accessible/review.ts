/** The review as sentences, and the word that starts it. Pure. */
import {audienceOf, downloadText, firewallTexts, hostNetworkText, memoryText, portText} from '../../display/consequences.ts';
import type {Finding} from '../../plan/findings.ts';
import type {ObservedFile} from '../../plan/observed.ts';
import type {Plan, Step} from '../../plan/plan.ts';
import type {Review} from '../services.ts';
import {isBlocked} from '../wizard/review-findings.ts';
import type {WizardState} from '../wizard/state.ts';
import {findingText} from './checks.ts';
import {removalLines} from './decisions.ts';
import {asking, doing, entered, plural, type Reply, saying, sentence, type Talk, troubleLines, waiting} from './turn.ts';

const findingLines = (finding: Finding): readonly string[] => [findingText(finding), ...finding.next.map(step => `What to do: ${step}`)];

const checks = ({findings}: Review): readonly string[] => {
  const passed = findings.filter(({level}) => level === 'ok').length;
  return [
    ...findings.filter(({level}) => level === 'blocking').flatMap(findingLines),
    ...findings.filter(({level}) => level === 'warning').flatMap(findingLines),
    ...(passed > 0 ? [`${plural(passed, 'check', 'checks')} of this host passed.`] : []),
  ];
};

const stepLine = ({op, resource, cause}: Step) => `${op} ${resource}: ${sentence(cause)}`;

const planLines = ({files, phases, removal, changes}: Plan): readonly string[] => [
  ...(changes ? [] : ['Nothing to do: everything is as selected.']),
  ...(files.length > 0 ? ['Files.', ...files.map(stepLine)] : []),
  ...phases.flatMap(({title, steps}, index) => [`Phase ${index + 1} of ${phases.length}, ${title}.`, ...steps.map(stepLine)]),
  ...(removal.services.length > 0 ? ['No longer selected.', ...removalLines(removal)] : []),
];

const fileStates: Readonly<Record<ObservedFile['state'], string>> = {
  new: 'new',
  same: 'as it is',
  outdated: 'changes',
  edited: 'yours, kept',
  conflict: 'yours, and differs',
  unneeded: 'is removed',
};

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);

const diffLines = ({files}: Review): readonly string[] => {
  const changed = files.flatMap(({path, diff}) => (diff ? [`Changes of ${path}.`, ...diff.split('\n')] : []));
  return changed.length > 0 ? changed : ['No file changes.'];
};

/** In the order of the review on the screen. */
const reviewLines = (review: Review): readonly string[] => [
  ...section('Checks of this host.', checks(review)),
  ...section(
    'Good to know.',
    review.notices.map(({text}) => sentence(text)),
  ),
  ...planLines(review.plan),
  ...section('Open ports.', [
    ...review.ports.map(port => `${portText(port)}, ${audienceOf(port)}: ${port.service}.`),
    ...review.hostNetwork.map(({service}) => hostNetworkText(service)),
    ...firewallTexts(review),
  ]),
  downloadText(review.download),
  memoryText(review.memory),
  ...section(
    'What will answer.',
    review.links.map(({title, url, login}) => `${title}: ${url}${login ? `, ${login}` : ''}`),
  ),
  ...section(
    `Files in ${review.directory}.`,
    review.files.map(({path, state}) => `${path}: ${fileStates[state]}.`),
  ),
  `Project ${review.selection.project}. The folder works without this program: docker compose up -d in it does the same.`,
];

const goesOn = (review: Review): string => {
  if (!review.canRollOut) return 'Nothing can be rolled out here yet. Type yes to write the files only, r to check again';
  return isBlocked(review)
    ? 'A check forbids the rollout. Enter to check again, w to write the files only'
    : 'Nothing has changed yet. Type yes to roll this out, w to write the files only';
};

const promptOf = (review: Review) => `${goesOn(review)}, b to go back:`;

const replyTo = (answer: string, review: Review): Reply => {
  if (review.canRollOut && isBlocked(review) && answer === '') return doing({type: 'check-again'});
  if (answer.toLowerCase() === 'yes') return doing({type: 'forward'});
  return saying('Nothing was done.');
};

const letters: Readonly<Record<string, Reply>> = {
  w: doing({type: 'write-only'}),
  s: doing({type: 'open-settings'}, {type: 'move', motion: 'first', page: 1, limit: 0}),
  r: doing({type: 'check-again'}),
};

const saidNow = (review: Review, state: WizardState, before: WizardState | undefined): readonly string[] =>
  entered({state, before}) || before?.review !== state.review ? ['Step 4 of 5, the plan.', ...reviewLines(review)] : [];

export const reviewTalk: Talk = {
  turn: ({state, before}) => {
    const {review} = state;
    if (review.status === 'loading') return waiting('Making the plan: comparing what was picked with what is there.');
    if (review.status === 'failed') return asking(troubleLines(review.trouble), 'The plan could not be made. Enter to try again:');
    return asking(saidNow(review.value, state, before), promptOf(review.value));
  },
  reply: (answer, {state: {review}}) => {
    if (review.status !== 'ready') return answer === '' ? doing({type: 'forward'}) : saying('Here only Enter goes on.');
    if (answer === 'd') return saying(...diffLines(review.value));
    return letters[answer] ?? replyTo(answer, review.value);
  },
  help: [
    'yes does what the plan says. w writes the files and starts nothing. d says what changes in each file.',
    'r looks again at the host and the files. s asks the settings.',
  ],
};
