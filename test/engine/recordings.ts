import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'recordings');

/** What a real engine said, recorded by record.ts. */
export const recording = (name: string): string => readFileSync(join(folder, name), 'utf8');
export const recordedLines = (name: string): readonly string[] => recording(name).trimEnd().split('\n');

export const stores = ['overlay2', 'containerd'] as const;
