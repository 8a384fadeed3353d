import type {Sight} from '../services.ts';

export interface OwnSight extends Sight {
  /** Ids of the containers that are on the screen from now on. */
  look(ids: readonly string[]): void;
}

/** What is on the screen, set by what draws it and read by what measures. */
export const createSight = (): OwnSight => {
  let ids: readonly string[] = [];
  return {
    shown: () => ids,
    look: next => {
      ids = next;
    },
  };
};
