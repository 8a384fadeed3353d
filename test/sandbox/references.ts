import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export interface Reference {
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

const composeFolder = join(dirname(fileURLToPath(import.meta.url)), '../../compose');

/** Every image that the catalogue's compose files name. */
export async function composeReferences(folder = composeFolder): Promise<readonly Reference[]> {
  const names = await readdir(folder, {recursive: true}).catch(() => []);
  const files = names.filter(name => /\.ya?ml$/.test(name)).sort();
  const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
  return texts.flatMap(text => [...text.matchAll(/^\s*(?:- )?image:\s*["']?([^\s"'#]+)/gm)].map(match => parseReference(match[1] ?? '')));
}

/** `redis:8` → docker.io, library/redis, 8. Of `${NAME:-value}` the value counts. */
export function parseReference(text: string): Reference {
  const [name = ''] = text.replaceAll(/\$\{\w+:?-([^}]*)\}/g, '$1').split('@');
  const [, path = name, tag = 'latest'] = /^(.*?)(?::([^:/]+))?$/.exec(name) ?? [];
  const [first = '', ...rest] = path.split('/');
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const repository = named ? rest.join('/') : path;
  const host = named ? first : 'docker.io';
  return {host, repository: host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository, tag};
}
