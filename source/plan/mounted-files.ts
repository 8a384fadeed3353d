/** Configuration files that a service mounts, and the hash of what they say. Pure. */
import {createHash} from 'node:crypto';

const isMapping = (value: unknown): value is {readonly source?: unknown} => typeof value === 'object' && value !== null;

const sourceOf = (mount: unknown): string => String(isMapping(mount) ? (mount.source ?? '') : mount).split(':')[0] ?? '';

/** Files and folders below `config/` that a service's `volumes` mount, without a slash at their end. */
export const mountedSources = (volumes: unknown): readonly string[] =>
  (Array.isArray(volumes) ? volumes : [])
    .map(sourceOf)
    .filter(source => source.startsWith('./config/'))
    .map(source => source.slice(2).replace(/\/$/, ''));

/** Which of these files of the workspace a service's `volumes` mount, by themselves or with their folder. */
export const mountedPaths = (volumes: unknown, paths: readonly string[]): readonly string[] => {
  const mounted = mountedSources(volumes);
  return paths.filter(path => mounted.some(source => path === source || path.startsWith(`${source}/`)));
};

/** Undefined: there are none. */
export const filesHash = (files: readonly {readonly path: string; readonly content: string}[]): string | undefined => {
  if (files.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const {path, content} of files) hash.update(`${path}\0${content}\0`);
  return hash.digest('hex').slice(0, 16);
};
