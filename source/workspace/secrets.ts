/** Generates what is missing in `secrets/`. What is there is never changed, but for certificates of our own authority that need it. */
import {randomInt} from 'node:crypto';
import type {Secret} from '../catalog/catalog.ts';
import type {ResourceEvent} from '../events.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import {prepareFolder} from './folder.ts';
import {secretsFolder} from './paths.ts';
import {ensureAuthority, ensureCertificate} from './secret-certificates.ts';
import {openSecretFiles} from './secret-files.ts';
import {ensure, type Outcome, outcomeOf, type SecretWork, typed, wrong} from './secret-work.ts';

/** Letters and digits only: they survive YAML, `.env`, compose's `$`, INI files, connection strings, SQL and shells as they are. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hashRounds = 10;

const randomText = (length: number) => Array.from({length}, () => alphabet[randomInt(alphabet.length)]).join('');

const ensureRandom = async (work: SecretWork, {id, length}: Secret & {kind: 'random'}): Promise<Outcome> => {
  const given = work.given.get(id);
  await ensure(work, id, () => given ?? randomText(length));
  return given !== undefined && work.made.has(id) ? typed : outcomeOf(work, id);
};

/** A new password takes its hash with it: the old one would lock everybody out. */
const ensureHtpasswd = async (work: SecretWork, {id, user, password}: Secret & {kind: 'htpasswd'}): Promise<Outcome> => {
  const plain = await work.files.read(password);
  if (plain === undefined) throw wrong(password, `${id} is made from it, and it is not there.`);
  const make = async () => {
    const {hash} = await import('bcryptjs');
    return `${user}:${await hash(plain.trimEnd(), hashRounds)}\n`;
  };
  const stale = work.made.has(password) && (await work.files.read(id)) !== undefined;
  if (!stale) {
    await ensure(work, id, make);
    return outcomeOf(work, id);
  }
  await work.files.replace(id, await make());
  return {status: 'done', text: 'Generated', details: `${password} is new`};
};

const ensureOne = (work: SecretWork, secret: Secret): Promise<Outcome> => {
  switch (secret.kind) {
    case 'random':
      return ensureRandom(work, secret);
    case 'htpasswd':
      return ensureHtpasswd(work, secret);
    case 'authority':
      return ensureAuthority(work, secret);
    case 'certificate':
      return ensureCertificate(work, secret);
  }
};

/** What others are made from comes first. */
const order: readonly Secret['kind'][] = ['random', 'htpasswd', 'authority', 'certificate'];

/**
 * A given value takes the place of a generated one. One event a secret, `file/secrets/<id>`: `done` when it was generated or renewed, `skipped` when it was there.
 * Throws UserError (exit 3) when a file of that name is empty, broken or no ordinary file. The caller holds the workspace's lock.
 */
export const ensureSecrets = async (
  directory: string,
  secrets: readonly Secret[],
  {now = Date.now(), given = new Map()}: {readonly now?: number; readonly given?: GivenSecrets} = {},
): Promise<readonly ResourceEvent[]> => {
  if (secrets.length === 0) return [];
  const files = await openSecretFiles(await prepareFolder(directory));
  const work: SecretWork = {files, made: new Set(), given, now};
  const event = (name: string, outcome: Outcome): ResourceEvent => ({
    id: `file/${name}`,
    kind: 'file',
    parentId: 'run',
    at: Date.now(),
    ...outcome,
  });
  const events = files.tightened
    ? [event(secretsFolder, {status: 'warning', text: 'Closed', details: 'others could look into it; its mode is 0700 now'})]
    : [];
  for (const secret of secrets.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))) {
    events.push(event(`${secretsFolder}/${secret.id}`, await ensureOne(work, secret)));
  }
  return events;
};
