import {distance} from 'fastest-levenshtein';
import type {Problem} from './problem.ts';

/** Nearest of the known names, if it is near enough to be a slip of the finger. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const ranked = [...known].map(candidate => ({candidate, far: distance(name.toLowerCase(), candidate)})).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  if (!best || best.far > Math.max(2, Math.floor(name.length / 3))) return undefined;
  // Two short names are always near; they have to share a letter, too.
  return best.far < Math.max(name.length, best.candidate.length) ? best.candidate : undefined;
};

/** "There is no ..., did you mean ...", for every kind of name the operator can get wrong. */
export const unknownName = (where: string, kind: string, name: string, known: Iterable<string>): Problem => {
  const names = [...known];
  const near = nearest(name, names);
  return {
    where,
    what: `There is no ${kind} "${name}".`,
    next: near ? `Did you mean "${near}"?` : `Known: ${names.join(', ') || 'none'}.`,
  };
};
