/** Runs inside the namespaces of one sandbox: registry, proxy, engine, and the control socket. Argument: the sandbox's folder. */
import {readFile} from 'node:fs/promises';
import {serveControl} from './control-server.ts';
import {mountDisk} from './disk.ts';
import {Engine} from './engine.ts';
import type {ImageStore} from './image-store.ts';
import {openNameServer, registryAddress} from './name-server.ts';
import {places, type Settings} from './protocol.ts';
import {Registry} from './registry.ts';
import {run} from './run.ts';
import {openWay} from './way.ts';

/** Mounted over /run, so that the engine's leftovers vanish with the namespace, and /run/docker.sock is this engine's. */
async function prepareNamespace({busybox, directory, dataMegabytes}: Settings): Promise<void> {
  await run(['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run'], 'mount a private /run', 'The sandbox needs to run as root.');
  if (dataMegabytes !== undefined) await mountDisk(places(directory).data, dataMegabytes);
  await run([busybox, 'ip', 'link', 'set', 'lo', 'up'], 'bring up the loopback device', 'The sandbox needs to run as root.');
}

async function start(directory: string): Promise<void> {
  const settings: Settings = JSON.parse(await readFile(places(directory).settings, 'utf8'));
  const images: ImageStore = JSON.parse(await readFile(places(directory).images, 'utf8'));
  await prepareNamespace(settings);
  const registry = new Registry(images, settings.bytesPerSecond);
  const way = await openWay(registry, JSON.parse(await readFile(places(directory).identities, 'utf8')));
  const names = settings.byName ? await openNameServer(settings) : undefined;
  if (names) await way.listen(registryAddress);
  const proxy = names ? {} : {HTTPS_PROXY: way.address, NO_PROXY: '127.0.0.1,localhost'};
  const engine = new Engine(settings, {...settings.env, ...proxy, SSL_CERT_FILE: places(directory).authority, HOME: directory});
  await engine.start();
  await serveControl(places(directory).controlSocket, {registry, engine, way, names, directory});
}

start(process.argv[2] ?? '').then(
  () => process.stdout.write('{"ready":true}\n'),
  (cause: Error) => {
    process.stdout.write(`${JSON.stringify({error: cause.message})}\n`);
    process.exitCode = 1;
    process.stdout.end(() => process.exit());
  },
);
