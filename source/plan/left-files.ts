/** Files that were written before and that nothing selected writes any more: which go, and why the others stay. Pure. */
import {plainName} from './instances.ts';
import {mountedSources} from './mounted-files.ts';
import type {LeftFile, ObservedContainer, ObservedFile} from './observed.ts';
import type {RenderedFile} from './rendered.ts';
import {tree} from './services.ts';

/** A file of the record that is there, and that nothing selected writes. */
export interface FormerFile {
  readonly path: string;
  /** False: it was edited since, or something else has its name. */
  readonly asWritten: boolean;
}

export interface LeftInput {
  readonly former: readonly FormerFile[];
  /** Everything that is written. */
  readonly files: readonly RenderedFile[];
  /** Files and folders that the operator himself names in overlays. */
  readonly named: readonly string[];
  /** Containers of what is not selected, which run on. */
  readonly staying: readonly Pick<ObservedContainer, 'service' | 'component'>[];
}

export interface LeftFiles {
  readonly removed: readonly ObservedFile[];
  readonly stay: readonly LeftFile[];
}

/** Files and folders below `config/` that a text names, comments included. */
export const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bconfig\/[^\s:,"'}\]]+/g)].map(([path]) => path.replace(/\/$/, ''));

const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** Generated services that mount a folder in which the file lies. */
const readersOf = (path: string, files: readonly RenderedFile[]): readonly string[] =>
  files
    .flatMap(({model}) => Object.entries(tree(tree(model).services)))
    .filter(([, service]) => mountedSources(tree(service).volumes).some(source => isIn(path, source)))
    .map(([name]) => name);

/** Also of a component that is in no catalogue any more. */
const folderOf = (component: string): string => {
  const [base = '', name] = component.split('.');
  return `config/${plainName({id: component, ...(name !== undefined && {instance: {base, name}})})}`;
};

const listed = (names: readonly string[]) => (names.length < 3 ? names.join(' and ') : `${names[0]} and ${names.length - 1} more services`);

const unread = 'compose does not read it';

/**
 * Undefined: it is removed. That is only done to what a selected service reads with its folder, where a route or an alert would live on.
 * All else does no harm, and a service that was left running may mount it: the engine puts an empty folder in the place of a file that is
 * gone. Where no engine is known, nothing is taken to run.
 */
const whyItStays = ({path, asWritten}: FormerFile, {files, named, staying}: LeftInput): string | undefined => {
  if (named.some(name => name === path || isIn(path, name))) return 'an overlay of yours names it: remove it by hand when nothing needs it';
  const readers = readersOf(path, files);
  if (readers.length === 0) return unread;
  if (!asWritten) return `changed since it was written, and ${listed(readers)} may still read it: remove it by hand`;
  const user = staying.find(({component}) => component !== undefined && isIn(path, folderOf(component)));
  return user && `${user.service} is not selected, runs on and may need it; it goes with --remove`;
};

/** `shop/a.conf` and `shop/b.conf` are said as `shop/`, unless there is something else in it. */
const folderOrFile = (path: string, others: readonly string[]): string => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder === '' || others.some(other => other.startsWith(folder)) ? path : folder;
};

const inFewWords = (paths: readonly string[], others: readonly string[]): readonly string[] => {
  const said = [...new Set(paths.map(path => folderOrFile(path, others)))];
  return said.filter(path => !said.some(folder => folder.endsWith('/') && folder !== path && path.startsWith(folder)));
};

export const judgeLeftFiles = (input: LeftInput): LeftFiles => {
  const judged = input.former.map(file => ({path: file.path, why: whyItStays(file, input)}));
  const others = [...input.files, ...judged.filter(({why}) => why !== unread)].map(({path}) => path);
  const idle = judged.filter(({why}) => why === unread).map(({path}) => path);
  return {
    removed: judged.flatMap(({path, why}) => (why === undefined ? [{path, state: 'unneeded' as const}] : [])),
    stay: [
      ...inFewWords(idle, others).map(path => ({path, why: unread})),
      ...judged.flatMap(({path, why}) => (why === undefined || why === unread ? [] : [{path, why}])),
    ],
  };
};
