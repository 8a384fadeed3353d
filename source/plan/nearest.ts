import {distance} from 'fastest-levenshtein';
import type {Problem} from './problem.ts';

/** Nearest of the known names, if it is near enough to be a slip of the finger. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const lower = name.toLowerCase();
  // Of two that are equally far, the one that begins alike: slips happen later in a word.
  const ranked = [...known]
    .map(candidate => ({candidate, far: distance(lower, candidate), begins: candidate[0] === lower[0] ? 0 : 1}))
    .sort((a, b) => a.far - b.far || a.begins - b.begins);
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
