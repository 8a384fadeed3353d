/** What a state waits for, asked of the outside. */
import type {ProfileChange, ProfileChanged, WizardServices} from '../services.ts';
import {troubleOf} from '../trouble.ts';
import type {ProfilesAction} from '../wizard/profiles.ts';
import type {Loadable, WizardAction, WizardState} from '../wizard/state.ts';

/** Throws what is no trouble of the operator's. */
const load = async <T>(work: () => Promise<T>): Promise<Loadable<T>> => {
  try {
    return {status: 'ready', value: await work()};
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    return {status: 'failed', trouble};
  }
};

const orFailed = <T>(loaded: Loadable<T>, then: (value: T) => WizardAction): WizardAction => {
  if (loaded.status === 'ready') return then(loaded.value);
  if (loaded.status === 'failed') return {type: 'failed', trouble: loaded.trouble};
  throw new Error('What was waited for is still loading.');
};

/** The list as it is now. */
const list = async (request: number, {profiles}: WizardServices): Promise<WizardAction> => ({
  type: 'profiles',
  action: {type: 'listed', request, list: await load(() => profiles.list())},
});

const change = async (asked: ProfileChange, {profiles}: WizardServices): Promise<WizardAction> => ({
  type: 'profiles',
  action: profileAction(await load(() => profiles.change(asked))),
});

const profileAction = (loaded: Loadable<ProfileChanged>): ProfilesAction => {
  if (loaded.status === 'ready') return {type: 'changed', result: loaded.value};
  if (loaded.status === 'failed') return {type: 'change-failed', trouble: loaded.trouble};
  throw new Error('What was waited for is still loading.');
};

/** One case for each thing that a screen waits for. */
export const workOf = async (
  {screen, answers, profile, reviewRequest, checksRequest, ignored, secrets, edited, saved, reveal}: WizardState,
  services: WizardServices,
): Promise<WizardAction> => {
  switch (screen.name) {
    case 'welcome':
      return {type: 'host-found', host: await load(() => services.inspectHost())};
    case 'checks':
      return {type: 'checks-ready', request: checksRequest, checks: await load(() => services.check(answers, ignored))};
    case 'review':
      return {type: 'review-ready', request: reviewRequest, review: await load(() => services.review(answers, ignored))};
    case 'settings': {
      if (reveal) return {type: 'secret-revealed', id: reveal.id, content: await load(() => services.secrets.reveal(reveal.id))};
      // A folder that can not be read is said when it is written to.
      const found = await load(() => services.secrets.present());
      return {type: 'secrets-found', ids: found.status === 'ready' ? found.value : []};
    }
    case 'profiles':
      return saved.running ? change(saved.running, services) : list(saved.request, services);
    case 'profile':
      if (!screen.saving) return list(saved.request, services);
      return orFailed(await load(() => services.saveProfile(profile.value, answers)), () => ({type: 'profile-saved'}));
    case 'writing':
      return orFailed(await load(() => services.write(answers, secrets, edited)), paths => ({type: 'written', paths}));
    default:
      throw new Error(`Nothing is waited for on the screen ${screen.name}.`);
  }
};
