/** What the operator changed in a generated overlay, as an overlay of its own that compose merges to the same result. Pure. */

export type Tree = {readonly [key: string]: unknown};

export interface OverlayChange {
  /** Only what was added or changed; empty when nothing but comments and spaces differ. */
  readonly patch: Tree;
  /** Why it can not be said as an overlay, a sentence each; then the patch is not to be used. */
  readonly problems: readonly string[];
}

export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Order of keys means nothing to compose. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, canonical(value[key])]),
  );
};

export const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

/** Lists that compose replaces as a whole; to all others it appends. */
const replacedLists = new Set(['command', 'entrypoint', 'test']);
/** Lists of `KEY=VALUE` that compose merges by key. */
const keyedLists = new Set(['environment', 'labels']);

const nothing: OverlayChange = {patch: {}, problems: []};
const changed = (key: string, value: unknown): OverlayChange => ({patch: {[key]: value}, problems: []});
const impossible = (problem: string): OverlayChange => ({patch: {}, problems: [problem]});

const keyOf = (entry: unknown) => String(entry).split('=', 1)[0] ?? '';

const listChange = (key: string, at: string, before: readonly unknown[], mine: readonly unknown[]): OverlayChange => {
  if (replacedLists.has(key)) return changed(key, mine);
  const has = (list: readonly unknown[], entry: unknown) => list.some(other => sameValue(other, entry));
  const added = mine.filter(entry => !has(before, entry));
  const stays = keyedLists.has(key)
    ? (entry: unknown) => mine.some(other => keyOf(other) === keyOf(entry))
    : (entry: unknown) => has(mine, entry);
  if (!before.every(stays)) return impossible(`${at} has lost an entry, and compose only ever adds to that list.`);
  return added.length === 0 ? nothing : changed(key, added);
};

const valueChange = (key: string, at: string, before: unknown, mine: unknown): OverlayChange => {
  if (sameValue(before, mine)) return nothing;
  if (Array.isArray(before) && Array.isArray(mine)) return listChange(key, at, before, mine);
  if (isTree(before) && isTree(mine)) {
    const {patch, problems} = treeChange(at, before, mine);
    return {patch: Object.keys(patch).length > 0 ? {[key]: patch} : {}, problems};
  }
  const isPlain = (value: unknown) => !Array.isArray(value) && !isTree(value);
  if (isPlain(before) && isPlain(mine)) return changed(key, mine);
  // A command may be a text or a list: compose takes the later one either way.
  return replacedLists.has(key) ? changed(key, mine) : impossible(`${at} is of another kind than before.`);
};

const treeChange = (at: string, before: Tree, mine: Tree): OverlayChange => {
  const place = (key: string) => (at === '' ? key : `${at}.${key}`);
  const removed = Object.keys(before)
    .filter(key => !(key in mine))
    .map(key => impossible(`${place(key)} was removed, and an overlay can only add and change.`));
  const rest = Object.entries(mine).map(([key, value]) =>
    key in before ? valueChange(key, place(key), before[key], value) : changed(key, value),
  );
  return {
    patch: Object.assign({}, ...rest.map(({patch}) => patch)),
    problems: [...removed, ...rest].flatMap(({problems}) => problems),
  };
};

/** Whatever was changed has to be there in the file that is written now: a patch alone is no whole service. */
const goneEntries = (patch: Tree, before: Tree, next: Tree): readonly string[] =>
  Object.entries(patch).flatMap(([section, entries]) => {
    const [was, is] = [before[section], next[section]];
    if (!isTree(entries) || !isTree(was)) return [];
    return Object.keys(entries)
      .filter(name => name in was && !(isTree(is) && name in is))
      .map(name => `${section}.${name} is not part of what is written now.`);
  });

/** `before`: as it was last written. `mine`: as it is on disk. `next`: as it would be written now. */
export const overlayChange = (before: Tree, mine: Tree, next: Tree): OverlayChange => {
  const {patch, problems} = treeChange('', before, mine);
  return {patch, problems: [...problems, ...goneEntries(patch, before, next)]};
};
