/** What a change of the picks brings along, breaks and takes away, in a sentence or two. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {conflictsIn, missingAlternatives} from '../../plan/close.ts';
import {type Draft, draft} from '../../plan/select.ts';

const titleOf = ({catalog}: Draft, id: string) => catalog.components.get(id)?.title ?? id;

const isIn = ({closure}: Draft, id: string) => closure.variants.has(id);

/** `PostgreSQL, for Login` of what was not there before. */
const brought = (before: Draft, after: Draft): readonly string[] => {
  const along = after.components.flatMap(({id, because}) =>
    because.kind === 'required' && !isIn(before, id) ? [`${titleOf(after, id)}, for ${titleOf(after, because.by)}`] : [],
  );
  return along.length === 0 ? [] : [`Comes along: ${along.join('; ')}.`];
};

const lacking = (before: Draft, after: Draft): readonly string[] => {
  const known = new Set(missingAlternatives(before.catalog, before.closure).map(({where}) => where));
  return missingAlternatives(after.catalog, after.closure)
    .filter(({where}) => !known.has(where))
    .map(({where, what}) => {
      const titles = (after.catalog.components.get(where)?.requiresOneOf ?? []).map(id => titleOf(after, id));
      return `${what} Pick at least one of ${titles.join(', ')}.`;
    });
};

/** Variants that exclude each other, and ones that different components want differently. */
const conflicting = (before: Draft, after: Draft): readonly string[] => {
  const said = ({catalog, closure}: Draft) =>
    [...closure.problems, ...conflictsIn(catalog, closure)].map(({what, next}) => `${what} ${next}`);
  const known = said(before);
  return said(after).filter(text => !known.includes(text));
};

const isPicked = ({answers}: Draft, id: string) => id in answers.components;

const taken = (before: Draft, after: Draft): readonly string[] => {
  const gone = before.components.filter(({id}) => !isIn(after, id) && !isPicked(before, id)).map(({id}) => titleOf(before, id));
  return gone.length === 0 ? [] : [`${gone.join(', ')} ${gone.length === 1 ? 'goes' : 'go'} too.`];
};

const unpicked = (before: Draft, after: Draft) => Object.keys(before.answers.components).filter(id => !isPicked(after, id));

/** What something else still needs is not gone by leaving it out. */
const kept = (before: Draft, after: Draft): readonly string[] =>
  unpicked(before, after).flatMap(id => {
    const because = after.components.find(other => other.id === id)?.because;
    return because?.kind === 'required' ? [`${titleOf(after, id)} stays, for ${titleOf(after, because.by)}.`] : [];
  });

const missed = (before: Draft, after: Draft): readonly string[] =>
  unpicked(before, after)
    .filter(id => !isIn(after, id))
    .flatMap(id => {
      const by = after.components.filter(other => after.catalog.components.get(other.id)?.recommends.includes(id));
      const titles = by.map(other => titleOf(after, other.id)).join(', ');
      return by.length === 0 ? [] : [`${titles} ${by.length === 1 ? 'goes' : 'go'} well with ${titleOf(before, id)}, and now without it.`];
    });

/** Undefined when the change concerns nothing else. */
export const pickNotice = (catalog: Catalog, from: Answers, to: Answers): string | undefined => {
  const before = draft(catalog, from);
  const after = draft(catalog, to);
  const sentences = [lacking, conflicting, brought, taken, kept, missed].flatMap(say => say(before, after));
  return sentences.length === 0 ? undefined : sentences.join(' ');
};
