/** `infra.lock.yml`: what was really pulled. Belongs into version control beside the overlays. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import {stringify} from 'yaml';
import {ExitCode, UserError} from '../errors.ts';
import type {ImageLock} from '../plan/image-lock.ts';
import {printableLine} from '../printable.ts';
import {writeFileAtomic} from './atomic.ts';
import {explained, hasCode} from './fs-problem.ts';
import {readStrictDocument} from './strict-document.ts';

export const imageLockFile = 'infra.lock.yml';

const head = [
  '# What was really pulled: image -> digest, per platform. Keep it with the overlays, under version control.',
  '# Whoever rolls out from here gets these builds, whatever the tags mean by then. To move to newer ones: infra-wizard update',
  '',
].join('\n');

const reference = v.pipe(v.string('is not text'), v.regex(/^(?=.*[a-z])[A-Za-z0-9][\w.:/@-]{0,300}$/, 'is no image'));
const word = v.pipe(
  v.string('is not text'),
  v.check(text => text === printableLine(text), 'holds control characters'),
);
const digest = v.pipe(v.string('is not text'), v.regex(/^sha256:[0-9a-f]{64}$/, 'is no digest: sha256: and 64 hexadecimal digits'));
const platform = v.pipe(v.string('is not text'), v.regex(/^[a-z0-9]+\/[a-z0-9]+(\/v\d+)?$/, 'is no platform, as linux/amd64'));

const schema = v.strictObject({
  version: v.literal(1, 'is a version that this infra-wizard does not know'),
  images: v.record(
    reference,
    v.strictObject({
      services: v.array(word, 'is no list of services'),
      digests: v.record(platform, digest, 'is no mapping of platform to digest'),
    }),
    'is no mapping of images',
  ),
});

/** As it is written: sorted, so that a difference is a change. */
export const imageLockText = (lock: ImageLock): string => {
  const images = Object.fromEntries(
    lock.map(({reference: image, services, digests}) => [
      image,
      {services, digests: Object.fromEntries([...digests].sort(([one], [other]) => (one < other ? -1 : 1)))},
    ]),
  );
  return `${head}${stringify({version: 1, images}, {lineWidth: 0})}`;
};

const damaged = (path: string, why: string) =>
  new UserError(`${path} can not be used.`, {
    why,
    next: ['Restore it from version control, or remove it: the next rollout writes down what it pulls.'],
    exitCode: ExitCode.usage,
  });

/** Throws UserError (exit 2) with every problem and its line. */
export const parseImageLock = (text: string, path: string): ImageLock => {
  const document = readStrictDocument(text, path);
  if (!document.ok) throw damaged(path, document.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  const parsed = v.safeParse(schema, document.value.value);
  if (!parsed.success) {
    const lines = parsed.issues.map(issue => {
      const keys = issue.path?.map(({key}) => key) ?? [];
      return `${document.value.where(keys)}: ${printableLine(keys.join('.'))} ${issue.message}`;
    });
    throw damaged(path, lines.join('\n'));
  }
  return Object.entries(parsed.output.images).map(([image, {services, digests}]) => ({
    reference: image,
    services,
    digests: new Map(Object.entries(digests)),
  }));
};

const textOf = (directory: string): Promise<string | undefined> =>
  readFile(join(directory, imageLockFile), 'utf8').catch(error => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });

/** Empty where nothing was pulled yet. Throws UserError (exit 2) when the file was damaged. */
export const loadImageLock = async (directory: string): Promise<ImageLock> => {
  const text = await textOf(directory);
  return text === undefined ? [] : parseImageLock(text, join(directory, imageLockFile));
};

/** False: it says that already, or there is nothing to say yet. The caller holds the workspace's lock. */
export const saveImageLock = async (directory: string, lock: ImageLock): Promise<boolean> => {
  const [before, after] = [await textOf(directory), imageLockText(lock)];
  if (before === after || (before === undefined && lock.length === 0)) return false;
  await explained(`${join(directory, imageLockFile)} cannot be written`, () =>
    writeFileAtomic(join(directory, imageLockFile), after, 0o644),
  );
  return true;
};
