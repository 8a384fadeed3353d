import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {issueCertificate} from '../../source/workspace/x509.ts';
import {places} from './protocol.ts';

const day = 86_400_000;
const newKey = () => generateKeyPairSync('ec', {namedCurve: 'prime256v1'}).privateKey;
const pem = (key: KeyObject) => key.export({type: 'pkcs8', format: 'pem'});

/** An authority that only this sandbox's engine trusts, and one certificate of it for all registry hosts. */
export async function writeCertificates(directory: string, hosts: readonly string[]): Promise<void> {
  const [signer, key] = [newKey(), newKey()];
  const common = {issuer: 'sandbox authority', signer, notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 30 * day)};
  const authority = await issueCertificate({...common, commonName: common.issuer, authority: true, hosts: [], key: signer});
  const registry = await issueCertificate({...common, commonName: 'sandbox registry', authority: false, hosts, key});
  const files = places(directory);
  await writeFile(files.authority, authority);
  await writeFile(files.certificate, registry);
  await writeFile(files.key, pem(key), {mode: 0o600});
}
