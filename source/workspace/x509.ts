/**
 * Certificates in DER, as far as a private authority and its servers need them: EC P-256 keys, version 3, RFC 5280.
 *
 * Written by hand because node signs but does not issue, and the libraries that issue bring hundreds of kilobytes and change `Reflect`.
 */
import {createHash, createPublicKey, type KeyObject, randomBytes, sign} from 'node:crypto';
import {isIPv4, isIPv6} from 'node:net';

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
};

const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
const octets = (...parts: readonly Uint8Array[]) => tlv(0x04, ...parts);
const bits = (unused: number, body: Uint8Array) => tlv(0x03, Buffer.from([unused]), body);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const truth = hex('0101ff');

/** Object identifiers, encoded: RFC 5280, RFC 5758. */
const oid = {
  ecdsaWithSha256: hex('06 08 2a8648ce3d040302'),
  commonName: hex('06 03 550403'),
  subjectKeyIdentifier: hex('06 03 551d0e'),
  keyUsage: hex('06 03 551d0f'),
  subjectAlternativeName: hex('06 03 551d11'),
  basicConstraints: hex('06 03 551d13'),
  authorityKeyIdentifier: hex('06 03 551d23'),
  extendedKeyUsage: hex('06 03 551d25'),
  serverAuthentication: hex('06 08 2b06010505070301'),
};

const algorithm = sequence(oid.ecdsaWithSha256);

/** RFC 5280 4.1.2.5: two digits of the year until 2049, four from then on. */
const time = (at: Date) => {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
};

/** Sixteen random bytes whose first bit is 0 and first byte is not, so that it is a positive number of that length. */
const serial = () => {
  const number = randomBytes(16);
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40;
  return tlv(0x02, number);
};

const distinguishedName = (commonName: string) =>
  sequence(tlv(0x31, sequence(oid.commonName, tlv(0x0c, Buffer.from([...commonName].slice(0, 64).join(''))))));

const extension = (id: Buffer, value: Buffer, critical = false) => sequence(id, ...(critical ? [truth] : []), octets(value));

const keyIdentifier = (spki: Buffer) => createHash('sha1').update(spki).digest();

const ipv6Bytes = (address: string) => {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({length: missing}, () => '0'), ...groups(tail ?? '')];
  return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex');
};

const generalName = (host: string) => {
  if (isIPv4(host)) return tlv(0x87, Buffer.from(host.split('.').map(Number)));
  if (isIPv6(host)) return tlv(0x87, ipv6Bytes(host));
  return tlv(0x82, Buffer.from(host));
};

const extensionsOf = ({authority, hosts}: CertificateRequest, spki: Buffer, issuerSpki: Buffer) => [
  // path length 0: it signs servers, no further authorities.
  extension(oid.basicConstraints, authority ? sequence(truth, hex('020100')) : sequence(), true),
  // keyCertSign and cRLSign; digitalSignature.
  extension(oid.keyUsage, authority ? bits(1, hex('06')) : bits(7, hex('80')), true),
  ...(authority ? [] : [extension(oid.extendedKeyUsage, sequence(oid.serverAuthentication))]),
  ...(hosts.length > 0 ? [extension(oid.subjectAlternativeName, sequence(...hosts.map(generalName)))] : []),
  extension(oid.subjectKeyIdentifier, octets(keyIdentifier(spki))),
  extension(oid.authorityKeyIdentifier, sequence(tlv(0x80, keyIdentifier(issuerSpki)))),
];

export interface CertificateRequest {
  readonly commonName: string;
  /** Of the signer; the same for an authority. At most 64 characters are used of either. */
  readonly issuer: string;
  readonly authority: boolean;
  /** DNS names, also with a wildcard, and IP addresses. */
  readonly hosts: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** EC P-256, private or public. */
  readonly key: KeyObject;
  /** EC P-256, private. */
  readonly signer: KeyObject;
}

const publicDer = (key: KeyObject) => (key.type === 'private' ? createPublicKey(key) : key).export({type: 'spki', format: 'der'});

/** A signed certificate, in PEM. */
export const issueCertificate = (request: CertificateRequest): string => {
  const {commonName, issuer, notBefore, notAfter, key, signer} = request;
  const spki = publicDer(key);
  const body = sequence(
    hex('a003020102'), // [0] version 3
    serial(),
    algorithm,
    distinguishedName(issuer),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(commonName),
    spki,
    tlv(0xa3, sequence(...extensionsOf(request, spki, publicDer(signer)))),
  );
  const der = sequence(body, algorithm, bits(0, sign('sha256', body, signer)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
