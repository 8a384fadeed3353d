/** What is saved for later runs, and what a list tells about it. Pure. */
import {isDeepStrictEqual} from 'node:util';
import type {Catalog} from '../catalog/catalog.ts';
import {type Answers, platformSettings} from './answers.ts';

export interface Profile {
  readonly version: 1;
  readonly name: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly answers: Answers;
}

/** Of a version that is not known here: it is shown, and neither read nor changed. */
export interface NewerProfile {
  readonly name: string;
  readonly version: number;
  readonly newer: true;
}

export type SavedProfile = Profile | NewerProfile;

export const isNewer = (saved: SavedProfile): saved is NewerProfile => 'newer' in saved;

/** `2026-03-01 12:00`, in UTC as it was saved. */
export const savedOn = ({savedAt}: Pick<Profile, 'savedAt'>): string => savedAt.slice(0, 16).replace('T', ' ');

/** The domain under which everything answers; the catalogue's default when none was said. */
export const domainOf = ({platform}: Pick<Catalog, 'platform'>, {settings}: Answers): string =>
  settings[platformSettings]?.domain ?? platform.inputs.find(({id}) => id === 'domain')?.default ?? '';

/** The order in which things were said does not matter. */
export const sameAnswers = (one: Answers, other: Answers): boolean => isDeepStrictEqual(one, other);
