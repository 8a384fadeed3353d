import type {ScreenName} from './state.ts';

/** Where one is, as the title says it. */
export const screenTitles: Readonly<Record<ScreenName, string>> = {
  welcome: '1/5 Welcome',
  checks: '1/5 Checks',
  basics: '2/5 Basics',
  components: '3/5 Components',
  naming: '3/5 Components',
  instances: '3/5 Components',
  settings: '3/5 Settings',
  review: '4/5 Review',
  removal: '4/5 Removal',
  edited: '4/5 Edited file',
  profile: '4/5 Save',
  profiles: 'Profiles',
  writing: '5/5 Files',
  written: '5/5 Files',
  rollout: '5/5 Rollout',
  status: 'Status',
};
