import {execFileSync} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {compareSync} from 'bcryptjs';
import {expect, test} from 'vitest';
import type {Secret} from '../../source/catalog/catalog.ts';
import {presentSecrets, readSecret, refuseReplacedSecrets} from '../../source/workspace/given-secrets.ts';
import {ensureSecrets} from '../../source/workspace/secrets.ts';
import {modeOf, temporaryFolder, thrownBy, treeOf} from './folders.ts';

const password: Secret = {kind: 'random', id: 'admin_password', length: 32};
const htpasswd: Secret = {kind: 'htpasswd', id: 'dashboard_users', user: 'admin', password: 'admin_password'};
const authority: Secret = {kind: 'authority', id: 'ca', title: 'Infra of example.test'};
const hosts = ['example.test', '*.example.test', '10.1.2.3', 'fd00::1:0:5'];
const certificate: Secret = {kind: 'certificate', id: 'web', authority: 'ca', hosts};
const all = [certificate, htpasswd, authority, password];

const day = 86_400_000;
const secretsOf = (directory: string) => treeOf(join(directory, 'secrets'));
const parsed = (directory: string, name: string) => new X509Certificate(readFileSync(join(directory, 'secrets', name)));
const brief = async (...given: Parameters<typeof ensureSecrets>) =>
  (await ensureSecrets(...given)).map(({id, status, text, details}) => `${id} ${status} ${text}: ${details}`);

test('what is missing is generated, closed to others, and never changed again', async () => {
  const directory = join(temporaryFolder(), 'infra');
  expect(await brief(directory, all)).toEqual([
    'file/secrets/admin_password done Generated: was not there',
    'file/secrets/dashboard_users done Generated: was not there',
    'file/secrets/ca done Generated: was not there',
    'file/secrets/web done Generated: was not there',
  ]);
  const first = secretsOf(directory);
  expect(Object.keys(first)).toEqual(['admin_password', 'ca.crt', 'ca.key', 'dashboard_users', 'web.crt', 'web.key']);
  expect(modeOf(join(directory, 'secrets'))).toBe('700');
  expect(Object.keys(first).map(name => modeOf(join(directory, 'secrets', name)))).toEqual(Object.keys(first).map(() => '444'));
  expect(await brief(directory, all)).toEqual(
    ['admin_password', 'dashboard_users', 'ca', 'web'].map(id => `file/secrets/${id} skipped Unchanged: is there already; never changed`),
  );
  expect(secretsOf(directory)).toEqual(first);
});

test('passwords are letters and digits of the length asked for, and all different', async () => {
  const directory = temporaryFolder();
  const many = Array.from({length: 40}, (_, index): Secret => ({kind: 'random', id: `p${index}`, length: 20 + index}));
  await ensureSecrets(directory, many);
  const values = many.map(({id}) => readFileSync(join(directory, 'secrets', id), 'utf8'));
  expect(values.map(value => value.length)).toEqual(many.map((_, index) => 20 + index));
  expect(values.join('')).toMatch(/^[A-Za-z0-9]+$/);
  expect(new Set(values).size).toBe(40);
  expect(new Set(values.join('')).size).toBe(62);
});

test('a hash belongs to its password, with ten rounds', async () => {
  const directory = temporaryFolder();
  await ensureSecrets(directory, [htpasswd, password]);
  const {admin_password: plain = '', dashboard_users: line = ''} = secretsOf(directory);
  const [user, hash = ''] = line.trimEnd().split(':');
  expect({user, rounds: hash.slice(0, 7), right: compareSync(plain, hash), wrong: compareSync('other', hash)}).toEqual({
    user: 'admin',
    rounds: '$2b$10$',
    right: true,
    wrong: false,
  });
});

test('a password that has to be generated anew takes its hash with it', async () => {
  const directory = temporaryFolder();
  await ensureSecrets(directory, [htpasswd, password]);
  rmSync(join(directory, 'secrets', 'admin_password'));
  expect(await brief(directory, [htpasswd, password])).toEqual([
    'file/secrets/admin_password done Generated: was not there',
    'file/secrets/dashboard_users done Generated: admin_password is new',
  ]);
  const {admin_password: plain = '', dashboard_users: line = ''} = secretsOf(directory);
  expect(compareSync(plain, line.trimEnd().split(':')[1] ?? '')).toBe(true);
});

test('certificates are verified by openssl for each of their names and for no other', async () => {
  const directory = temporaryFolder();
  await ensureSecrets(directory, [authority, certificate]);
  const at = (name: string) => join(directory, 'secrets', name);
  const verify = (...options: string[]) =>
    execFileSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', at('ca.crt'), ...options, at('web.crt')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const names = [
    ['-verify_hostname', 'example.test'],
    ['-verify_hostname', 'www.example.test'],
    ['-verify_ip', '10.1.2.3'],
    ['-verify_ip', 'fd00::1:0:5'],
  ];
  for (const name of names) expect(verify(...name)).toBe(`${at('web.crt')}: OK\n`);
  expect(() => verify('-verify_hostname', 'a.b.example.test')).toThrow('hostname mismatch');
  const pairs = ['ca', 'web'].map(id => [
    execFileSync('openssl', ['pkey', '-in', at(`${id}.key`), '-pubout']),
    execFileSync('openssl', ['x509', '-in', at(`${id}.crt`), '-noout', '-pubkey']),
  ]);
  for (const [ofKey, ofCertificate] of pairs) expect(ofKey).toEqual(ofCertificate);
});

test('node reads the same from them: names, use and times', async () => {
  const directory = temporaryFolder();
  const now = Date.parse('2026-03-01T12:00:00Z');
  await ensureSecrets(directory, [authority, certificate], {now});
  const [ca, web] = [parsed(directory, 'ca.crt'), parsed(directory, 'web.crt')];
  expect({subject: ca.subject, issuer: ca.issuer, ca: ca.ca, from: ca.validFrom, to: ca.validTo}).toEqual({
    subject: 'CN=Infra of example.test',
    issuer: 'CN=Infra of example.test',
    ca: true,
    from: 'Mar  1 11:00:00 2026 GMT',
    to: 'Mar  1 12:00:00 2036 GMT',
  });
  expect({subject: web.subject, issuer: web.issuer, ca: web.ca, names: web.subjectAltName, use: web.keyUsage, to: web.validTo}).toEqual({
    subject: 'CN=example.test',
    issuer: 'CN=Infra of example.test',
    ca: false,
    names: 'DNS:example.test, DNS:*.example.test, IP Address:10.1.2.3, IP Address:FD00:0:0:0:0:1:0:5',
    use: ['1.3.6.1.5.5.7.3.1'],
    to: 'Apr  2 12:00:00 2027 GMT',
  });
  expect({signed: web.verify(ca.publicKey), issued: web.checkIssued(ca), own: ca.verify(ca.publicKey)}).toEqual({
    signed: true,
    issued: true,
    own: true,
  });
});

test('a certificate is renewed with its key when its names change or its end is near, and not before', async () => {
  const directory = temporaryFolder();
  const now = Date.now();
  await ensureSecrets(directory, [authority, certificate], {now});
  const key = secretsOf(directory)['web.key'];
  expect(await brief(directory, [certificate], {now: now + 366 * day})).toEqual([
    'file/secrets/web skipped Unchanged: is there already; never changed',
  ]);
  expect(await brief(directory, [certificate], {now: now + 368 * day})).toEqual(['file/secrets/web done Renewed: it ends within 30 days']);
  expect(Date.parse(parsed(directory, 'web.crt').validTo)).toBeGreaterThan(now + 700 * day);
  expect(await brief(directory, [{...certificate, hosts: ['other.test']}])).toEqual(['file/secrets/web done Renewed: its names changed']);
  expect(parsed(directory, 'web.crt').subjectAltName).toBe('DNS:other.test');
  expect(secretsOf(directory)['web.key']).toBe(key);
  expect(await brief(directory, [{...certificate, hosts: ['OTHER.test']}])).toEqual([
    'file/secrets/web skipped Unchanged: is there already; never changed',
  ]);
});

test('a new authority takes its certificates with it', async () => {
  const directory = temporaryFolder();
  await ensureSecrets(directory, [authority, certificate]);
  for (const name of ['ca.crt', 'ca.key']) rmSync(join(directory, 'secrets', name));
  expect(await brief(directory, [authority, certificate])).toEqual([
    'file/secrets/ca done Generated: was not there',
    'file/secrets/web done Renewed: ca is new',
  ]);
  expect(parsed(directory, 'web.crt').verify(parsed(directory, 'ca.crt').publicKey)).toBe(true);
});

test("an operator's own certificate is left alone", async () => {
  const [directory, other] = [temporaryFolder(), temporaryFolder()];
  await ensureSecrets(directory, [authority, certificate]);
  await ensureSecrets(other, [authority, {...certificate, hosts: ['mine.test']}]);
  for (const name of ['web.crt', 'web.key']) {
    renameSync(join(other, 'secrets', name), join(directory, 'secrets', name));
  }
  const before = secretsOf(directory);
  expect(await brief(directory, [authority, certificate])).toEqual([
    'file/secrets/ca skipped Unchanged: is there already; never changed',
    'file/secrets/web skipped Kept: another authority signed it: yours, left alone',
  ]);
  expect(await brief(directory, [certificate], {now: Date.now() + 380 * day})).toEqual([
    'file/secrets/web warning Kept: another authority signed it, and it ends within 30 days: replace it',
  ]);
  expect(secretsOf(directory)).toEqual(before);
});

test('a folder that others could look into is closed', async () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'secrets'), {mode: 0o755});
  expect(await brief(directory, [password])).toEqual([
    'file/secrets warning Closed: others could look into it; its mode is 0700 now',
    'file/secrets/admin_password done Generated: was not there',
  ]);
  expect(modeOf(join(directory, 'secrets'))).toBe('700');
});

const spoil: Readonly<Record<string, (path: string) => void>> = {
  empty: path => writeFileSync(path, ''),
  blank: path => writeFileSync(path, ' \n', {mode: 0o444}),
  'a folder': path => mkdirSync(path),
  'a link': path => symlinkSync('/etc/hostname', path),
  'a pipe': path => {
    execFileSync('mkfifo', [path]);
  },
  'writable by others': path => {
    writeFileSync(path, 'secret-canary');
    chmodSync(path, 0o666);
  },
  huge: path => writeFileSync(path, 'x'.repeat(70_000), {mode: 0o444}),
};

const reasons: Readonly<Record<string, string>> = {
  empty: 'It is empty.',
  blank: 'It holds nothing but blanks.',
  'a folder': 'It is not an ordinary file.',
  'a link': 'It is a symbolic link.',
  'a pipe': 'It is not an ordinary file.',
  'writable by others': 'Others may change it.',
  huge: 'It is larger than 65536 bytes.',
};

test.each(Object.keys(spoil))('a secret that is %s is refused with what to do', async kind => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'secrets'), {mode: 0o700});
  spoil[kind]?.(join(directory, 'secrets', 'admin_password'));
  const error = await thrownBy(() => ensureSecrets(directory, [password]));
  expect(error).toMatchObject({
    message: `The secret ${directory}/secrets/admin_password cannot be used`,
    why: reasons[kind],
    next: [expect.stringMatching(/./)],
    exitCode: 3,
  });
  expect(JSON.stringify(error)).not.toContain('canary');
});

test('halves that do not belong together are refused', async () => {
  const directory = temporaryFolder();
  await ensureSecrets(directory, [authority, certificate]);
  const at = (name: string) => join(directory, 'secrets', name);
  renameSync(at('web.key'), at('old.key'));
  expect(await thrownBy(() => ensureSecrets(directory, [certificate]))).toMatchObject({
    why: 'Its private key web.key is missing.',
    exitCode: 3,
  });
  writeFileSync(at('web.key'), readFileSync(at('ca.key')), {mode: 0o444});
  expect(await thrownBy(() => ensureSecrets(directory, [certificate]))).toMatchObject({
    why: 'It does not belong to the private key web.key.',
  });
  rmSync(at('web.key'));
  writeFileSync(at('web.key'), 'nonsense', {mode: 0o444});
  expect(await thrownBy(() => ensureSecrets(directory, [certificate]))).toMatchObject({why: 'It is not a private key.'});
});

test('an authority that was not made here is refused where a certificate would not work', async () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'secrets'), {mode: 0o700});
  const at = (name: string) => join(directory, 'secrets', name);
  const options = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/O=Mine/CN=Mine',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
  ];
  execFileSync('openssl', options, {stdio: 'ignore'});
  expect(await thrownBy(() => ensureSecrets(directory, [certificate]))).toMatchObject({
    why: 'It was not made here, and nothing can be signed with it.',
    exitCode: 3,
  });
  expect(readdirSync(join(directory, 'secrets'))).not.toContain('web.crt');
});

test('no secret is told by the events', async () => {
  const directory = temporaryFolder();
  const events = JSON.stringify(await ensureSecrets(directory, all));
  const values = Object.values(secretsOf(directory)).flatMap(text =>
    text.split('\n').filter(line => line.length > 8 && !line.startsWith('-----')),
  );
  expect(values.filter(value => events.includes(value))).toEqual([]);
});

test('a given value takes the place of a generated one, and what is made of it follows', async () => {
  const directory = temporaryFolder();
  const given = new Map([['admin_password', 'Correct-Horse.42']]);
  expect(await brief(directory, [htpasswd, password], {given})).toEqual([
    'file/secrets/admin_password done Written: given by you',
    'file/secrets/dashboard_users done Generated: was not there',
  ]);
  const {admin_password: plain = '', dashboard_users: line = ''} = secretsOf(directory);
  expect([plain, compareSync('Correct-Horse.42', line.trimEnd().split(':')[1] ?? '')]).toEqual(['Correct-Horse.42', true]);
  expect(modeOf(join(directory, 'secrets/admin_password'))).toBe('444');
});

test('a given value that is there already is no change, and another one is refused before anything is written', async () => {
  const directory = temporaryFolder();
  const given = new Map([['admin_password', 'Correct-Horse.42']]);
  await refuseReplacedSecrets(directory, given);
  await ensureSecrets(directory, [password], {given});
  await refuseReplacedSecrets(directory, given);
  expect(await brief(directory, [password], {given})).toEqual([
    'file/secrets/admin_password skipped Unchanged: is there already; never changed',
  ]);
  const refused = await thrownBy(() => refuseReplacedSecrets(directory, new Map([['admin_password', 'Another-Horse.42']])));
  expect(refused).toMatchObject({
    message: 'Nothing was written: secrets/admin_password is there with another content.',
    exitCode: 3,
  });
  expect(JSON.stringify(refused)).not.toContain('Horse');
});

test('which secrets are there, and what one is, can be asked without changing anything', async () => {
  const directory = join(temporaryFolder(), 'infra');
  expect([await presentSecrets(directory), await readSecret(directory, 'admin_password')]).toEqual([[], undefined]);
  await ensureSecrets(directory, [password], {given: new Map([['admin_password', 'Correct-Horse.42']])});
  expect([await presentSecrets(directory), await readSecret(directory, 'admin_password')]).toEqual([
    ['admin_password'],
    'Correct-Horse.42',
  ]);
  symlinkSync('/etc/hostname', join(directory, 'secrets', 'link'));
  expect(await thrownBy(() => readSecret(directory, 'link'))).toMatchObject({exitCode: 3});
});
