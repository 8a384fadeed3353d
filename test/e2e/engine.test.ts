import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {type ConnectOptions, connect} from '../../source/engine/client.ts';
import type {ComposeProject} from '../../source/engine/commands.ts';
import {composeDown, composeProbe, composeUp, resolveModel} from '../../source/engine/compose.ts';
import type {ContainerEvent} from '../../source/engine/container-event.ts';
import {credentialsFor} from '../../source/engine/credentials.ts';
import type {Endpoint} from '../../source/engine/endpoint.ts';
import {environmentFor} from '../../source/engine/endpoint.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {findEndpoint} from '../../source/engine/find-endpoint.ts';
import {observeEngine} from '../../source/engine/observe.ts';
import {run} from '../../source/engine/process.ts';
import {pullImage} from '../../source/engine/pull.ts';
import {usage} from '../../source/engine/usage.ts';
import type {ResourceEvent} from '../../source/events.ts';
import {collect} from '../helpers/collect.ts';
import {engineSupport, startEngineForTests, titled} from '../helpers/engine-for-tests.ts';
import type {Sandbox} from '../sandbox/sandbox.ts';

const sleeper = 'sandbox/sleeper:1';
const unhealthy = 'sandbox/never-healthy:1';
const exits = 'sandbox/exits:1';
const hog = 'sandbox/hog:1';

const until = <T>(assertion: () => T | Promise<T>) => vi.waitFor(assertion, {timeout: 30_000, interval: 100});

/** An engine, and the registry of its own that faults need. */
interface Given {
  readonly sandbox: Sandbox;
  readonly endpoint: Endpoint;
  readonly env: NodeJS.ProcessEnv;
}

const support = await engineSupport();
const title =
  support.kind === 'existing'
    ? 'an engine with %s (not run: SANDBOX=off has no registry of its own)'
    : titled('an engine with %s', support);

describe.runIf(support.kind === 'sandbox').each(['overlay2', 'containerd'] as const)(title, store => {
  let started: Given | undefined;
  const given = (): Given => {
    if (!started) throw new Error('The sandbox has not started.');
    return started;
  };

  beforeAll(async () => {
    const {sandbox, env} = await startEngineForTests(support, {store, bytesPerSecond: 30_000_000});
    if (sandbox) started = {sandbox, env, endpoint: await findEndpoint(env)};
  });
  afterAll(() => started?.sandbox.stop());

  const stopping = {signal: new AbortController().signal};

  beforeEach(async () => {
    await given().sandbox.registry.clear();
  });

  const connected = (options?: ConnectOptions): Engine => {
    const engine = connect(given().endpoint, options);
    onTestFinished(() => engine.close());
    return engine;
  };
  const postgres = () =>
    given()
      .sandbox.images.find(name => name.startsWith('library/postgres:'))
      ?.replace('library/', '') ?? '';
  const pull = (engine: Engine, reference: string, delay?: () => Promise<void>): Promise<readonly ResourceEvent[]> =>
    collect(pullImage(engine, {reference, parentId: 'phase/one', ...stopping, delay}));

  test('answers, and says which image store it has', async () => {
    const engine = connected();
    await engine.ping();
    expect(await engine.info()).toMatchObject({
      store: store === 'containerd' ? 'containerd' : 'graph',
      rootDirectory: `${given().sandbox.directory}/data`,
    });
  });

  test('a pull shows how far it is, and then the engine has the image', async () => {
    await given().sandbox.reset({images: true});
    const engine = connected();
    const events = await pull(engine, postgres());
    const bytes = events.filter(({kind}) => kind === 'image').map(({current = 0}) => current);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(new Set(bytes).size).toBeGreaterThan(10);
    expect(events.at(-1)).toMatchObject({status: 'done', text: 'Pulled', current: bytes.at(-1), total: bytes.at(-1)});
    expect([...(await engine.images([postgres(), 'no/such:1'])).keys()]).toEqual([postgres()]);
    expect((await pull(engine, postgres())).at(-1)).toMatchObject({status: 'skipped', text: 'Present'});
  });

  test('an image that does not exist fails at once', async () => {
    const events = await pull(connected(), 'no/such-image:1');
    expect(events).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({
      status: 'error',
      details: 'docker.io has no no/such-image:1: the repository or the tag does not exist.',
    });
  });

  test('a registry that recovers is asked again', async () => {
    const {sandbox} = given();
    await sandbox.reset({images: true});
    await sandbox.registry.fail('sandbox/sleeper', {kind: 'status', at: 'manifest', status: 503});
    const events = await pull(connected(), sleeper, () => sandbox.registry.clear());
    expect(events.filter(({text}) => text === 'Retrying')).not.toEqual([]);
    expect(events.at(-1)).toMatchObject({status: 'done'});
  });

  test('a registry that goes silent is given up and asked again', async () => {
    const {sandbox} = given();
    await sandbox.reset({images: true});
    await sandbox.registry.fail('library/postgres', {kind: 'stall', afterBytes: 1_000_000});
    const events = await pull(connected({stallMs: 3000}), postgres(), () => sandbox.registry.clear());
    expect(events.find(({text}) => text === 'Retrying')).toMatchObject({
      details: expect.stringMatching(/^docker\.io sent nothing for [369] s\.$/),
      wait: {attempt: 2, attempts: 5, asked: false},
    });
    expect(events.at(-1)).toMatchObject({status: 'done'});
  });

  test('a private image is pulled with the credentials of docker login, and not without', async () => {
    const {sandbox, env} = given();
    await sandbox.reset({images: true});
    await sandbox.registry.fail('sandbox/sleeper', {kind: 'credentials', username: 'ada', password: 'lovelace'});
    const config = await temporary();
    const auth = Buffer.from('ada:lovelace').toString('base64');
    await writeFile(join(config, 'config.json'), JSON.stringify({auths: {'https://index.docker.io/v1/': {auth}}}));
    expect((await pull(connected(), sleeper)).at(-1)).toMatchObject({status: 'error'});
    const credentials = (reference: string) => credentialsFor(reference, {env: {...env, DOCKER_CONFIG: config}});
    expect((await pull(connected({credentials}), sleeper)).at(-1)).toMatchObject({status: 'done'});
  });

  test('services that compose starts carry the hash of the resolved model and the id of their image', async () => {
    const {engine, project, env} = await platform(given(), connected());
    const {hashes} = await resolveModel(project, {env});
    await collect(composeUp(['ok', 'sick'], project, {env}));
    const {containers, images, networks} = await observeEngine(engine, {project: 'e2e', references: [sleeper, unhealthy], volumes: []});
    expect(new Map(containers.map(({service, configHash}) => [service, configHash]))).toEqual(
      new Map(['ok', 'sick'].map(service => [service, hashes.get(service)])),
    );
    expect(new Map(containers.map(({image, imageId}) => [image, imageId]))).toEqual(
      new Map([...images].map(([image, {id}]) => [image, id])),
    );
    expect([...images.values()].flatMap(({digests}) => digests)).toEqual([
      expect.stringMatching(/^sha256:/),
      expect.stringMatching(/^sha256:/),
    ]);
    expect(networks.find(({project: owner}) => owner === 'e2e')).toEqual({
      name: 'e2e_default',
      project: 'e2e',
      subnets: ['172.30.9.0/24'],
      internal: false,
    });
  });

  test('a plain docker compose in the folder finds everything as it should be', async () => {
    const {engine, project, env} = await platform(given(), connected());
    await collect(composeUp(['ok', 'sick'], project, {env}));
    const before = (await engine.containers('e2e')).map(({id}) => id).sort();
    const {code, stderr} = await run(['docker', 'compose', 'up', '-d', 'ok', 'sick'], {env, cwd: project.directory});
    expect({code, stderr}).toMatchObject({code: 0});
    expect((await engine.containers('e2e')).map(({id}) => id).sort()).toEqual(before);
  });

  test('events tell that a service is not healthy, inspect why, logs what it said, stats what it uses', async () => {
    const {engine, project, env} = await platform(given(), connected());
    const watch = await watching(engine);
    await collect(composeUp(['sick'], project, {env}));
    const event = await until(() => watch.find(({health}) => health === 'unhealthy'));
    expect(event.service).toBe('sick');
    const details = await engine.inspect(event.containerId);
    expect(details).toMatchObject({state: 'running', health: 'unhealthy', ports: ['127.0.0.1:8081->80/tcp']});
    expect(details.healthChecks.at(-1)).toMatchObject({exitCode: 1, output: expect.stringMatching(/./)});
    expect(await collect(engine.logs(event.containerId, {...stopping, tail: 5, follow: false}))).toEqual(['sandbox sleeper']);
    const first = await engine.stats(event.containerId);
    const {cpuPercent, memory} = await until(async () => {
      const used = usage(first, await engine.stats(event.containerId));
      expect(used.cpuPercent).toEqual(expect.any(Number));
      return used;
    });
    expect([Number(cpuPercent) >= 0, memory > 0]).toEqual([true, true]);
  });

  test('what ends is told apart: by its exit code, and by the kernel for its memory', async () => {
    const {engine, project, env} = await platform(given(), connected());
    const watch = await watching(engine);
    await collect(composeUp(['job', 'hog'], project, {env}));
    await until(() => watch.find(({service, action}) => service === 'job' && action === 'die'));
    await until(() => watch.find(({service, action}) => service === 'hog' && action === 'die'));
    expect(watch.find(({service, action}) => service === 'hog' && action === 'oom').service).toBe('hog');
    const containers = new Map((await engine.containers('e2e')).map(container => [container.service, container]));
    expect(containers.get('job')).toMatchObject({state: 'exited', exitCode: 3, oomKilled: false});
    expect(containers.get('hog')).toMatchObject({state: 'exited', exitCode: 137, oomKilled: true, memoryLimit: 64 * 1024 * 1024});
  });

  test('an up that is stopped half-way is completed by the next one', async () => {
    const {engine, project, env} = await platform(given(), connected());
    const aborting = new AbortController();
    const stopped = (async () => {
      for await (const {word} of composeUp(['ok', 'sick', 'job'], project, {env, signal: aborting.signal})) {
        if (word === 'Creating') aborting.abort(new Error('enough'));
      }
    })();
    await expect(stopped).rejects.toThrow('enough');
    await collect(composeUp(['ok', 'sick', 'job'], project, {env}));
    expect((await engine.containers('e2e')).map(({service, name}) => `${service} ${name}`).sort()).toEqual([
      'job e2e-job-1',
      'ok e2e-ok-1',
      'sick e2e-sick-1',
    ]);
  });

  test('a restart is seen, and down leaves nothing', async () => {
    const {engine, project, env} = await platform(given(), connected());
    await collect(composeUp(['ok'], project, {env}));
    const watch = await watching(engine);
    const [before] = await engine.containers('e2e');
    await engine.restart(before?.id ?? '');
    await until(() => watch.find(({action}) => action === 'restart'));
    const [after] = await engine.containers('e2e');
    expect([after?.id, Number(after?.startedAt) > Number(before?.startedAt)]).toEqual([before?.id, true]);
    await collect(composeDown({volumes: true}, project, {env}));
    expect(await engine.containers('e2e')).toEqual([]);
    expect((await engine.networks()).filter(({project: owner}) => owner === 'e2e')).toEqual([]);
  });

  test('ports of others are known by who has them', async () => {
    const {engine, project, env} = await platform(given(), connected());
    await collect(composeUp(['sick'], project, {env}));
    expect([await engine.foreignPorts('another'), await engine.foreignPorts('e2e')]).toEqual([
      [{container: 'e2e-sick-1', project: 'e2e', address: '127.0.0.1', port: 8081, protocol: 'tcp'}],
      [],
    ]);
  });

  test('when the engine is killed, streams end with an error; when it is back, the same connection goes on', async () => {
    const {sandbox} = given();
    const {engine, project, env} = await platform(given(), connected());
    await collect(composeUp(['ok'], project, {env}));
    const [container] = await engine.containers('e2e');
    const watch = await watching(engine);
    const logs = collect(engine.logs(container?.id ?? '', {...stopping, tail: 1, follow: true})).catch((error: unknown) => error);
    await sandbox.killEngine();
    const gone = {kind: 'unreachable', message: 'The Docker Engine cannot be reached.'};
    expect(await watch.ended).toMatchObject(gone);
    expect(await logs).toMatchObject(gone);
    await expect(engine.ping()).rejects.toMatchObject({...gone, why: expect.stringMatching(/^It is not running. /)});
    await sandbox.startEngine();
    await engine.ping();
    const again = await watching(engine);
    await collect(composeUp(['ok'], project, {env}));
    await until(() => again.find(({action}) => action === 'start'));
  });

  test('compose is found', async () => {
    expect(await composeProbe({env: given().env})).toMatchObject({kind: 'ready'});
  });
});

const temporary = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'e2e-'));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
  return directory;
};

const overlay = `
services:
  ok: {image: '${sleeper}', env_file: [.env], environment: {PRICE: '5$$'}}
  sick:
    image: '${unhealthy}'
    ports: ['127.0.0.1:8081:80']
    healthcheck: {test: [CMD, healthcheck], interval: 1s, timeout: 1s, retries: 2, start_period: 1s, start_interval: 500ms}
  job: {image: '${exits}', restart: 'no'}
networks: {default: {ipam: {config: [{subnet: 172.30.9.0/24}]}}}
`;
const second = `services: {hog: {image: '${hog}', mem_limit: 64m, memswap_limit: 64m, restart: 'no'}}\n`;

interface Platform {
  readonly engine: Engine;
  readonly project: ComposeProject;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An empty engine that has the images, and a folder with two overlays as the wizard writes them. */
const platform = async ({sandbox, endpoint, env}: Given, engine: Engine): Promise<Platform> => {
  await sandbox.reset();
  for (const reference of [sleeper, unhealthy, exits, hog]) {
    await collect(pullImage(engine, {reference, parentId: 'phase/one', signal: new AbortController().signal}));
  }
  const directory = await temporary();
  await mkdir(directory, {recursive: true});
  await writeFile(join(directory, '11.yml'), overlay);
  await writeFile(join(directory, '12.yml'), second);
  await writeFile(join(directory, '.env'), 'COMPOSE_PROJECT_NAME=e2e\nCOMPOSE_FILE=11.yml:12.yml\nCOMPOSE_PATH_SEPARATOR=:\n');
  const files = [join(directory, '11.yml'), join(directory, '12.yml')];
  return {engine, env: environmentFor(endpoint, env), project: {project: 'e2e', directory, files, envFile: join(directory, '.env')}};
};

interface Watch {
  /** The first event like this; throws when there is none yet. */
  find(matches: (event: ContainerEvent) => boolean): ContainerEvent;
  /** The error the stream ended with. */
  readonly ended: Promise<unknown>;
}

/** Resolves when the stream stands. */
const watching = (engine: Engine): Promise<Watch> =>
  new Promise(resolve => {
    const events: ContainerEvent[] = [];
    const stopping = new AbortController();
    onTestFinished(() => stopping.abort());
    const read = async () => {
      for await (const event of engine.events('e2e', {signal: stopping.signal, onOpen: () => resolve({find, ended})})) events.push(event);
    };
    const find: Watch['find'] = matches => {
      const found = events.find(matches);
      if (!found) throw new Error(`Not among the events: ${events.map(({service, action}) => `${service} ${action}`).join(', ')}`);
      return found;
    };
    const ended = read().catch((error: unknown) => error);
  });
