/** A snapshot of the services as a document for programs. Pure. */
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {healthSentence, type PlatformHealth, platformHealth} from './health-sentence.ts';

export interface StatusDocument extends Omit<StatusSnapshot, 'services'> {
  readonly health: PlatformHealth;
  /** The same for people. */
  readonly sentence: string;
  /** Figures as of now: who wants to see them move keeps them. */
  readonly services: readonly Omit<ServiceStatus, 'history'>[];
}

const withoutHistory = ({history: _, ...service}: ServiceStatus): Omit<ServiceStatus, 'history'> => service;

export const statusDocument = (snapshot: StatusSnapshot): StatusDocument => ({
  ...snapshot,
  health: platformHealth(snapshot),
  sentence: healthSentence(snapshot, snapshot.at),
  services: snapshot.services.map(withoutHistory),
});
