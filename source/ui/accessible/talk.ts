/** The wizard as a conversation: from a state to what is said and asked, from an answer to actions. The rules are the screens' own. Pure. */
import type {ScreenName, WizardState} from '../wizard/state.ts';
import {checksTalk} from './checks.ts';
import {editedTalk, removalTalk} from './decisions.ts';
import {basicsTalk, settingsTalk, stepBack} from './form.ts';
import {instancesTalk} from './instances.ts';
import {namingTalk, profileTalk} from './names.ts';
import {phaseBack, pickerTalk} from './picker.ts';
import {profilesTalk} from './profiles.ts';
import {reviewTalk} from './review.ts';
import {doing, type Moment, type Reply, saying, type Talk, type Turn, troubleLines, waiting} from './turn.ts';
import {welcomeTalk} from './welcome.ts';

const silent: Talk = {turn: () => waiting(), reply: () => doing(), help: []};

const leaves: Turn = {say: [], next: {kind: 'go', action: {type: 'quit'}}};

const writingTalk: Talk = {
  ...silent,
  turn: ({state: {trouble}}) => (trouble ? {...leaves, say: troubleLines(trouble)} : waiting('Writing the files.')),
};

/** One for each screen. Rollout and status are no questions: they are told as they happen. */
const talks: Readonly<Record<ScreenName, Talk>> = {
  welcome: welcomeTalk,
  checks: checksTalk,
  basics: basicsTalk,
  components: pickerTalk,
  naming: namingTalk,
  instances: instancesTalk,
  settings: settingsTalk,
  review: reviewTalk,
  removal: removalTalk,
  edited: editedTalk,
  profile: profileTalk,
  profiles: profilesTalk,
  writing: writingTalk,
  written: {...silent, turn: () => leaves},
  rollout: silent,
  status: silent,
};

/** What is said now. `before` is the state when something was said last. */
export const speak = (moment: Moment, before: WizardState | undefined): Turn => talks[moment.state.screen.name].turn({...moment, before});

const general: readonly string[] = [
  'At every question: question mark says this, b goes back and no answer is lost, q quits. Ctrl+C quits at any time.',
  'Nothing changes on this host before the plan was confirmed.',
];

const back = (moment: Moment): Reply => {
  const {name} = moment.state.screen;
  if (name === 'components') return phaseBack(moment);
  return doing(name === 'basics' || name === 'settings' ? stepBack(moment) : {type: 'back'});
};

/** What a typed line does. */
export const understand = (line: string, moment: Moment): Reply => {
  const answer = line.trim();
  const talk = talks[moment.state.screen.name];
  if (answer === '?') return saying(...talk.help, ...general);
  if (answer === 'q') return doing({type: 'quit'});
  if (answer === 'b') return back(moment);
  return talk.reply(answer, moment);
};
