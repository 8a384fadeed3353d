import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {issueCertificate} from '../../source/workspace/x509.ts';
import {places} from './protocol.ts';

const day = 86_400_000;
const newKey = () => generateKeyPairSync('ec', {namedCurve: 'prime256v1'}).privateKey;
const pem = (key: KeyObject) => key.export({type: 'pkcs8', format: 'pem'});

interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** The registry's certificates by line: the right one, and those that no client may accept. */
export type Identities = Readonly<Record<'open' | 'expired' | 'self-signed' | 'other-host', Identity>>;

/** An authority that only this sandbox's engine trusts, and certificates for all registry hosts. */
export async function writeCertificates(directory: string, hosts: readonly string[]): Promise<void> {
  const [signer, key] = [newKey(), newKey()];
  const common = {issuer: 'sandbox authority', signer, notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 30 * day)};
  const authority = await issueCertificate({...common, commonName: common.issuer, authority: true, hosts: [], key: signer});
  const issued = async (more: Partial<Parameters<typeof issueCertificate>[0]>): Promise<Identity> => ({
    certificate: await issueCertificate({...common, commonName: 'sandbox registry', authority: false, hosts, key, ...more}),
    key: String(pem(key)),
  });
  const identities: Identities = {
    open: await issued({}),
    expired: await issued({notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - day)}),
    'self-signed': await issued({issuer: 'sandbox registry', signer: key}),
    'other-host': await issued({hosts: ['other.example']}),
  };
  const files = places(directory);
  await writeFile(files.authority, authority);
  await writeFile(files.identities, JSON.stringify(identities), {mode: 0o600});
}
