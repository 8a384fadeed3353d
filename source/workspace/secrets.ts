/** Generates what is missing in `secrets/`. What is there is never changed, but for certificates of our own authority that need it. */
import type {X509Certificate} from 'node:crypto';
import {randomInt} from 'node:crypto';
import type {Secret} from '../catalog/catalog.ts';
import {ExitCode, UserError} from '../errors.ts';
import type {ResourceEvent} from '../events.ts';
import {
  type Authority,
  type CertificateState,
  certificateState,
  newAuthority,
  newCertificate,
  newKey,
  parseCertificate,
  parseKey,
} from './certificates.ts';
import {prepareFolder} from './folder.ts';
import {secretsFolder} from './paths.ts';
import {openSecretFiles, type SecretFiles} from './secret-files.ts';

/** Letters and digits only: they survive YAML, `.env`, compose's `$`, INI files, connection strings, SQL and shells as they are. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hashRounds = 10;

interface Work {
  readonly files: SecretFiles;
  /** Names of files that this call wrote. */
  readonly made: Set<string>;
  readonly now: number;
}

type Outcome = Pick<ResourceEvent, 'status' | 'text' | 'details'>;

const generated: Outcome = {status: 'done', text: 'Generated', details: 'was not there'};
const present: Outcome = {status: 'skipped', text: 'Unchanged', details: 'is there already; never changed'};

const randomText = (length: number) => Array.from({length}, () => alphabet[randomInt(alphabet.length)]).join('');

const wrong = (name: string, why: string) =>
  new UserError(`The secret ${secretsFolder}/${name} cannot be used`, {
    why,
    next: [`Put the right one back, or move ${secretsFolder}/${name} away to have a new one generated.`],
    exitCode: ExitCode.refused,
  });

const ensure = async ({files, made}: Work, name: string, make: () => string | Promise<string>): Promise<string> => {
  const content = await files.read(name);
  if (content !== undefined) return content;
  const fresh = await make();
  await files.create(name, fresh);
  made.add(name);
  return fresh;
};

const outcomeOf = ({made}: Work, name: string) => (made.has(name) ? generated : present);

const ensureRandom = async (work: Work, {id, length}: Secret & {kind: 'random'}): Promise<Outcome> => {
  await ensure(work, id, () => randomText(length));
  return outcomeOf(work, id);
};

/** A new password takes its hash with it: the old one would lock everybody out. */
const ensureHtpasswd = async (work: Work, {id, user, password}: Secret & {kind: 'htpasswd'}): Promise<Outcome> => {
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

const keyOf = async (work: Work, id: string) => {
  if ((await work.files.read(`${id}.key`)) === undefined && (await work.files.read(`${id}.crt`)) !== undefined) {
    throw wrong(`${id}.crt`, `Its private key ${id}.key is missing.`);
  }
  const key = parseKey(await ensure(work, `${id}.key`, newKey));
  if (!key) throw wrong(`${id}.key`, 'It is not a private key.');
  return key;
};

const checked = (id: string, pem: string, key: Authority['key']): X509Certificate => {
  const certificate = parseCertificate(pem);
  if (!certificate) throw wrong(`${id}.crt`, 'It is not a certificate.');
  if (!certificate.checkPrivateKey(key)) throw wrong(`${id}.crt`, `It does not belong to the private key ${id}.key.`);
  return certificate;
};

const loadAuthority = async (work: Work, id: string, title: string): Promise<Authority> => {
  // The key comes first: when a kill separates the two, the certificate is made from the key that is there.
  const key = await keyOf(work, id);
  const certificate = checked(id, await ensure(work, `${id}.crt`, () => newAuthority(title, key, work.now)), key);
  return {certificate, key};
};

const ensureAuthority = async (work: Work, {id, title}: Secret & {kind: 'authority'}): Promise<Outcome> => {
  await loadAuthority(work, id, title);
  return outcomeOf(work, `${id}.crt`);
};

const outcomes: Readonly<Record<CertificateState, Outcome>> = {
  good: present,
  hosts: {status: 'done', text: 'Renewed', details: 'its names changed'},
  ends: {status: 'done', text: 'Renewed', details: 'it ends within 30 days'},
  foreign: {status: 'skipped', text: 'Kept', details: 'another authority signed it: yours, left alone'},
  'foreign-ends': {status: 'warning', text: 'Kept', details: 'another authority signed it, and it ends within 30 days: replace it'},
};

/** An authority that was not made here may have a name or a kind of key that we do not sign with: said now, not by a browser later. */
const signed = (pem: string, {certificate}: Authority, id: string): string => {
  const issued = parseCertificate(pem);
  if (issued?.checkIssued(certificate) && issued.verify(certificate.publicKey)) return pem;
  throw wrong(`${id}.crt`, 'It was not made here, and nothing can be signed with it.');
};

const ensureCertificate = async (work: Work, secret: Secret & {kind: 'certificate'}): Promise<Outcome> => {
  const {id, authority: authorityId, hosts} = secret;
  if ((await work.files.read(`${authorityId}.crt`)) === undefined) {
    throw wrong(`${authorityId}.crt`, `${id} is signed by it, and it is not there.`);
  }
  const authority = await loadAuthority(work, authorityId, authorityId);
  const key = await keyOf(work, id);
  const make = () => signed(newCertificate(hosts, key, authority, work.now), authority, authorityId);
  const certificate = checked(id, await ensure(work, `${id}.crt`, make), key);
  if (work.made.has(`${id}.crt`)) return generated;
  if (work.made.has(`${authorityId}.crt`)) {
    await work.files.replace(`${id}.crt`, make());
    return {status: 'done', text: 'Renewed', details: `${authorityId} is new`};
  }
  const state = certificateState(certificate, {hosts, authority: authority.certificate, now: work.now});
  if (state === 'hosts' || state === 'ends') await work.files.replace(`${id}.crt`, make());
  return outcomes[state];
};

const ensureOne = (work: Work, secret: Secret): Promise<Outcome> => {
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
 * One event a secret, `file/secrets/<id>`: `done` when it was generated or renewed, `skipped` when it was there.
 * Throws UserError (exit 3) when a file of that name is empty, broken or no ordinary file. The caller holds the workspace's lock.
 */
export const ensureSecrets = async (
  directory: string,
  secrets: readonly Secret[],
  {now = Date.now()}: {readonly now?: number} = {},
): Promise<readonly ResourceEvent[]> => {
  if (secrets.length === 0) return [];
  const files = await openSecretFiles(await prepareFolder(directory));
  const work: Work = {files, made: new Set(), now};
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
