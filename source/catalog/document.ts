/** One YAML file of the catalogue: read, checked against its schema, every problem with its line. Pure. */
import * as v from 'valibot';
import {type Document, isNode, LineCounter, parseAllDocuments, visit} from 'yaml';
import type {Problem} from '../plan/problem.ts';

export interface YamlFile {
  readonly path: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly problems: readonly Problem[];
}

/** `path:line` of what a path of keys leads to; the nearest parent where the key is not there. */
export const placeOf = ({path, document, lines}: YamlFile, keys: readonly (string | number)[]): string => {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return `${path}:${lines.linePos(node.range[0]).line}`;
  }
  return `${path}:1`;
};

/** Reads one document. Anchors are refused: what is read is what stands there. */
export const readYaml = (path: string, text: string): YamlFile => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {lineCounter: lines, uniqueKeys: true, prettyErrors: false});
  const [document] = Array.isArray(documents) ? documents : [];
  if (!document) return {path, document: parseAllDocuments('{}')[0] as Document.Parsed, lines, problems: [emptyFile(path)]};
  const problems: Problem[] = document.errors.map(error => ({
    where: `${path}:${lines.linePos(error.pos[0]).line}`,
    what: `This is not valid YAML: ${error.message}.`,
    next: 'Correct the line.',
  }));
  visit(document, {
    Alias: (_, {range}) => {
      const where = `${path}:${lines.linePos(range?.[0] ?? 0).line}`;
      problems.push({where, what: 'An alias (*name) is not allowed in the catalogue.', next: 'Write the value out.'});
    },
  });
  return {path, document, lines, problems};
};

const emptyFile = (path: string): Problem => ({where: `${path}:1`, what: 'The file is missing or empty.', next: 'Write it.'});

const keysOf = (issue: v.BaseIssue<unknown>): readonly (string | number)[] =>
  issue.path?.map(item => (typeof item.key === 'number' ? item.key : String(item.key))) ?? [];

const describe = (issue: v.BaseIssue<unknown>): Omit<Problem, 'where'> => {
  const key = keysOf(issue).join('.');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return {what: `There is no key "${key}" here.`, next: 'Remove it, or correct its spelling.'};
  }
  if (issue.input === undefined) return {what: `"${key}" is missing.`, next: 'Add it.'};
  const message = /^must /.test(issue.message) ? issue.message : `must be ${issue.expected ?? 'something else'}`;
  return {what: `"${key}" ${message}.`, next: `It is ${JSON.stringify(issue.input)?.slice(0, 60)} now.`};
};

/** Holds a document against a schema. */
export const checkShape = <T extends v.GenericSchema>(
  file: YamlFile,
  schema: T,
): {value: v.InferOutput<T> | undefined; problems: Problem[]} => {
  if (file.problems.length > 0) return {value: undefined, problems: [...file.problems]};
  const result = v.safeParse(schema, file.document.toJS());
  if (result.success) return {value: result.output, problems: []};
  return {
    value: undefined,
    problems: result.issues.map(issue => ({where: placeOf(file, keysOf(issue)), ...describe(issue)})),
  };
};
