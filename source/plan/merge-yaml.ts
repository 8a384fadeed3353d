/** Merging YAML documents with their comments. Pure. */
import {isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq} from 'yaml';

export const commentable = (node: unknown): node is Node => isMap(node) || isSeq(node) || isScalar(node);

export const addComment = (node: unknown, comment: string | null | undefined) => {
  if (comment && commentable(node)) node.commentBefore = [comment, node.commentBefore].filter(Boolean).join('\n');
};

/** `yaml` keeps a comment above the first entry on the collection; once entries are moved it has to follow the entry. */
const commentToFirstEntry = (collection: YAMLMap | YAMLSeq) => {
  const first = isMap(collection) ? collection.items[0]?.key : collection.items[0];
  addComment(first, collection.commentBefore);
  collection.commentBefore = null;
};

/** Sequences of arguments, in which the same one may stand twice. Of all others compose takes an entry once, and refuses a list that repeats one. */
const argumentLists = ['command', 'entrypoint', 'test'];

const newEntries = (present: YAMLSeq, added: YAMLSeq): readonly unknown[] => {
  const values = new Set(present.items.map(item => (isScalar(item) ? item.value : item)));
  return added.items.filter(item => !isScalar(item) || !values.has(item.value));
};

/** As compose merges files: maps by key, sequences appended, anything else replaced. But arguments are appended too, where compose would replace all of them. */
export const mergeMaps = (target: YAMLMap, source: YAMLMap) => {
  commentToFirstEntry(source);
  for (const pair of source.items as Pair<Node, Node | null>[]) {
    const present = target.items.find(item => String(item.key) === String(pair.key)) as Pair<Node, Node | null> | undefined;
    if (!present) target.items.push(pair);
    else if (isMap(present.value) && isMap(pair.value)) {
      addComment(pair.value, (pair.key as Node).commentBefore);
      mergeMaps(present.value, pair.value);
    } else if (isSeq(present.value) && isSeq(pair.value)) {
      addComment(pair.value, (pair.key as Node).commentBefore);
      commentToFirstEntry(pair.value);
      const repeats = argumentLists.includes(String(pair.key));
      present.value.items.push(...(repeats ? pair.value.items : newEntries(present.value, pair.value)));
    } else {
      addComment(present.key, (pair.key as Node).commentBefore);
      present.value = pair.value;
    }
  }
};
