/** When a certificate is good as it is. Pure but for node's parser and, where it is asked, the clock that is passed in. */
import {createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate} from 'node:crypto';
import {isIPv6} from 'node:net';
import {issueCertificate} from './x509.ts';

const day = 86_400_000;
const authorityDays = 3653;
/** The longest that browsers accept of a public authority is 398 days; some hold private ones to it too. */
const certificateDays = 397;
const renewWithinDays = 30;
/** Clocks of the devices that look at it differ. */
const clockSkew = 3_600_000;

export const newKey = (): string => {
  const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'prime256v1'});
  return privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
};

/** The only kind of key that certificates are signed with here. */
export const canSign = ({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): boolean =>
  asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';

/** Undefined when it is not one. */
export const parseKey = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};

/** Undefined when it is not one. */
export const parseCertificate = (pem: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
};

export const newAuthority = (title: string, key: KeyObject, now: number): Promise<string> =>
  issueCertificate({
    commonName: title,
    issuer: title,
    authority: true,
    hosts: [],
    notBefore: new Date(now - clockSkew),
    notAfter: new Date(now + authorityDays * day),
    key,
    signer: key,
  });

export interface Authority {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** The issuer's name has to be its subject's, character by character; ours have a common name only. */
const commonNameOf = (certificate: X509Certificate) => certificate.subject.replace(/^CN=/, '');

export const newCertificate = (
  hosts: readonly string[],
  key: KeyObject,
  {certificate, key: signer}: Authority,
  now: number,
): Promise<string> =>
  issueCertificate({
    commonName: hosts[0] ?? '',
    issuer: commonNameOf(certificate),
    authority: false,
    hosts,
    notBefore: new Date(now - clockSkew),
    notAfter: new Date(Math.min(now + certificateDays * day, Date.parse(certificate.validTo))),
    key,
    signer,
  });

/** As node writes subject alternative names: `DNS:a, IP Address:127.0.0.1`; IPv6 in full, without leading zeros, upper case. */
const hostsOf = (certificate: X509Certificate): readonly string[] =>
  (certificate.subjectAltName ?? '').split(', ').map(name => name.replace(/^(DNS|IP Address):/, '').toLowerCase());

const plainHost = (host: string) => (isIPv6(host) ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host.toLowerCase());

const sameHosts = (certificate: X509Certificate, hosts: readonly string[]) => {
  const sorted = (names: readonly string[]) => [...new Set(names.map(plainHost))].toSorted().join(' ');
  return sorted(hostsOf(certificate)) === sorted(hosts);
};

const endsSoon = (certificate: X509Certificate, now: number) => Date.parse(certificate.validTo) - now < renewWithinDays * day;

/**
 * `good`: leave it. `hosts`, `ends`: ours, to be issued anew and why. `foreign`: not of our authority, so the operator's own.
 * `foreign-ends`: the same, and it ends within 30 days.
 */
export type CertificateState = 'good' | 'hosts' | 'ends' | 'foreign' | 'foreign-ends';

export const certificateState = (
  certificate: X509Certificate,
  {hosts, authority, now}: {readonly hosts: readonly string[]; readonly authority: X509Certificate; readonly now: number},
): CertificateState => {
  const ends = endsSoon(certificate, now);
  if (!certificate.verify(authority.publicKey)) return ends ? 'foreign-ends' : 'foreign';
  if (!sameHosts(certificate, hosts)) return 'hosts';
  return ends ? 'ends' : 'good';
};
