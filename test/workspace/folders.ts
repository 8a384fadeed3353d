import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';

/** A folder of its own for a test, removed afterwards. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'infra-wizard-test-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
};

/** Mounts a small disk of its own; undefined where that is not allowed. */
export const smallDisk = (options: string): string | undefined => {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {stdio: 'ignore'});
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return folder;
};

export const remount = (folder: string, option: 'ro' | 'rw'): void => {
  execFileSync('mount', ['-o', `remount,${option}`, folder]);
};

export const file = (path: string, content: string, more: Partial<RenderedFile> = {}): RenderedFile => ({
  path,
  content,
  mode: 0o644,
  once: false,
  about: 'a file',
  ...more,
});

/** Every file below a folder with its content; what the wizard keeps for itself only when asked. */
export const treeOf = (folder: string, {own = false} = {}): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, {recursive: true, encoding: 'utf8'})
      .filter(path => statSync(join(folder, path)).isFile() && (own || !path.startsWith('.infra-wizard')))
      .toSorted()
      .map(path => [path, readFileSync(join(folder, path), 'utf8')]),
  );

export const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

export const collect = async (events: AsyncIterable<ResourceEvent>): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const {id, status, text, details} of events) lines.push(`${id} ${status} ${text}: ${details}`);
  return lines;
};

/** What was thrown, which must be an error. */
export const thrownBy = async (action: () => Promise<unknown>): Promise<Error> => {
  try {
    await action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
};
