import {mkdtemp, rename, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inspect} from 'node:util';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {type ConnectOptions, connect} from '../../source/engine/client.ts';
import {ownConnections} from '../../source/engine/client-options.ts';
import type {ContainerEvent} from '../../source/engine/container-event.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {EngineError} from '../../source/engine/engine-error.ts';
import {PullError} from '../../source/engine/pull-failure.ts';
import type {PullMessage} from '../../source/engine/pull-message.ts';
import {collect} from '../helpers/collect.ts';
import {type Call, inParts, replayEngine} from '../helpers/replay-engine.ts';
import {recording} from './recordings.ts';

const json = (value: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: JSON.stringify(value),
  headers: {'content-type': 'application/json'},
});
const signal = new AbortController().signal;

const engineThat = async (calls: readonly Call[], options?: ConnectOptions): Promise<Engine> => {
  const {endpoint} = await replayEngine(calls);
  const engine = connect(endpoint, options);
  onTestFinished(() => engine.close());
  return engine;
};

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('an engine that does not answer as it should', () => {
  const endpointAt = (path: string, from: 'default' | 'rootless' = 'default') => ({kind: 'unix', host: `unix://${path}`, from}) as const;
  const folder = async () => {
    const path = await mkdtemp(join(tmpdir(), 'engine-'));
    onTestFinished(() => rm(path, {recursive: true, force: true}));
    return path;
  };

  test('no socket', async () => {
    expect(await errorOf(connect(endpointAt('/nonexistent/docker.sock', 'rootless')).ping())).toMatchObject({
      ...{kind: 'unreachable', message: 'The Docker Engine cannot be reached.'},
      why: 'It is not running. Asked at unix:///nonexistent/docker.sock.',
      next: ['Start it: systemctl --user start docker.', 'See what it says: journalctl --user -u docker.'],
    });
  });

  test('a socket that nobody listens at', async () => {
    const path = join(await folder(), 'docker.sock');
    const server = createServer();
    await new Promise<void>(resolve => server.listen(path, resolve));
    // It removes its socket by name when it ends, which one that is killed does not do.
    await rename(path, `${path}.kept`);
    await new Promise(resolve => server.close(resolve));
    expect(await errorOf(connect(endpointAt(`${path}.kept`)).ping())).toMatchObject({
      ...{kind: 'unreachable', next: ['Start it: sudo systemctl start docker.', 'See what it says: journalctl -u docker.']},
      why: `It is not running. Asked at unix://${path}.kept.`,
    });
  });

  test('no answer in time: said after the limit', async () => {
    const engine = await engineThat([{call: 'GET /_ping', ending: 'silent'}], {limitMs: 100});
    expect(await errorOf(engine.ping())).toMatchObject({kind: 'timeout', message: 'The Docker Engine did not answer within 0.1 s.'});
  });

  test('the connection breaks before the answer', async () => {
    const engine = await engineThat([{call: 'GET /_ping', ending: 'drop'}]);
    expect(await errorOf(engine.ping())).toMatchObject({kind: 'unreachable', why: expect.stringMatching(/^It closed the connection/)});
  });

  test('the connection breaks within the answer: dockerode does not notice, the limit does', async () => {
    const engine = await engineThat([{call: 'GET /info', body: '{"Name":', ending: 'cut'}], {limitMs: 100});
    expect(await errorOf(engine.info())).toMatchObject({kind: 'timeout'});
  });

  test('too old', async () => {
    const message = 'client version 1.44 is too new. Maximum supported API version is 1.41';
    const engine = await engineThat([{call: 'GET /_ping', status: 400, ...json({message})}]);
    expect(await errorOf(engine.ping())).toMatchObject({kind: 'too-old', why: `It says: ${message}`});
  });

  test.each([
    [
      'an error of its own',
      {status: 500, ...json({message: 'boom\u001b[31m'})},
      {kind: 'failed', message: 'The Docker Engine refused a request.', why: 'It says: boom'},
    ],
    ['junk', {body: '{"Id": [[['}, {kind: 'failed', message: 'The Docker Engine gave an answer that cannot be read.'}],
    ['a record of another shape', json({Id: 7}), {kind: 'failed', message: 'The Docker Engine gave an answer that cannot be read.'}],
    [
      'nothing of that name',
      {status: 404, ...json({message: 'No such container: c'})},
      {kind: 'not-found', message: 'The Docker Engine does not have it.', why: 'It says: No such container: c'},
    ],
  ])('%s', async (_name, call, expected) => {
    const engine = await engineThat([{call: 'GET /containers/c/json', ...call}]);
    const error = await errorOf(engine.inspect('c'));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject(expected);
  });

  test('a certificate that is not there', async () => {
    const tls = {directory: '/nonexistent', verify: true};
    expect(await errorOf(connect({kind: 'tcp', host: 'tcp://127.0.0.1:1', tls, from: 'DOCKER_HOST'}).ping())).toMatchObject({
      ...{
        name: 'UserError',
        message: 'A certificate for the Docker Engine cannot be read: /nonexistent/ca.pem',
        why: 'The system says ENOENT.',
      },
    });
  });
});

test('the endpoint that was given is asked, whatever DOCKER_HOST says', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const engine = await engineThat([{call: 'GET /_ping', body: 'OK'}]);
  expect(await engine.ping()).toBeUndefined();
});

const answers = JSON.parse(recording('overlay2-answers.json'));
const idOf = (service: string): string =>
  answers.containers.find(({Labels}: {Labels: Record<string, string>}) => Labels['com.docker.compose.service'] === service).Id;
const inspected = (id: string) => answers.inspected.find(({Id}: {Id: string}) => Id === id);

test('containers of a project are listed by its label and inspected; one that goes meanwhile is left out', async () => {
  const listCall = {call: 'GET /containers/json', query: {all: 'true', filters: '{"label":["com.docker.compose.project=recorded"]}'}};
  const oneoff = {Id: 'o', Names: ['/o'], Labels: {'com.docker.compose.service': 'job', 'com.docker.compose.oneoff': 'True'}};
  const engine = await engineThat([
    {...listCall, ...json([...answers.containers, oneoff])},
    {call: `GET /containers/${idOf('sick')}/json`, ...json(inspected(idOf('sick')))},
    {call: `GET /containers/${idOf('hog')}/json`, ...json(inspected(idOf('hog')))},
    {call: `GET /containers/${idOf('job')}/json`, status: 404, ...json({message: 'No such container'})},
  ]);
  const containers = await engine.containers('recorded');
  expect(containers.map(({service}) => service).sort()).toEqual(['hog', 'sick']);
});

test('ports that other projects publish', async () => {
  const container = (name: string, project: string | undefined, PublicPort?: number) => ({
    ...{Id: name, Names: [`/${name}`], Labels: project ? {'com.docker.compose.project': project} : {}},
    Ports: [{PrivatePort: 80, Type: 'tcp', ...(PublicPort && {IP: '0.0.0.0', PublicPort})}],
  });
  const engine = await engineThat([
    {
      call: 'GET /containers/json',
      ...json([container('mine', 'p', 80), container('other', 'q', 443), container('plain', undefined, 8080), container('shy', 'q')]),
    },
  ]);
  expect(await engine.foreignPorts('p')).toEqual([
    {container: 'other', project: 'q', address: '0.0.0.0', port: 443, protocol: 'tcp'},
    {container: 'plain', project: undefined, address: '0.0.0.0', port: 8080, protocol: 'tcp'},
  ]);
});

test('of the images asked for, those that are there', async () => {
  const engine = await engineThat([
    {call: 'GET /images/redis:8/json', ...json({Id: 'sha256:1'})},
    {call: 'GET /images/quay.io/a/b:1/json', status: 404, ...json({message: 'No such image'})},
  ]);
  expect(await engine.images(['redis:8', 'quay.io/a/b:1'])).toEqual(new Map([['redis:8', {id: 'sha256:1', digests: []}]]));
});

test('the digests of an image are those of the repository it was asked for by', async () => {
  const digest = (figure: string) => `sha256:${figure.repeat(64)}`;
  const RepoDigests = [`redis@${digest('a')}`, `quay.io/mirror/redis@${digest('b')}`, 'redis@nonsense'];
  const engine = await engineThat([{call: 'GET /images/redis:8/json', ...json({Id: 'sha256:1', RepoDigests})}]);
  expect((await engine.images(['redis:8'])).get('redis:8')?.digests).toEqual([digest('a')]);
});

describe('what a tag means at its registry', () => {
  const call = 'GET /distribution/docker.io/library/redis:8/json';
  const digest = `sha256:${'c'.repeat(64)}`;

  test('is asked by the engine, with the login for that registry', async () => {
    const engine = await engineThat([{call, ...json({Descriptor: {digest}})}], {
      credentials: async () => ({username: 'me', password: 'word', serveraddress: 'docker.io'}),
    });
    expect(await engine.remoteDigest('redis:8')).toBe(digest);
  });

  test('is a PullError where the registry refuses, or says something else', async () => {
    const engine = await engineThat([
      {call, status: 404, ...json({message: 'manifest unknown'})},
      {call, ...json({Descriptor: {digest: 'latest'}})},
    ]);
    expect(await errorOf(engine.remoteDigest('redis:8'))).toMatchObject({failure: {kind: 'not-found'}});
    expect(await errorOf(engine.remoteDigest('redis:8'))).toBeInstanceOf(PullError);
  });
});

describe('a removal', () => {
  const found = json({Id: 'c', State: {Status: 'running'}, Config: {}, HostConfig: {}});
  const inspected: Call = {call: 'GET /containers/c/json', ...found};
  const stopped: Call = {call: 'POST /containers/c/stop', status: 204};
  const removed: Call = {call: 'DELETE /containers/c', query: {v: 'false'}, status: 204};
  const gone = {status: 404, ...json({message: 'No such container: c'})};

  test.each<[string, readonly Call[]]>([
    ['stops and removes, and keeps volumes', [inspected, stopped, removed]],
    ['of a container that is stopped already', [inspected, {...stopped, status: 304}, removed]],
    ['of one that is gone', [{call: 'GET /containers/c/json', ...gone}]],
    ['of one that goes meanwhile', [inspected, {...stopped, ...gone}, {...removed, ...gone}]],
  ])('%s', async (_, calls) => {
    expect(await (await engineThat(calls)).remove('c')).toBeUndefined();
  });

  test('that the engine refuses says so', async () => {
    const engine = await engineThat([inspected, stopped, {...removed, status: 409, ...json({message: 'removal is in progress'})}]);
    expect(await errorOf(engine.remove('c'))).toMatchObject({kind: 'failed', why: 'It says: removal is in progress'});
  });

  test.each([
    ['is removed', {status: 204}, true],
    ['is gone already', {status: 404, ...json({message: 'network n not found'})}, true],
    ['is in use and stays', {status: 403, ...json({message: 'network n has active endpoints'})}, false],
  ])('of a network that %s', async (_, answer, expected) => {
    const engine = await engineThat([{call: 'DELETE /networks/n', ...answer}]);
    expect(await engine.removeNetwork('n')).toBe(expected);
  });
});

test('info, networks, stats and restart ask for what they say', async () => {
  const engine = await engineThat([
    {call: 'GET /info', ...json(answers.info)},
    {call: 'GET /version', ...json(answers.version)},
    {call: 'GET /networks', ...json(answers.networks)},
    {call: 'GET /containers/c/stats', query: {stream: 'false', 'one-shot': 'true'}, ...json(answers.stats)},
    {call: 'POST /containers/c/restart', status: 204},
  ]);
  expect((await engine.info()).store).toBe('graph');
  expect((await engine.networks()).map(({name}) => name)).toContain('recorded_default');
  expect(await engine.stats('c')).toMatchObject({cpus: 2});
  expect(await engine.restart('c')).toBeUndefined();
});

describe('samples', () => {
  const sample = (id: string, more: Partial<Call>): Call => ({call: `GET /containers/${id}/stats`, ...more});

  test('that get no answer in time are given up together, and the next ones are taken over new connections', async () => {
    const engine = await engineThat(
      [
        sample('a', {ending: 'silent'}),
        sample('b', {...json(answers.stats), body: '{"read":', ending: 'hang'}),
        sample('c', {...json(answers.stats)}),
      ],
      {limitMs: 300},
    );
    const late = {kind: 'timeout', message: 'The Docker Engine did not answer within 0.3 s.'};
    expect(await Promise.all(['a', 'b'].map(id => errorOf(engine.stats(id))))).toMatchObject([late, late]);
    expect(await engine.stats('c')).toMatchObject({cpus: 2});
  });

  test('are over when the engine is let go, and it keeps no connection', async () => {
    const {endpoint, connections} = await replayEngine([
      sample('a', {...json(answers.stats)}),
      sample('b', {...json(answers.stats), body: '{"read":', ending: 'hang'}),
    ]);
    const engine = connect(endpoint);
    await engine.stats('a');
    const asked = errorOf(engine.stats('b'));
    await vi.waitFor(async () => expect(await connections()).toBe(1));
    engine.close();
    expect(await asked).toMatchObject({kind: 'unreachable', message: 'The connection to the Docker Engine was closed.'});
    expect(await errorOf(engine.stats('c'))).toMatchObject({kind: 'unreachable'});
    await vi.waitFor(async () => expect(await connections()).toBe(0));
  });

  test('have connections that are described in one word: docker-modem describes them at each request', async () => {
    const {agent} = await ownConnections({kind: 'unix', host: 'unix:///docker.sock', from: 'default'});
    expect(inspect({agent}, {showHidden: true, depth: null})).toBe('{ agent: Agent }');
  });

  test('of a container that is gone, or that are cut off, say so', async () => {
    const engine = await engineThat([
      sample('a', {status: 404, ...json({message: 'No such container: a'})}),
      sample('b', {ending: 'drop'}),
      sample('c', {body: 'no numbers'}),
    ]);
    const kinds = await Promise.all(['a', 'b', 'c'].map(id => errorOf(engine.stats(id))));
    expect(kinds).toMatchObject([{kind: 'not-found'}, {kind: 'unreachable'}, {kind: 'failed'}]);
  });
});

describe('pull', () => {
  const call = 'POST /images/create';
  const query = {fromImage: 'docker.io/library/postgres:17'};
  const pull = (engine: Engine, options: {signal?: AbortSignal; platform?: string} = {}) =>
    engine.pull('postgres:17', {signal, ...options});

  test.each([1, 7, 64, 100_000])('messages come whole from chunks of %i bytes', async size => {
    const text = recording('overlay2-shared-layers.ndjson').replace('Status: ', 'Status: größer ✔ ');
    const engine = await engineThat([{call, query, body: inParts(text, size)}]);
    const messages: readonly PullMessage[] = await collect(pull(engine));
    expect(messages).toHaveLength(15);
    expect(messages.at(-1)?.status).toBe('Status: größer ✔ Downloaded newer image for sandbox/never-healthy:1');
  });

  test('a build is asked for by its digest, and then named as the overlays name it', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const name = `docker.io/library/postgres@${digest}`;
    const tag = {call: `POST /images/${name}/tag`, query: {repo: 'docker.io/library/postgres', tag: '17'}};
    const engine = await engineThat([
      {call, query: {fromImage: name}, body: recording('overlay2-present.ndjson')},
      {...tag, status: 201},
      {call, query: {fromImage: name}, body: recording('overlay2-present.ndjson')},
      {...tag, status: 500, ...json({message: 'no space left on device'})},
    ]);
    await collect(engine.pull('postgres:17', {signal, digest}));
    expect(await errorOf(collect(engine.pull('postgres:17', {signal, digest})))).toMatchObject({failure: {kind: 'no-space'}});
  });

  test('a platform and credentials are passed on, the credentials as a header only', async () => {
    const login = {username: 'ada', password: 'p', serveraddress: 'x'};
    const {endpoint, headers} = await replayEngine([
      {call, query: {...query, platform: 'linux/arm64'}, body: recording('overlay2-present.ndjson')},
    ]);
    await collect(pull(connect(endpoint, {credentials: async () => login}), {platform: 'linux/arm64'}));
    expect(JSON.parse(Buffer.from(String(headers[0]?.['x-registry-auth']), 'base64url').toString())).toEqual(login);
  });

  test.each([
    ['an error line', {body: recording('overlay2-reset-always.ndjson')}, 'network'],
    ['an end without a status', {body: '{"status":"Pulling fs layer","id":"a"}\n'}, 'network'],
    ['a cut connection', {body: ['{"status":"Pulling fs layer","id":"a"}\n'], ending: 'cut'}, 'network'],
    ['junk', {body: 'junk\n{"a":\n[]\nnull\n'}, 'network'],
    ['a refusal', {status: 404, ...json({message: 'manifest unknown'})}, 'not-found'],
    ['a refusal of another kind', {status: 500, ...json({message: 'toomanyrequests: slow down'})}, 'rate-limited'],
  ] as const)('%s throws a PullError', async (_name, answer, kind) => {
    const engine = await engineThat([{call, query, ...answer}]);
    const error = await errorOf(collect(pull(engine)));
    expect(error).toBeInstanceOf(PullError);
    expect(error).toMatchObject({failure: {kind}, message: 'postgres:17 could not be pulled.'});
  });

  test('lines without news count as silence, three times as long while three layers share the line: the pull has stalled', async () => {
    const {endpoint, connections} = await replayEngine([{call, query, body: recording('containerd-stalled.ndjson'), ending: 'hang'}]);
    const engine = connect(endpoint, {stallMs: 200});
    expect(await errorOf(collect(pull(engine)))).toMatchObject({
      failure: {kind: 'stalled', retry: true, reason: 'docker.io sent nothing for 0.6 s.'},
    });
    await vi.waitFor(async () => expect(await connections()).toBe(0));
  });

  test('an engine that is not there is tried again, and said as such', async () => {
    const engine = connect({kind: 'unix', host: 'unix:///nonexistent/docker.sock', from: 'rootless'});
    expect(await errorOf(collect(pull(engine)))).toMatchObject({
      failure: {retry: true, reason: 'The Docker Engine cannot be reached. It is not running. Asked at unix:///nonexistent/docker.sock.'},
    });
  });

  test.each(['abort', 'close', 'leave'] as const)('%s ends it at the engine too', async how => {
    const {endpoint, connections} = await replayEngine([{call, query, body: '{"status":"Pulling fs layer","id":"a"}\n', ending: 'hang'}]);
    const engine = connect(endpoint);
    const stopping = new AbortController();
    const reading = (async () => {
      for await (const _message of pull(engine, {signal: stopping.signal})) {
        if (how === 'abort') stopping.abort(new Error('enough'));
        if (how === 'close') engine.close();
        if (how === 'leave') break;
      }
    })();
    const expected = {abort: 'enough', close: 'The connection to the Docker Engine was closed.', leave: undefined}[how];
    expect(
      await reading.then(
        () => undefined,
        (error: Error) => error.message,
      ),
    ).toBe(expected);
    await vi.waitFor(async () => expect(await connections()).toBe(0));
  });
});

describe('events', () => {
  const call = 'GET /events';
  const events = [
    'create',
    'start',
    'die',
    'kill',
    'stop',
    'destroy',
    'oom',
    'pause',
    'unpause',
    'restart',
    'rename',
    'update',
    'health_status',
  ];
  const query = {filters: JSON.stringify({type: ['container'], label: ['com.docker.compose.project=recorded'], event: events})};

  test('are filtered by the engine, come in order, and end with an error when the engine ends', async () => {
    const body = inParts(`junk\n${recording('overlay2-events.ndjson')}`, 100);
    const engine = await engineThat([{call, query: {...query, since: '1795475676.963942106'}, body}]);
    const seen: ContainerEvent[] = [];
    let opened = 0;
    const reading = (async () => {
      for await (const event of engine.events('recorded', {signal, since: '1795475676.963942106', onOpen: () => opened++}))
        seen.push(event);
    })();
    expect(await errorOf(reading)).toMatchObject({kind: 'unreachable', why: expect.stringMatching(/^It closed the connection/)});
    expect([opened, seen.length, seen[0]?.action, seen.at(-1)?.health]).toEqual([1, 16, 'create', 'unhealthy']);
  });

  test('are read while their reader is busy: none waits in the socket', async () => {
    const engine = await engineThat([{call, query, body: recording('overlay2-events.ndjson'), ending: 'hang'}]);
    const stopping = new AbortController();
    const iterator = engine.events('recorded', {signal: stopping.signal})[Symbol.asyncIterator]();
    const first = await iterator.next();
    expect(first.value?.action).toBe('create');
    stopping.abort();
    const rest = await collect({[Symbol.asyncIterator]: () => iterator});
    expect(rest.length).toBeLessThanOrEqual(15);
  });

  test('say when the connection cannot be made, and when it is cut', async () => {
    const away = connect({kind: 'unix', host: 'unix:///nonexistent/docker.sock', from: 'rootless'});
    expect(await errorOf(collect(away.events('p', {signal})))).toMatchObject({kind: 'unreachable'});
    const slow = await engineThat([{call, ending: 'silent'}], {limitMs: 100});
    expect(await errorOf(collect(slow.events('p', {signal})))).toMatchObject({kind: 'timeout'});
    const cut = await engineThat([{call, ending: 'drop'}]);
    expect(await errorOf(collect(cut.events('p', {signal})))).toMatchObject({kind: 'unreachable'});
  });

  test('end quietly on abort and on close, and leave no connection', async () => {
    const {endpoint, connections} = await replayEngine([
      {call, ending: 'hang'},
      {call, ending: 'hang'},
    ]);
    const engine = connect(endpoint);
    const stopping = new AbortController();
    const aborted = collect(engine.events('p', {signal: stopping.signal, onOpen: () => stopping.abort()}));
    expect(await aborted).toEqual([]);
    expect(await collect(engine.events('p', {signal, onOpen: () => engine.close()}))).toEqual([]);
    await vi.waitFor(async () => expect(await connections()).toBe(0));
  });
});

describe('starting and stopping', () => {
  const inspected: Call = {
    call: 'GET /containers/c/json',
    ...json({Id: 'c', State: {Status: 'running'}, Config: {}, HostConfig: {}}),
  };

  test.each<[string, 'start' | 'stop', readonly Call[]]>([
    ['starts', 'start', [{call: 'POST /containers/c/start', status: 204}]],
    ['leaves alone what runs', 'start', [{call: 'POST /containers/c/start', status: 304}]],
    ['stops', 'stop', [inspected, {call: 'POST /containers/c/stop', status: 204}]],
    ['leaves alone what has ended', 'stop', [inspected, {call: 'POST /containers/c/stop', status: 304}]],
  ])('%s', async (_, action, calls) => {
    expect(await (await engineThat(calls))[action]('c')).toBeUndefined();
  });

  test('that the engine refuses says so', async () => {
    const engine = await engineThat([{call: 'POST /containers/c/start', status: 500, ...json({message: 'port is already allocated'})}]);
    expect(await errorOf(engine.start('c'))).toMatchObject({kind: 'failed', why: 'It says: port is already allocated'});
  });
});

describe('logs', () => {
  const call = 'GET /containers/c/logs';
  const options = {signal, tail: 5, follow: false};
  const framed = {'content-type': 'application/vnd.docker.multiplexed-stream'};
  const frame = (stream: number, text: string) => {
    const bytes = Buffer.from(text);
    const header = Buffer.alloc(8);
    header.writeUInt8(stream, 0);
    header.writeUInt32BE(bytes.length, 4);
    return Buffer.concat([header, bytes]);
  };
  const frames = Buffer.concat([
    frame(1, 'eins ✔ '),
    frame(2, 'error\u001b[31m!\n'),
    frame(1, 'zwei\n  drei\n'),
    frame(2, ''),
    frame(1, '50%\r100%\n'),
    frame(2, 'no end'),
  ]);

  test.each([1, 5, 13, 1000])('lines of both streams come whole from chunks of %i bytes', async size => {
    const body = Array.from({length: Math.ceil(frames.length / size)}, (_, index) => frames.subarray(index * size, (index + 1) * size));
    const engine = await engineThat([
      {call, query: {tail: '5', follow: 'false', stdout: 'true', stderr: 'true', timestamps: 'false'}, headers: framed, body},
    ]);
    expect(await collect(engine.logs('c', options))).toEqual(['error!', 'eins ✔ zwei', '  drei', '50%', '100%', 'no end']);
  });

  test('of a container with a terminal come as they are', async () => {
    const body = '{"json": 1}\r\nplain\r\n';
    const engine = await engineThat([{call, headers: {'content-type': 'application/vnd.docker.raw-stream'}, body}]);
    expect(await collect(engine.logs('c', options))).toEqual(['{"json": 1}', 'plain']);
  });

  test('with times come with their stream, all together that came at once', async () => {
    const at = '2026-11-20T10:00:00.000000001Z';
    const body = [Buffer.concat([frame(1, `${at} one\n`), frame(2, `${at} two\n${at}\n`)]), frame(1, 'no time')];
    const engine = await engineThat([{call, query: {timestamps: 'true'}, headers: framed, body}]);
    const batches = await collect(engine.logBatches('c', {...options, timestamps: true}));
    expect(batches.flat()).toEqual([
      {stream: 'stdout', at, text: 'one'},
      {stream: 'stderr', at, text: 'two'},
      {stream: 'stderr', at: '', text: at},
      {stream: 'stdout', at: 'no', text: 'time'},
    ]);
    expect(batches[0]?.length).toBe(3);
  });

  test('of a hundred thousand lines and of one of ten million characters are bounded', async () => {
    const many = Array.from({length: 100}, (_, part) => frame(1, Array.from({length: 1000}, (_, index) => `${part}-${index}\n`).join('')));
    const engine = await engineThat([{call, headers: framed, body: [...many, frame(2, 'x'.repeat(10_000_000)), frame(2, '\nend\n')]}]);
    const lines = (await collect(engine.logBatches('c', options))).flat();
    expect([lines.length, lines.at(-2)?.text.length, lines.at(-1)?.text]).toEqual([100_002, 16 * 1024, 'end']);
  });

  test('that are not UTF-8 are shown as far as they are', async () => {
    const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x62, 0x0a]);
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, bytes.length]);
    const engine = await engineThat([{call, headers: framed, body: [header, bytes]}]);
    expect(await collect(engine.logs('c', options))).toEqual(['a\ufffd\ufffdb']);
  });

  test('of a container that is gone are an error', async () => {
    const engine = await engineThat([{call, status: 404, ...json({message: 'No such container: c'})}]);
    expect(await errorOf(collect(engine.logs('c', options)))).toMatchObject({kind: 'not-found'});
  });

  test('that are followed end quietly on abort, and with an error when the engine goes', async () => {
    const stopping = new AbortController();
    const engine = await engineThat([
      {call, query: {follow: 'true'}, headers: framed, body: [frame(1, 'one\n')], ending: 'hang'},
      {call, query: {follow: 'true'}, headers: framed, body: [frame(1, 'two\n')], ending: 'cut'},
    ]);
    const read: string[] = [];
    for await (const line of engine.logs('c', {...options, follow: true, signal: stopping.signal})) {
      read.push(line);
      stopping.abort();
    }
    expect(await errorOf(collect(engine.logs('c', {...options, follow: true})))).toMatchObject({kind: 'unreachable'});
    expect(read).toEqual(['one']);
  });
});
