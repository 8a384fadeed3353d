/** Authorities and the certificates they sign, as files of `secrets/`. */
import type {X509Certificate} from 'node:crypto';
import type {Secret} from '../catalog/catalog.ts';
import {
  type Authority,
  type CertificateState,
  canSign,
  certificateState,
  newAuthority,
  newCertificate,
  newKey,
  parseCertificate,
  parseKey,
} from './certificates.ts';
import {ensure, generated, type Outcome, outcomeOf, present, type SecretWork, wrong} from './secret-work.ts';

const keyOf = async (work: SecretWork, id: string) => {
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

const loadAuthority = async (work: SecretWork, id: string, title: string): Promise<Authority> => {
  // The key comes first: when a kill separates the two, the certificate is made from the key that is there.
  const key = await keyOf(work, id);
  const certificate = checked(id, await ensure(work, `${id}.crt`, () => newAuthority(title, key, work.now)), key);
  return {certificate, key};
};

export const ensureAuthority = async (work: SecretWork, {id, title}: Secret & {kind: 'authority'}): Promise<Outcome> => {
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

const unusable = (id: string) => wrong(`${id}.crt`, 'It was not made here, and nothing can be signed with it.');

/** An authority that was not made here may have a name or a kind of key that we do not sign with: said now, not by a browser later. */
const signed = (pem: string, {certificate}: Authority, id: string): string => {
  const issued = parseCertificate(pem);
  if (issued?.checkIssued(certificate) && issued.verify(certificate.publicKey)) return pem;
  throw unusable(id);
};

export const ensureCertificate = async (work: SecretWork, secret: Secret & {kind: 'certificate'}): Promise<Outcome> => {
  const {id, authority: authorityId, hosts} = secret;
  if ((await work.files.read(`${authorityId}.crt`)) === undefined) {
    throw wrong(`${authorityId}.crt`, `${id} is signed by it, and it is not there.`);
  }
  const authority = await loadAuthority(work, authorityId, authorityId);
  if (!canSign(authority.key)) throw unusable(authorityId);
  const key = await keyOf(work, id);
  const make = async () => signed(await newCertificate(hosts, key, authority, work.now), authority, authorityId);
  const certificate = checked(id, await ensure(work, `${id}.crt`, make), key);
  if (work.made.has(`${id}.crt`)) return generated;
  if (work.made.has(`${authorityId}.crt`)) {
    await work.files.replace(`${id}.crt`, await make());
    return {status: 'done', text: 'Renewed', details: `${authorityId} is new`};
  }
  const state = certificateState(certificate, {hosts, authority: authority.certificate, now: work.now});
  if (state === 'hosts' || state === 'ends') await work.files.replace(`${id}.crt`, await make());
  return outcomes[state];
};
