import {once} from 'node:events';
import {createServer} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {clashesWithListener, clashesWithPublished, proposePort} from '../../source/preflight/sockets.ts';

const place = (address: string | undefined, port = 80, protocol: 'tcp' | 'udp' = 'tcp') => ({address, port, protocol});

test.each([
  [undefined, '0.0.0.0', true, true],
  [undefined, '::1', true, true],
  ['', '127.0.0.1', true, true],
  ['0.0.0.0', '127.0.0.1', true, true],
  ['0.0.0.0', '::1', false, false],
  ['0.0.0.0', '::', true, false],
  ['::', '127.0.0.1', false, false],
  ['::', '::1', true, true],
  ['127.0.0.1', '::', true, false],
  ['127.0.0.1', '127.0.0.2', false, false],
  ['127.0.0.1', '127.0.0.1', true, true],
  ['::1', '0.0.0.0', false, false],
])('%s against %s: a program %s, a container %s', (wanted, other, listener, published) => {
  expect([clashesWithListener(place(wanted), place(other)), clashesWithPublished(place(wanted), place(other))]).toEqual([
    listener,
    published,
  ]);
});

test('another port and another protocol never clash', () => {
  expect(clashesWithListener(place(undefined), place(undefined, 81))).toBe(false);
  expect(clashesWithListener(place(undefined), place(undefined, 80, 'udp'))).toBe(false);
});

/** What the kernel says to somebody who listens as Docker does: one socket a family. */
const isRefused = async (host: string, port: number) => {
  const server = createServer();
  server.listen({host, port, ipv6Only: host.includes(':')});
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  }
};

test.each(['127.0.0.1', '0.0.0.0', '::1', '::'])('the kernel agrees about a program that listens on %s', async listening => {
  const server = createServer().listen(0, listening);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  for (const wanted of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    expect(await isRefused(wanted, port), `${wanted} beside ${listening}`).toBe(
      clashesWithListener(place(wanted, port), place(listening, port)),
    );
  }
});

test('the port that is offered is free on every address', () => {
  expect(proposePort(place(undefined, 80), [])).toBe(8080);
  expect(proposePort(place(undefined, 443), [place('127.0.0.1', 8443), place('::', 8444, 'udp')])).toBe(8444);
  expect(proposePort(place(undefined, 9000), [place(undefined, 9001)])).toBe(9002);
  expect(proposePort(place(undefined, 65_535), [])).toBeUndefined();
});
