import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, onTestFinished, test} from 'vitest';
import {credentialsFor} from '../../source/engine/credentials.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
  onTestFinished(() => rm(home, {recursive: true, force: true}));
  await mkdir(join(home, 'bin'));
});

const env = () => ({PATH: `${home}/bin:/usr/bin:/bin`, HOME: '/nonexistent', DOCKER_CONFIG: home});
const config = (value: object) => writeFile(join(home, 'config.json'), JSON.stringify(value));
const helper = async (name: string, script: string) => {
  await writeFile(join(home, 'bin', `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
  await chmod(join(home, 'bin', `docker-credential-${name}`), 0o755);
};
const ask = (reference: string) => credentialsFor(reference, {env: env()});
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Answers with the key it was given, as a password. */
const echoing = (user: string) =>
  `test "$1" = get || exit 9; read -r key; printf '{"ServerURL":"%s","Username":"${user}","Secret":"%s"}' "$key" "$key"`;

test('without a configuration there are none', async () => {
  expect(await ask('redis:8')).toBeUndefined();
});

test('the file holds user and password in base64, a colon may be part of the password', async () => {
  await config({auths: {'https://index.docker.io/v1/': {auth: base64('ada:pass:word')}, 'ghcr.io': {auth: base64('bob:secret\0\0')}}});
  expect(await ask('redis:8')).toEqual({username: 'ada', password: 'pass:word', serveraddress: 'https://index.docker.io/v1/'});
  expect(await ask('ghcr.io/acme/api:1')).toEqual({username: 'bob', password: 'secret', serveraddress: 'ghcr.io'});
  expect(await ask('quay.io/acme/api:1')).toBeUndefined();
});

test.each([
  [
    {auth: base64('ada:x'), identitytoken: 'token'},
    {identitytoken: 'token', serveraddress: 'ghcr.io'},
  ],
  [
    {username: 'ada', password: 'p'},
    {username: 'ada', password: 'p', serveraddress: 'ghcr.io'},
  ],
  [{}, undefined],
  [{auth: base64('no colon')}, undefined],
])('an entry %j', async (entry, expected) => {
  await config({auths: {'https://ghcr.io/v1/': entry}});
  expect(await ask('ghcr.io/acme/api:1')).toEqual(expected);
});

test('a helper for the host comes before the general store, the store before the file', async () => {
  await helper('host', echoing('from-host'));
  await helper('store', echoing('from-store'));
  await config({
    credHelpers: {'ghcr.io': 'host'},
    credsStore: 'store',
    auths: {'ghcr.io': {auth: base64('from:file')}, 'quay.io': {auth: base64('from:file')}},
  });
  expect(await ask('ghcr.io/acme/api:1')).toEqual({username: 'from-host', password: 'ghcr.io', serveraddress: 'ghcr.io'});
  expect(await ask('quay.io/acme/api:1')).toEqual({username: 'from-store', password: 'quay.io', serveraddress: 'quay.io'});
});

test('a helper is asked for Docker Hub under its old address', async () => {
  await helper('store', echoing('ada'));
  await config({credsStore: 'store'});
  expect(await ask('library/redis:8')).toMatchObject({password: 'https://index.docker.io/v1/'});
});

test('a helper may answer with a token', async () => {
  await helper('store', echoing('<token>'));
  await config({credsStore: 'store'});
  expect(await ask('ghcr.io/a/b:1')).toEqual({identitytoken: 'ghcr.io', serveraddress: 'ghcr.io'});
});

test('a helper that knows nothing means: as anybody', async () => {
  await helper('store', 'echo "credentials not found in native keychain"; exit 1');
  await config({credsStore: 'store'});
  expect(await ask('ghcr.io/a/b:1')).toBeUndefined();
});

test.each(['echo "locked: hunter2"; exit 1', 'echo "not JSON hunter2"'])(
  'a helper that fails (%s) is an error that says nothing of its output',
  async script => {
    await helper('store', script);
    await config({credsStore: 'store'});
    const error = await ask('ghcr.io/a/b:1').catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'UserError',
      message: 'The credential helper failed for ghcr.io.',
      why: 'The docker configuration names docker-credential-store get for this registry.',
      next: ['Try it: echo ghcr.io | docker-credential-store get.', 'Log in again: docker login.'],
    });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  },
);

test('a helper that is not installed is an ExternalError with its name', async () => {
  await config({credsStore: 'absent'});
  await expect(ask('ghcr.io/a/b:1')).rejects.toMatchObject({
    name: 'ExternalError',
    argv: ['docker-credential-absent', 'get'],
    code: undefined,
  });
});

test('a configuration of another shape is an error with its path', async () => {
  await config({auths: 'none'});
  await expect(ask('redis:8')).rejects.toMatchObject({message: `The docker configuration cannot be used: ${home}/config.json`});
});
