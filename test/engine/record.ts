/** Records what a real engine says, for the table tests: `npx tsx test/engine/record.ts`. Writes recordings/, takes about three minutes. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, writeFile} from 'node:fs/promises';
import {type IncomingMessage, request} from 'node:http';
import {dirname, join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {type Fault, type Sandbox, startSandbox} from '../sandbox/sandbox.ts';

const recordings = join(dirname(fileURLToPath(import.meta.url)), 'recordings');
type Store = 'overlay2' | 'containerd';

const ask = async (sandbox: Sandbox, method: string, path: string): Promise<IncomingMessage> => {
  const sent = request({socketPath: sandbox.socket, method, path: `/v1.44${path}`}).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
};

const read = async (sandbox: Sandbox, path: string): Promise<string> => text(await ask(sandbox, 'GET', path));

interface Pulled {
  readonly status: number;
  readonly body: string;
}

/** `forMs`: what came until then; the request is given up. */
const pull = async (sandbox: Sandbox, reference: string, forMs = 120_000): Promise<Pulled> => {
  const response = await ask(sandbox, 'POST', `/images/create?fromImage=${encodeURIComponent(reference)}`);
  const timer = setTimeout(() => response.destroy(), forMs);
  let body = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) body += chunk;
  } catch {
    // Given up.
  }
  clearTimeout(timer);
  return {status: response.statusCode ?? 0, body};
};

const streams: readonly (readonly [name: string, fault: Fault | undefined, forMs?: number])[] = [
  ['pulled', undefined],
  ['reset-once', {kind: 'reset', afterBytes: 3_000_000, times: 1}],
  ['reset-always', {kind: 'reset', afterBytes: 100_000}, 90_000],
  ['stalled', {kind: 'stall', afterBytes: 3_000_000}, 8000],
  ['rate-limited-blob', {kind: 'status', at: 'blob', status: 429}],
  ['broken-registry-blob', {kind: 'status', at: 'blob', status: 503}, 90_000],
];

const refusals: readonly (readonly [name: string, fault: Fault | undefined, reference?: string])[] = [
  ['unknown tag', undefined, 'postgres:no-such-tag'],
  ['unknown repository', undefined, 'no/such-repository:1'],
  ['private', {kind: 'credentials', username: 'ada', password: 'lovelace'}],
  ['unauthorized', {kind: 'status', at: 'manifest', status: 401}],
  ['denied', {kind: 'status', at: 'manifest', status: 403}],
  ['rate limit', {kind: 'status', at: 'manifest', status: 429}],
  ['broken registry', {kind: 'status', at: 'manifest', status: 503}],
  ['unknown host', undefined, 'registry.invalid/app:1'],
  ['bad reference', undefined, 'UPPER/case:1'],
];

const recordStore = async (store: Store): Promise<readonly object[]> => {
  const sandbox = await startSandbox({store, bytesPerSecond: 20_000_000});
  try {
    const image = sandbox.images.find(name => name.startsWith('library/postgres:'))?.replace('library/', '') ?? '';
    for (const [name, fault, forMs] of streams) {
      await sandbox.reset({images: true});
      if (fault) await sandbox.registry.fail('library/postgres', fault);
      const {body} = await pull(sandbox, image, forMs);
      await writeFile(join(recordings, `${store}-${name}.ndjson`), body);
      await sandbox.registry.clear();
      if (name === 'pulled') await writeFile(join(recordings, `${store}-present.ndjson`), (await pull(sandbox, image)).body);
    }
    await sandbox.reset({images: true});
    await pull(sandbox, 'sandbox/sleeper:1');
    await writeFile(join(recordings, `${store}-shared-layers.ndjson`), (await pull(sandbox, 'sandbox/never-healthy:1')).body);
    const answers: object[] = [];
    for (const [name, fault, reference = image] of refusals) {
      if (fault) await sandbox.registry.fail('library/postgres', fault);
      const {status, body} = await pull(sandbox, reference);
      answers.push({store, name, reference, statusCode: status, message: JSON.parse(body).message ?? body});
      await sandbox.registry.clear();
    }
    await recordContainers(sandbox, store);
    return answers;
  } finally {
    await sandbox.stop();
  }
};

const services = `
services:
  sick:
    image: sandbox/never-healthy:1
    ports: ['127.0.0.1:8081:80']
    healthcheck: {test: [CMD, healthcheck], interval: 1s, timeout: 1s, retries: 2, start_period: 1s, start_interval: 500ms}
  job: {image: 'sandbox/exits:1'}
  hog: {image: 'sandbox/hog:1', mem_limit: 64m, memswap_limit: 64m}
`;

/** With a name server of its own in place of the proxy. */
const recordNames = async (store: Store): Promise<readonly object[]> => {
  const sandbox = await startSandbox({store, byName: true});
  try {
    const answers: object[] = [];
    for (const answer of ['unknown', 'broken', 'silent'] as const) {
      await sandbox.registry.setNames(answer);
      const {status, body} = await pull(sandbox, 'redis:8');
      answers.push({store, name: `${answer} name`, reference: 'redis:8', statusCode: status, message: JSON.parse(body).message});
    }
    return answers;
  } finally {
    await sandbox.stop();
  }
};

const recordContainers = async (sandbox: Sandbox, store: Store): Promise<void> => {
  for (const image of ['sandbox/exits:1', 'sandbox/hog:1']) await pull(sandbox, image);
  const directory = join(sandbox.directory, 'recorded');
  await mkdir(directory);
  await writeFile(join(directory, 'compose.yml'), services);
  const events = await ask(
    sandbox,
    'GET',
    `/events?filters=${encodeURIComponent('{"type":["container"],"label":["com.docker.compose.project=recorded"]}')}`,
  );
  let seen = '';
  events.setEncoding('utf8').on('data', chunk => (seen += chunk));
  const up = spawn('docker', ['compose', '--progress', 'json', '-p', 'recorded', 'up', '-d', '--pull', 'never'], {
    env: sandbox.env,
    cwd: directory,
  });
  await writeFile(join(recordings, `${store}-compose-up.ndjson`), await text(up.stderr));
  while (!/health_status: unhealthy/.test(seen) || !/"oom"/.test(seen)) await once(events, 'data');
  events.destroy();
  await writeFile(join(recordings, `${store}-events.ndjson`), seen);
  const all: readonly {Id: string; Labels: Record<string, string>}[] = JSON.parse(await read(sandbox, '/containers/json?all=1'));
  const inspected = await Promise.all(all.map(async ({Id}) => JSON.parse(await read(sandbox, `/containers/${Id}/json`))));
  const answers = {
    containers: all,
    inspected,
    networks: JSON.parse(await read(sandbox, '/networks')),
    info: JSON.parse(await read(sandbox, '/info')),
    version: JSON.parse(await read(sandbox, '/version')),
    stats: JSON.parse(
      await read(
        sandbox,
        `/containers/${all.find(({Labels}) => Labels['com.docker.compose.service'] === 'sick')?.Id}/stats?stream=false&one-shot=true`,
      ),
    ),
  };
  await writeFile(join(recordings, `${store}-answers.json`), `${JSON.stringify(answers, undefined, 1)}\n`);
};

await mkdir(recordings, {recursive: true});
const refused = [...(await recordStore('overlay2')), ...(await recordStore('containerd'))];
for (const store of ['overlay2', 'containerd'] as const) refused.push(...(await recordNames(store)));
await writeFile(join(recordings, 'refusals.json'), `${JSON.stringify(refused, undefined, 1)}\n`);
