import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {bitString, boolean, explicit, implicit, integer, objectId, octetString, pem, sequence, set, utcTime, utf8} from './der.ts';
import {places} from './protocol.ts';

/** An authority that only this sandbox's engine trusts, and one certificate of it for all registry hosts. */
export async function writeCertificates(directory: string, hosts: readonly string[]): Promise<void> {
  const [authority, registry] = [generateKeyPairSync('ec', {namedCurve: 'P-256'}), generateKeyPairSync('ec', {namedCurve: 'P-256'})];
  const issuer = {issuer: 'sandbox authority', signer: authority.privateKey};
  const authorityCertificate = certificate({...issuer, subject: issuer.issuer, key: authority.publicKey, extensions: [isAuthority()]});
  const registryCertificate = certificate({
    ...issuer,
    subject: 'sandbox registry',
    key: registry.publicKey,
    extensions: [hostNames(hosts)],
  });
  const files = places(directory);
  await writeFile(files.authority, pem('CERTIFICATE', authorityCertificate));
  await writeFile(files.certificate, pem('CERTIFICATE', registryCertificate));
  await writeFile(files.key, registry.privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600});
}

interface Request {
  readonly issuer: string;
  readonly signer: KeyObject;
  readonly subject: string;
  readonly key: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** An X.509 certificate for a month around now. Node can sign, but has no words for certificates. */
function certificate({issuer, signer, subject, key, extensions}: Request): Buffer {
  const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
  const [yesterday, nextMonth] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 30 * 86_400_000)];
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(utcTime(yesterday), utcTime(nextMonth)),
    commonName(subject),
    key.export({type: 'spki', format: 'der'}),
    explicit(3, sequence(...extensions)),
  );
  return sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, signer)));
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectId('2.5.4.3'), utf8(name))));
}

function isAuthority(): Buffer {
  return sequence(objectId('2.5.29.19'), boolean(true), octetString(sequence(boolean(true))));
}

function hostNames(hosts: readonly string[]): Buffer {
  const names = hosts.map(host => implicit(2, Buffer.from(host, 'ascii')));
  return sequence(objectId('2.5.29.17'), octetString(sequence(...names)));
}
