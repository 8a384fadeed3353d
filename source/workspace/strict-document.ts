/** YAML or JSON from outside, read without its dangerous parts; every problem with its line. Pure. */
import {isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Range} from 'yaml';
import type {Problem, Result} from '../plan/problem.ts';

/** Bytes. */
const longest = 256 * 1024;
const deepest = 32;
/** Keys that change what an object is. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

export interface StrictDocument {
  readonly value: unknown;
  /** `<source>:<line>` of what lies at a path, or of the nearest thing above it. */
  where(path: readonly unknown[]): string;
}

type Report = (node: {readonly range?: Range | null | undefined} | null, what: string, next: string) => void;

const inspectScalarKey = (key: unknown, report: Report) => {
  if (!isScalar(key)) {
    report(isNode(key) ? key : null, 'a key is not a plain word', 'Use plain words as keys.');
    return;
  }
  const name = String(key.value);
  if (typeof key.value !== 'string') report(key, `the key ${name} is not text`, `Put it into quotes: "${name}".`);
  if (forbidden.has(name)) report(key, `the key ${name} is not allowed`, 'Remove it.');
  if (name === '<<') report(key, 'merge keys are not allowed', 'Write the keys out.');
  if (key.tag !== undefined) report(key, 'tags are not allowed', 'Remove the tag.');
};

const inspectNode = (node: Node, report: Report) => {
  if (isAlias(node)) report(node, 'aliases are not allowed', 'Write the value out.');
  else if (node.anchor !== undefined) report(node, 'anchors are not allowed', 'Remove the anchor.');
  if (node.tag !== undefined) report(node, 'tags are not allowed', 'Remove the tag.');
};

/** Looks at every node for what plain data never has. Stops descending at the depth limit. */
const inspect = (node: unknown, depth: number, report: Report): void => {
  if (!isNode(node)) return;
  if (depth > deepest) {
    report(node, `it is nested deeper than ${deepest} levels`, 'Flatten it.');
    return;
  }
  inspectNode(node, report);
  if (isSeq(node)) for (const item of node.items) inspect(item, depth + 1, report);
  if (isMap(node)) {
    for (const {key, value} of node.items) {
      inspectScalarKey(key, report);
      inspect(value, depth + 1, report);
    }
  }
};

const childAt = (node: unknown, key: unknown): Node | undefined => {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? item : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(key));
  // The key's place is the one to show: the value of a mapping begins a line below.
  return isNode(pair?.value) ? pair.value : undefined;
};

const keyAt = (node: unknown, key: unknown): Node | undefined => {
  const pair = isMap(node) ? node.items.find(item => isScalar(item.key) && String(item.key.value) === String(key)) : undefined;
  return isNode(pair?.key) ? pair.key : childAt(node, key);
};

const nodeAt = (root: unknown, path: readonly unknown[]): Node | undefined => {
  let found: Node | undefined = isNode(root) ? root : undefined;
  let at: unknown = root;
  for (const key of path) {
    found = keyAt(at, key) ?? found;
    at = childAt(at, key);
  }
  return found;
};

const single = (source: string, what: string, next: string): Result<never> => ({ok: false, problems: [{where: source, what, next}]});

const parse = (text: string, source: string): Result<StrictDocument> => {
  const lines = new LineCounter();
  // `failsafe`-like strictness would make every value text; core keeps numbers, which the schema then judges.
  const documents = parseAllDocuments(text, {lineCounter: lines, uniqueKeys: true, strict: true, schema: 'core', merge: false});
  const lineAt = (offset: number | undefined) => (offset === undefined ? source : `${source}:${lines.linePos(offset).line}`);
  if (!Array.isArray(documents) || documents.length === 0) return single(source, 'it is empty', 'Export a profile again.');
  const [document, second] = documents;
  if (second) return single(lineAt(second.range[0]), 'it holds more than one document', 'Keep one document a file.');
  if (!document) return single(source, 'it is empty', 'Export a profile again.');
  const problems: Problem[] = document.errors.map(({pos, message}) => ({
    where: lineAt(pos[0]),
    what: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'it cannot be read',
    next: 'Correct this line.',
  }));
  if (problems.length === 0) {
    inspect(document.contents, 1, (node, what, next) => problems.push({where: lineAt(node?.range?.[0]), what, next}));
  }
  if (problems.length > 0) return {ok: false, problems};
  const where = (path: readonly unknown[]) => lineAt(nodeAt(document.contents, path)?.range?.[0]);
  return {ok: true, value: {value: document.toJS({maxAliasCount: 0}), where}};
};

/**
 * Reads one document: at most 256 KB, 32 levels, no anchors, aliases, tags, merge keys, duplicate keys or `__proto__`.
 * `source` is what messages call it. Never throws.
 */
export const readStrictDocument = (text: string, source: string): Result<StrictDocument> => {
  if (Buffer.byteLength(text) > longest) return single(source, `it is larger than ${longest / 1024} KB`, 'A profile is never that large.');
  if (text.includes('\0')) return single(source, 'it holds NUL bytes', 'It is no text file, or a damaged one: restore it.');
  try {
    return parse(text.replace(/^\ufeff/, ''), source);
  } catch (error) {
    // Some bombs end the parser with a RangeError or ReferenceError of its own.
    return single(source, `it cannot be read (${error instanceof Error ? error.name : 'error'})`, 'Export a profile again.');
  }
};
