/** Saved profiles as recordings: two that can be used, one with what is not known any more, one of a newer version. */
import type {SavedProfile} from '../../source/plan/saved-profile.ts';
import type {ProfileChange, ProfileChanged, WizardServices} from '../../source/ui/services.ts';
import * as recorded from './fixtures.ts';
import {type Calls, recordingServices} from './services.ts';

const saved = (name: string, day: string, changes: Partial<typeof recorded.answers>): SavedProfile => ({
  version: 1,
  name,
  savedAt: `2026-0${day}T12:30:00.000Z`,
  answers: {...recorded.answers, ...changes},
});

const profiles: readonly SavedProfile[] = [
  saved('blog', '2-11', {tier: 'minimal', environment: 'dev', components: {gateway: 'standalone', login: 'standalone'}, settings: {}}),
  saved('from-elsewhere-with-a-long-name', '3-01', {
    tier: 'standard',
    environment: 'prod',
    components: {gateway: 'standalone', sql: 'cluster'},
    settings: {platform: {domain: 'elsewhere.localhost'}, gateway: {colour: 'red'}},
  }),
  {name: 'later', version: 9, newer: true},
  saved('shop', '4-30', {tier: 'standard', environment: 'prod', settings: {platform: {domain: 'shop.example.com'}}}),
];

/** Changes are written down and answered in turn; `done` when no answer is left. */
export const withProfiles = (calls: Calls = [], answers: (ProfileChanged | Error)[] = []): WizardServices =>
  recordingServices(calls, {
    profiles: {
      list: async () => profiles,
      change: async (change: ProfileChange) => {
        calls.push(['change', change]);
        const answer = answers.shift() ?? {kind: 'done', said: 'It is done.'};
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  });
