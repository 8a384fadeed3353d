/** One YAML file of the catalogue: read, checked against its schema, every problem with its line. Pure. */
import * as v from 'valibot';
import {type Document, isNode, isScalar, LineCounter, type Node, parseAllDocuments, type Scalar, visit} from 'yaml';
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

/** Numbers that other readers take for another one (0444 is octal in YAML 1.1) or that would be written in another form. */
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

const isOddNumber = (node: Scalar) => typeof node.value === 'number' && !plainNumber.test(node.source ?? '');

const oddities = (document: Document.Parsed, place: (node: Node) => string): readonly Problem[] => {
  const problems: Problem[] = [];
  visit(document, {
    Alias: (_, node) => {
      problems.push({where: place(node), what: 'An alias (*name) is not allowed in the catalogue.', next: 'Write the value out.'});
    },
    Value: (_, node) => {
      if (node.anchor) {
        const what = `An anchor (&${node.anchor}) is not allowed in the catalogue.`;
        problems.push({where: place(node), what, next: 'Remove it.'});
      }
      if (isScalar(node) && isOddNumber(node)) {
        const what = `${node.source} is not the same number to every reader.`;
        problems.push({where: place(node), what, next: 'Write it in plain decimal, or quote it.'});
      }
    },
  });
  return problems;
};

/** Reads one document. Anchors are refused: what is read is what stands there. */
export const readYaml = (path: string, text: string): YamlFile => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {lineCounter: lines, uniqueKeys: true, prettyErrors: false});
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document) return {path, document: parseAllDocuments('{}')[0] as Document.Parsed, lines, problems: [emptyFile(path)]};
  const at = (position = 0) => `${path}:${lines.linePos(position).line}`;
  // What a parser says after its first error is mostly about that error.
  const errors = document.errors.slice(0, 1).map(error => ({
    where: at(error.pos[0]),
    what: `This is not valid YAML: ${error.message.replace(/\.$/, '')}.`,
    next: 'Correct the line.',
  }));
  const more = {what: 'The file holds more than one document.', next: 'Keep one, and remove the line ---.'};
  const problems = [
    ...errors,
    ...(second ? [{where: at(second.range[0]), ...more}] : []),
    ...oddities(document, node => at(node.range?.[0])),
  ];
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
