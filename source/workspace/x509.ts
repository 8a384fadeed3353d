/** Certificates as far as a private authority and its servers need them: EC P-256 keys, version 3, RFC 5280. Made by @peculiar/x509. */
import {createPublicKey, type KeyObject, randomBytes, webcrypto} from 'node:crypto';
import {isIP} from 'node:net';

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

const algorithm = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'} as const;

/** Half a megabyte that only a first run needs. The library's container of dependencies expects the metadata functions to be there. */
const loadLibrary = async () => {
  await import('reflect-metadata');
  return import('@peculiar/x509');
};

type Library = Awaited<ReturnType<typeof loadLibrary>>;

const publicKeyOf = (key: KeyObject) => (key.type === 'private' ? createPublicKey(key) : key);

const importPublic = (key: KeyObject) =>
  webcrypto.subtle.importKey('spki', publicKeyOf(key).export({type: 'spki', format: 'der'}), algorithm, true, ['verify']);

const importPrivate = (key: KeyObject) =>
  webcrypto.subtle.importKey('pkcs8', key.export({type: 'pkcs8', format: 'der'}), algorithm, false, ['sign']);

const nameOf = (commonName: string) => [{CN: [[...commonName].slice(0, 64).join('')]}];

/** Sixteen bytes that make a positive number of that length. */
const serialNumber = () => {
  const number = randomBytes(16);
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40;
  return number.toString('hex');
};

const extensionsOf = async (
  x509: Library,
  {authority, hosts}: CertificateRequest,
  own: webcrypto.CryptoKey,
  issuer: webcrypto.CryptoKey,
) => {
  const usage = authority ? x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign : x509.KeyUsageFlags.digitalSignature;
  const names = hosts.map(host => ({type: isIP(host) ? 'ip' : 'dns', value: host}) as const);
  return [
    // Path length 0: it signs servers, no further authorities.
    new x509.BasicConstraintsExtension(authority, authority ? 0 : undefined, true),
    new x509.KeyUsagesExtension(usage, true),
    ...(authority ? [] : [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])]),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    await x509.SubjectKeyIdentifierExtension.create(own, false, webcrypto),
    await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
  ];
};

/** A signed certificate, in PEM. */
export const issueCertificate = async (request: CertificateRequest): Promise<string> => {
  const {commonName, issuer, notBefore, notAfter, key, signer} = request;
  const x509 = await loadLibrary();
  const [publicKey, issuerKey, signingKey] = await Promise.all([importPublic(key), importPublic(signer), importPrivate(signer)]);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: nameOf(commonName),
      issuer: nameOf(issuer),
      notBefore,
      notAfter,
      publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      extensions: await extensionsOf(x509, request, publicKey, issuerKey),
    },
    webcrypto,
  );
  return `${certificate.toString('pem')}\n`;
};
