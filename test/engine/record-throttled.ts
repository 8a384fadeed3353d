/**
 * Records two images that share layers as they are pulled together over a line whose speed changes: `npx tsx test/engine/record-throttled.ts`.
 * Each line of recordings/<store>-throttled.ndjson is a message of the engine with the image it is about and the milliseconds since the start.
 */
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {type IncomingMessage, request} from 'node:http';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {startSandbox} from '../sandbox/sandbox.ts';
import {stores, throttled} from './recordings.ts';

const recordings = join(dirname(fileURLToPath(import.meta.url)), 'recordings');

/** Without the bar that the engine draws, which says the same as its numbers. */
const essence = (line: string) => {
  const {progress: _, ...message} = JSON.parse(line);
  return message;
};

const record = async (store: (typeof stores)[number]) => {
  const sandbox = await startSandbox({store, bytesPerSecond: throttled[0]?.bytesPerSecond});
  const lines: string[] = [];
  const last = new Map<string, string>();
  try {
    const references = sandbox.images.filter(name => /(?:^library\/postgres|keycloak\/keycloak):/.test(name));
    const since = performance.now();
    const pulls = references.map(async image => {
      const path = `/v1.44/images/create?fromImage=${encodeURIComponent(image)}`;
      const [response] = (await once(request({socketPath: sandbox.socket, method: 'POST', path}).end(), 'response')) as [IncomingMessage];
      for await (const line of createInterface({input: response})) {
        const message = essence(line);
        const about = `${image} ${message.id}`;
        // The containerd image store says ten times a second where a layer is, also when it did not move.
        if (last.get(about) === JSON.stringify(message)) continue;
        last.set(about, JSON.stringify(message));
        lines.push(JSON.stringify({at: Math.round(performance.now() - since), image, message}));
      }
    });
    const ended = Promise.all(pulls);
    for (const {from, bytesPerSecond} of throttled.slice(1)) {
      await Promise.race([ended, delay(Math.max(0, since + from - performance.now()))]);
      await sandbox.registry.setRate(bytesPerSecond);
    }
    await ended;
  } finally {
    await sandbox.stop();
  }
  await writeFile(join(recordings, `${store}-throttled.ndjson`), `${lines.join('\n')}\n`);
};

for (const store of stores) await record(store);
process.exit(0);
