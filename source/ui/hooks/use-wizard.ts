import {useEffect, useEffectEvent} from 'react';
import type {Catalog} from '../../catalog/catalog.ts';
import type {Finding, HostFindings} from '../../plan/findings.ts';
import type {SavedProfile} from '../../plan/saved-profile.ts';
import type {ProfileChange, ProfileChanged, Review, WizardServices} from '../services.ts';
import {troubleOf} from '../trouble.ts';
import {type KeyContext, wizardAction} from '../wizard/keys.ts';
import type {Loadable, WizardAction, WizardStart, WizardState} from '../wizard/state.ts';
import {reduceWizard, startWizard} from '../wizard.ts';
import {type Machine, useMachine} from './use-machine.ts';

export interface WizardOptions extends WizardStart {
  readonly catalog: Catalog;
  readonly services: WizardServices;
  /** An error that is ours: ends the program. */
  readonly onBug: (error: unknown) => void;
}

/** The wizard's state, and what it asks of the outside: look at the host, make a review, save, write. */
export const useWizard = ({catalog, services, onBug, ...start}: WizardOptions): Machine<WizardState, WizardAction, KeyContext> => {
  const machine = useMachine<WizardState, WizardAction, KeyContext>({
    start: startWizard(catalog, start),
    reduce: (state, action) => reduceWizard(state, action, catalog),
    actionOf: (key, state, context) => wizardAction(key, state, catalog, context),
  });
  const {state, dispatch} = machine;
  const {screen, reviewRequest, checksRequest, saved} = state;
  const load = useEffectEvent(async <T>(work: () => Promise<T>, then: (loaded: Loadable<T>) => void) => {
    try {
      then({status: 'ready', value: await work()});
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble) then({status: 'failed', trouble});
      else onBug(error);
    }
  });
  const orFail = <T>(loaded: Loadable<T>, then: (value: T) => WizardAction) => {
    if (loaded.status === 'ready') dispatch(then(loaded.value));
    if (loaded.status === 'failed') dispatch({type: 'failed', trouble: loaded.trouble});
  };
  const inspect = useEffectEvent(() =>
    load<HostFindings>(
      () => services.inspectHost(),
      host => dispatch({type: 'host-found', host}),
    ),
  );
  const review = useEffectEvent((request: number) =>
    load<Review>(
      () => services.review(state.answers, state.ignored),
      loaded => dispatch({type: 'review-ready', request, review: loaded}),
    ),
  );
  const check = useEffectEvent((request: number) =>
    load<readonly Finding[]>(
      () => services.check(state.answers, state.ignored),
      checks => dispatch({type: 'checks-ready', request, checks}),
    ),
  );
  const save = useEffectEvent(() =>
    load(
      () => services.saveProfile(state.profile.value, state.answers),
      loaded => orFail(loaded, () => ({type: 'profile-saved'})),
    ),
  );
  const write = useEffectEvent(() =>
    load(
      () => services.write(state.answers, state.secrets, state.edited),
      loaded => orFail(loaded, paths => ({type: 'written', paths})),
    ),
  );
  const findSecrets = useEffectEvent(() =>
    load(
      () => services.secrets.present(),
      // A folder that can not be read is said when it is written to.
      loaded => dispatch({type: 'secrets-found', ids: loaded.status === 'ready' ? loaded.value : []}),
    ),
  );
  const revealed = useEffectEvent((id: string) =>
    load(
      () => services.secrets.reveal(id),
      content => dispatch({type: 'secret-revealed', id, content}),
    ),
  );
  const isSettings = screen.name === 'settings';
  const asked = state.reveal?.content?.status === 'loading' ? state.reveal.id : undefined;
  const list = useEffectEvent((request: number) =>
    load<readonly SavedProfile[]>(
      () => services.profiles.list(),
      loaded => dispatch({type: 'profiles', action: {type: 'listed', request, list: loaded}}),
    ),
  );
  const changeProfile = useEffectEvent((change: ProfileChange) =>
    load<ProfileChanged>(
      () => services.profiles.change(change),
      loaded => {
        if (loaded.status === 'ready') dispatch({type: 'profiles', action: {type: 'changed', result: loaded.value}});
        if (loaded.status === 'failed') dispatch({type: 'profiles', action: {type: 'change-failed', trouble: loaded.trouble}});
      },
    ),
  );
  const showsProfiles = screen.name === 'profiles' || screen.name === 'profile';
  const isSaving = screen.name === 'profile' && screen.saving;
  const isWriting = screen.name === 'writing';
  useEffect(() => {
    if (isSettings) void findSecrets();
  }, [isSettings]);
  useEffect(() => {
    if (asked !== undefined) void revealed(asked);
  }, [asked]);
  useEffect(() => {
    void inspect();
  }, []);
  useEffect(() => {
    if (reviewRequest > 0) void review(reviewRequest);
  }, [reviewRequest]);
  useEffect(() => {
    if (showsProfiles) void list(saved.request);
  }, [showsProfiles, saved.request]);
  useEffect(() => {
    if (saved.running) void changeProfile(saved.running);
  }, [saved.running]);
  useEffect(() => {
    if (checksRequest > 0) void check(checksRequest);
  }, [checksRequest]);
  useEffect(() => {
    if (isSaving) void save();
  }, [isSaving]);
  useEffect(() => {
    if (isWriting) void write();
  }, [isWriting]);
  return machine;
};
