/** The checks of this host, as a list that can be acted on. Pure. */
import type {Answers} from '../../plan/answers.ts';
import {type Finding, type Offer, offerFlag} from '../../plan/findings.ts';
import type {WizardState} from './state.ts';

const grave: readonly Finding['level'][] = ['blocking', 'warning', 'ok'];

/** What forbids a rollout first, what is well last. */
const byGravity = (findings: readonly Finding[]): readonly Finding[] =>
  grave.flatMap(wanted => findings.filter(({level}) => level === wanted));

export const findingsOf = ({checks}: Pick<WizardState, 'checks'>): readonly Finding[] =>
  checks.status === 'ready' ? byGravity(checks.value) : [];

/** The finding under the cursor. */
export const currentFinding = (state: Pick<WizardState, 'checks' | 'cursors'>): Finding | undefined => {
  const findings = findingsOf(state);
  return findings[Math.min(state.cursors.checks, findings.length - 1)];
};

const ask = (state: WizardState): WizardState => ({
  ...state,
  screen: {name: 'checks'},
  checks: {status: 'loading'},
  checksRequest: state.checksRequest + 1,
  cursors: {...state.cursors, checks: 0},
});

export const openChecks = (state: WizardState): WizardState => (state.screen.name === 'welcome' ? ask(state) : state);

export const repeatChecks = (state: WizardState): WizardState => (state.checks.status === 'loading' ? state : ask(state));

const withOffer = (settings: Answers['settings'], {component, input, value}: Offer): Answers['settings'] => ({
  ...settings,
  [component]: {...settings[component], [input]: value},
});

const isReading = ({screen}: WizardState) => screen.name === 'checks' && screen.reading !== undefined;

/** The finding under the cursor on the whole screen. */
export const readFinding = (state: WizardState): WizardState =>
  currentFinding(state) && !isReading(state) ? {...state, screen: {name: 'checks', reading: 0}} : state;

/** Makes what a finding offers an answer, and checks again with it; one without an offer is opened and closed. */
export const takeOffers = (state: WizardState): WizardState => {
  const finding = currentFinding(state);
  if (!finding) return state;
  const {offers = []} = finding;
  if (offers.length === 0) return isReading(state) ? {...state, screen: {name: 'checks'}} : readFinding(state);
  const settings = offers.reduce(withOffer, state.answers.settings);
  const notice = `Taken over as ${offers.length === 1 ? 'an answer' : 'answers'}: ${offers.map(offerFlag).join(' ')}`;
  return {...ask(state), answers: {...state.answers, settings}, notice};
};

export const askToIgnore = (state: WizardState): WizardState => {
  const finding = currentFinding(state);
  if (!finding) return state;
  if (finding.level !== 'blocking') return {...state, notice: 'Only what forbids a rollout can be ignored.'};
  if (finding.binding) return {...state, notice: 'This can not be ignored: without it nothing can be rolled out.'};
  return {...state, screen: {name: 'checks', confirming: finding.id}};
};

const demoted = (finding: Finding, id: string): Finding =>
  finding.id === id ? {...finding, level: 'warning', what: `${finding.what}; ignored as you asked`, ignored: true} : finding;

/** For this run: the finding is a warning, and the rollout notes it in the journal. */
export const ignoreCheck = (state: WizardState): WizardState => {
  const {screen, checks} = state;
  if (screen.name !== 'checks' || screen.confirming === undefined) return state;
  const id = screen.confirming;
  const known: WizardState['checks'] = checks.status === 'ready' ? {...checks, value: checks.value.map(one => demoted(one, id))} : checks;
  return {
    ...state,
    screen: {name: 'checks'},
    checks: known,
    ignored: [...new Set([...state.ignored, id])],
    notice: `${id} is a warning for this run; the journal will say so.`,
  };
};
