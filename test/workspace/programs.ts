import {join} from 'node:path';
import {buildSync} from 'esbuild';
import {temporaryFolder} from './folders.ts';

/** Bundles a program of this folder, so that it starts in a fraction of a second. Returns its path. */
export const buildProgram = (name: string): string => {
  const outfile = join(temporaryFolder(), `${name}.mjs`);
  buildSync({
    entryPoints: [join(import.meta.dirname, 'programs', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
  });
  return outfile;
};
