import {once} from 'node:events';
import {createServer as createHttpServer} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Identities} from './certificates.ts';
import type {Line} from './protocol.ts';
import type {Registry} from './registry.ts';

/** How dockerd gets to the registries. */
export interface Way {
  /** Of the proxy, for HTTPS_PROXY. */
  readonly address: string;
  set(line: Line): Promise<void>;
  /** Leads clients without a proxy to the registry. */
  listen(address: string): Promise<void>;
}

/** A proxy that leads every CONNECT, whatever the host, to the registry; connections that stood end when the line changes. */
export async function openWay(registry: Registry, identities: Identities): Promise<Way> {
  const {key, certificate: cert} = identities.open;
  const secure = createHttpsServer({key, cert}, registry.handle);
  const proxy = createHttpServer();
  const open = new Set<Duplex>();
  let line: Line = 'open';
  proxy.on('connect', (_, socket, head) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    if (line === 'silent') return void socket.resume();
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.unshift(head);
    secure.emit('connection', socket);
  });
  const listen = (port: number) => once(proxy.listen(port, '127.0.0.1'), 'listening');
  await listen(0);
  const {port} = proxy.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    listen: async address => void (await once(secure.listen(443, address), 'listening')),
    set: async next => {
      line = next;
      const identity = identities[next === 'refused' || next === 'silent' ? 'open' : next];
      secure.setSecureContext({key: identity.key, cert: identity.certificate});
      const closed = next === 'refused' && proxy.listening ? new Promise(resolve => proxy.close(resolve)) : undefined;
      for (const socket of open) socket.destroy();
      proxy.closeAllConnections();
      await closed;
      if (next !== 'refused' && !proxy.listening) await listen(port);
    },
  };
}
