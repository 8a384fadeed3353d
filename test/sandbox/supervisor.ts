/** Runs inside the namespaces of one sandbox: registry, proxy, engine, and the control socket. Argument: the sandbox's folder. */
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer as createHttpServer} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {serveControl} from './control-server.ts';
import {Engine} from './engine.ts';
import type {ImageStore} from './image-store.ts';
import {places, type Settings} from './protocol.ts';
import {Registry} from './registry.ts';
import {run} from './run.ts';

/** Mounted over /run, so that the engine's leftovers vanish with the namespace, and /run/docker.sock is this engine's. */
async function prepareNamespace(busybox: string): Promise<void> {
  await run(['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run'], 'mount a private /run', 'The sandbox needs to run as root.');
  await run([busybox, 'ip', 'link', 'set', 'lo', 'up'], 'bring up the loopback device', 'The sandbox needs to run as root.');
}

/** A proxy that leads every CONNECT, whatever the host, to the registry. Answers with its address. */
async function serveRegistry(registry: Registry, directory: string): Promise<string> {
  const [key, cert] = await Promise.all([readFile(places(directory).key), readFile(places(directory).certificate)]);
  const secure = createHttpsServer({key, cert}, registry.handle);
  const proxy = createHttpServer();
  proxy.on('connect', (_, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.unshift(head);
    secure.emit('connection', socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

async function start(directory: string): Promise<void> {
  const settings: Settings = JSON.parse(await readFile(places(directory).settings, 'utf8'));
  const images: ImageStore = JSON.parse(await readFile(places(directory).images, 'utf8'));
  await prepareNamespace(settings.busybox);
  const registry = new Registry(images, settings.bytesPerSecond);
  const proxy = await serveRegistry(registry, directory);
  const trust = {HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost', SSL_CERT_FILE: places(directory).authority};
  const engine = new Engine(settings, {...settings.env, ...trust, HOME: directory});
  await engine.start();
  await serveControl(places(directory).controlSocket, registry, engine);
}

start(process.argv[2] ?? '').then(
  () => process.stdout.write('{"ready":true}\n'),
  (cause: Error) => {
    process.stdout.write(`${JSON.stringify({error: cause.message})}\n`);
    process.exitCode = 1;
    process.stdout.end(() => process.exit());
  },
);
