import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {chooseEndpoint, type EndpointFacts, environmentFor} from '../../source/engine/endpoint.ts';
import {findEndpoint} from '../../source/engine/find-endpoint.ts';

const facts: EndpointFacts = {env: {}, configDirectory: '/home/ada/.docker', context: undefined, sockets: []};
const context = {name: 'far', from: 'context', host: 'ssh://ada@far:2222'} as const;

describe('the order of the docker CLI', () => {
  test('DOCKER_HOST comes before a context and a socket', () => {
    const sockets = [{path: '/var/run/docker.sock', from: 'default'}] as const;
    expect(chooseEndpoint({...facts, env: {DOCKER_HOST: 'unix:///tmp/d.sock'}, context, sockets})).toEqual({
      ...{kind: 'unix', host: 'unix:///tmp/d.sock', tls: undefined, from: 'DOCKER_HOST'},
    });
  });

  test('a context comes before a socket', () => {
    const sockets = [{path: '/run/user/1000/docker.sock', from: 'rootless'}] as const;
    expect(chooseEndpoint({...facts, context, sockets})).toEqual({
      ...{kind: 'ssh', host: 'ssh://ada@far:2222', tls: undefined, from: 'context', context: 'far'},
    });
  });

  test('of the sockets the first one counts', () => {
    const sockets = [
      {path: '/run/user/1000/docker.sock', from: 'rootless'},
      {path: '/var/run/docker.sock', from: 'default'},
    ] as const;
    expect(chooseEndpoint({...facts, sockets})).toEqual({kind: 'unix', host: 'unix:///run/user/1000/docker.sock', from: 'rootless'});
  });

  test('with nothing found it is the usual socket, so that an error can name it', () => {
    expect(chooseEndpoint(facts)).toEqual({kind: 'unix', host: 'unix:///var/run/docker.sock', from: 'default'});
  });
});

test.each([
  ['tcp://10.0.0.1:2375', 'tcp', 'tcp://10.0.0.1:2375'],
  ['10.0.0.1:2375', 'tcp', 'tcp://10.0.0.1:2375'],
  ['npipe:////./pipe/docker_engine', 'npipe', 'npipe:////./pipe/docker_engine'],
  ['ssh://far', 'ssh', 'ssh://far'],
])('DOCKER_HOST=%s is of kind %s', (host, kind, full) => {
  expect(chooseEndpoint({...facts, env: {DOCKER_HOST: host}})).toMatchObject({kind, host: full});
});

test.each(['ftp://host', 'tcp://', 'fd://', 'tcp://ho st'])('DOCKER_HOST=%s is refused', host => {
  expect(() => chooseEndpoint({...facts, env: {DOCKER_HOST: host}})).toThrow(
    expect.objectContaining({
      message: `DOCKER_HOST is not an address of a Docker Engine: ${host}`,
      next: ['Correct or unset DOCKER_HOST.'],
    }),
  );
});

test.each([
  [
    {DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs'},
    {directory: '/certs', verify: true},
  ],
  [{DOCKER_TLS_VERIFY: '1'}, {directory: '/home/ada/.docker', verify: true}],
  [{DOCKER_TLS: '1'}, {directory: '/home/ada/.docker', verify: false}],
  [{DOCKER_TLS_VERIFY: ''}, undefined],
])('%j decides about TLS', (env, tls) => {
  expect(chooseEndpoint({...facts, env: {DOCKER_HOST: 'tcp://h:2376', ...env}}).tls).toEqual(tls);
});

test('a child is told the endpoint and nothing that contradicts it', () => {
  const env = {
    PATH: '/bin',
    DOCKER_HOST: 'old',
    DOCKER_CONTEXT: 'other',
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: '/old',
    DOCKER_CONFIG: '/c',
  };
  expect(environmentFor({kind: 'unix', host: 'unix:///x.sock', from: 'default'}, env)).toEqual({
    PATH: '/bin',
    DOCKER_CONFIG: '/c',
    DOCKER_HOST: 'unix:///x.sock',
  });
  const tls = {directory: '/certs', verify: true};
  expect(environmentFor({kind: 'tcp', host: 'tcp://h:2376', tls, from: 'context'}, env)).toEqual({
    ...{PATH: '/bin', DOCKER_CONFIG: '/c', DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs'},
  });
});

describe('found in real files', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'home-'));
    onTestFinished(() => rm(home, {recursive: true, force: true}));
    await mkdir(join(home, '.docker'));
  });

  const config = (value: unknown) =>
    writeFile(join(home, '.docker/config.json'), typeof value === 'string' ? value : JSON.stringify(value));
  const addContext = async (name: string, docker: object) => {
    const key = createHash('sha256').update(name).digest('hex');
    await mkdir(join(home, '.docker/contexts/meta', key), {recursive: true});
    await writeFile(join(home, '.docker/contexts/meta', key, 'meta.json'), JSON.stringify({Name: name, Metadata: {}, Endpoints: {docker}}));
    return join(home, '.docker/contexts/tls', key, 'docker');
  };

  test('the current context of the configuration', async () => {
    await config({currentContext: 'rootless'});
    await addContext('rootless', {Host: 'unix:///run/user/1000/docker.sock', SkipTLSVerify: false});
    expect(await findEndpoint({HOME: home})).toEqual({
      ...{kind: 'unix', host: 'unix:///run/user/1000/docker.sock', tls: undefined, from: 'context', context: 'rootless'},
    });
  });

  test('DOCKER_CONTEXT before the current one, with its certificates', async () => {
    await config({currentContext: 'rootless'});
    const certificates = await addContext('far', {Host: 'tcp://far:2376', SkipTLSVerify: true});
    await mkdir(certificates, {recursive: true});
    expect(await findEndpoint({HOME: home, DOCKER_CONTEXT: 'far'})).toEqual({
      ...{kind: 'tcp', host: 'tcp://far:2376', from: 'DOCKER_CONTEXT', context: 'far', tls: {directory: certificates, verify: false}},
    });
  });

  test('a context named default means no context', async () => {
    await config({currentContext: 'rootless'});
    await mkdir(join(home, 'run'));
    await writeFile(join(home, 'run/docker.sock'), '');
    expect(await findEndpoint({HOME: home, DOCKER_CONTEXT: 'default', XDG_RUNTIME_DIR: join(home, 'run')})).toEqual({
      ...{kind: 'unix', host: `unix://${home}/run/docker.sock`, from: 'rootless'},
    });
  });

  test('the socket of Docker Desktop', async () => {
    await mkdir(join(home, '.docker/run'));
    await writeFile(join(home, '.docker/run/docker.sock'), '');
    expect(await findEndpoint({HOME: home})).toEqual({kind: 'unix', host: `unix://${home}/.docker/run/docker.sock`, from: 'desktop'});
  });

  test('a context that does not exist is an error that says who named it', async () => {
    await expect(findEndpoint({HOME: home, DOCKER_CONTEXT: 'gone'})).rejects.toMatchObject({
      message: 'The docker context gone does not exist.',
      why: 'The variable DOCKER_CONTEXT names it.',
      next: ['See which there are: docker context ls.', 'Unset DOCKER_CONTEXT.'],
    });
  });

  test('with DOCKER_HOST no file is read', async () => {
    await config('{ not JSON');
    expect(await findEndpoint({HOME: home, DOCKER_HOST: 'unix:///x.sock', DOCKER_CONTEXT: 'gone'})).toMatchObject({host: 'unix:///x.sock'});
  });

  test('a configuration that is not JSON is an error with its path', async () => {
    await config('{ not JSON');
    await expect(findEndpoint({HOME: home})).rejects.toMatchObject({
      message: `The docker configuration cannot be used: ${home}/.docker/config.json`,
    });
  });
});
