/** Puts changes into the operator's own overlay, which keeps its comments and wins where it says something itself. Pure. */
import {Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap} from 'yaml';
import {isTree, type OverlayChange, overlayChange, sameValue, type Tree} from './overlay-change.ts';

/** `path`: of the overlay that the changes were made in. */
export interface OwnChange {
  readonly path: string;
  readonly before: string;
  readonly mine: string;
  readonly next: string;
}

export type OwnOverlay = {readonly ok: true; readonly content: string} | {readonly ok: false; readonly problems: readonly string[]};

const parsed = (text: string): Tree | undefined => {
  const document = parseDocument(text);
  const value: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
  return isTree(value) ? value : undefined;
};

const changeOf = ({path, before, mine, next}: OwnChange): OverlayChange => {
  const [was, is, will] = [before, mine, next].map(parsed);
  if (!was || !is || !will) return {patch: {}, problems: [`${path} can not be read as YAML any more.`]};
  return overlayChange(was, is, will);
};

/** Why the changes can not be moved; empty when they can. */
export const moveProblems = (change: OwnChange): readonly string[] => changeOf(change).problems;

const entryOf = (map: YAMLMap, key: string) => map.items.find(pair => isScalar(pair.key) && String(pair.key.value) === key);

/** What is there already was merged last before, and still is: it stays. Lists are appended to, what was moved first. */
const mergeUnder = (document: Document, own: YAMLMap, patch: Tree, comment: string | undefined): void => {
  // `{}` of an empty file would put everything on one line.
  if (own.items.length === 0) own.flow = false;
  for (const [key, value] of Object.entries(patch)) {
    const present = entryOf(own, key);
    if (!present || (isScalar(present.value) && present.value.value === null)) {
      if (present) own.delete(key);
      const added = document.createPair(key, value) as Pair<{commentBefore?: string}>;
      if (comment !== undefined) added.key.commentBefore = comment;
      own.items.push(added);
    } else if (isMap(present.value) && isTree(value)) mergeUnder(document, present.value, value, undefined);
    else if (isSeq(present.value) && Array.isArray(value)) {
      const there: readonly unknown[] = present.value.toJS(document) as unknown[];
      const added = value.filter(entry => !there.some(other => sameValue(other, entry)));
      present.value.items.unshift(...added.map(entry => document.createNode(entry)));
    }
  }
};

/** Sections first: `services`, `networks`; the comment stands above what is added to one. */
const mergeSections = (document: Document, own: YAMLMap, patch: Tree, comment: string) => {
  for (const [section, entries] of Object.entries(patch)) {
    const present = entryOf(own, section);
    if (present && isMap(present.value) && isTree(entries)) mergeUnder(document, present.value, entries, comment);
    else mergeUnder(document, own, {[section]: entries}, comment);
  }
};

/** The operator's own overlay with the changes of all these files. */
export const moveToOwn = (own: string, changes: readonly OwnChange[]): OwnOverlay => {
  const document: Document = own.trim() === '' ? new Document({}) : parseDocument(own);
  if (document.errors.length > 0) return {ok: false, problems: ['Your own overlay can not be read as YAML.']};
  if (document.contents === null) document.contents = document.createNode({});
  if (!isMap(document.contents)) return {ok: false, problems: ['Your own overlay is no compose file.']};
  const problems: string[] = [];
  for (const change of changes) {
    const {patch, problems: own} = changeOf(change);
    problems.push(...own);
    if (own.length === 0) mergeSections(document, document.contents as YAMLMap, patch, ` Moved here from ${change.path}.`);
  }
  return problems.length > 0 ? {ok: false, problems} : {ok: true, content: document.toString({lineWidth: 0})};
};
