/** Files that were written for what is not selected any more. Reads only; nothing is removed. */
import {findFolder} from './folder.ts';
import {lastGeneration} from './generations.ts';
import {readDiskFile} from './observe-files.ts';

/** `shop/a.conf` and `shop/b.conf` are said as `shop/`, unless something is still written there. */
const folderOrFile = (path: string, wanted: readonly string[]): string => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder === '' || wanted.some(other => other.startsWith(folder)) ? path : folder;
};

export const leftFiles = async (directory: string, wanted: readonly string[]): Promise<readonly string[]> => {
  const root = await findFolder(directory);
  if (root === undefined) return [];
  const written = (await lastGeneration(root))?.manifest.files.map(({path}) => path) ?? [];
  const left: string[] = [];
  for (const path of written.filter(one => !wanted.includes(one))) {
    const isThere = await readDiskFile(root, path).then(
      file => file !== undefined,
      () => true,
    );
    if (isThere) left.push(folderOrFile(path, wanted));
  }
  const isBelow = (path: string, folder: string) => path !== folder && folder.endsWith('/') && path.startsWith(folder);
  return [...new Set(left)].filter(path => !left.some(other => isBelow(path, other)));
};
