import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'recordings');

/** What a real engine said, recorded by record.ts. */
export const recording = (name: string): string => readFileSync(join(folder, name), 'utf8');
export const recordedLines = (name: string): readonly string[] => recording(name).trimEnd().split('\n');

export const stores = ['overlay2', 'containerd'] as const;

/** The speeds of the line in the recordings called `throttled`, from so many milliseconds on. */
export const throttled = [
  {from: 0, bytesPerSecond: 12e6},
  {from: 6000, bytesPerSecond: 4e6},
  {from: 16_000, bytesPerSecond: 16e6},
] as const;
