import {once} from 'node:events';
import {createServer} from 'node:http';
import {createServer as createTcpServer, type Server} from 'node:net';
import {text} from 'node:stream/consumers';
import {resizeDisk} from './disk.ts';
import type {Engine} from './engine.ts';
import type {NameServer} from './name-server.ts';
import {type CommandName, type Commands, places} from './protocol.ts';
import type {Registry} from './registry.ts';
import type {Way} from './way.ts';

/** What the commands act on. */
export interface Parts {
  readonly registry: Registry;
  readonly engine: Engine;
  readonly way: Way;
  /** Of a sandbox `byName`. */
  readonly names: NameServer | undefined;
  readonly directory: string;
}

type Handlers = {
  [Name in CommandName]: (argument: Commands[Name]['argument']) => Commands[Name]['answer'] | Promise<Commands[Name]['answer']>;
};

/** Serves the commands of protocol.ts as `POST /<name>` on a unix socket: it crosses network namespaces. */
export async function serveControl(socket: string, parts: Parts): Promise<void> {
  const handlers = new Map<string, (argument: never) => unknown>(Object.entries(commandHandlers(parts)));
  const server = createServer((request, response) => {
    const handler = handlers.get(request.url?.slice(1) ?? '');
    const respond = (status: number, value: unknown) => response.writeHead(status).end(JSON.stringify(value ?? null));
    text(request)
      .then(body => (handler ? handler(JSON.parse(body) as never) : Promise.reject(new Error(`no command ${request.url}`))))
      .then(
        value => respond(200, value),
        (cause: Error) => respond(500, cause.message),
      );
  });
  await once(server.listen(socket), 'listening');
}

function commandHandlers({registry, engine, way, names, directory}: Parts): Handlers {
  const held = new Map<number, Server>();
  return {
    'set-rate': ({bytesPerSecond}) => done(registry.throttle.setRate(bytesPerSecond)),
    fail: ({repository, fault}) => done(registry.fail(repository, fault)),
    clear: () => done(registry.clear()),
    'set-line': async ({line}) => done(await way.set(line)),
    'set-names': ({answer}) => done(names?.set(answer)),
    requests: () => registry.requests,
    'kill-engine': async () => done(await engine.kill()),
    'start-engine': async () => done(await engine.start()),
    'pause-engine': () => done(engine.signal('SIGSTOP')),
    'resume-engine': () => done(engine.signal('SIGCONT')),
    'resize-disk': async ({megabytes}) => done(await resizeDisk(places(directory).data, megabytes)),
    'hold-port': async ({port}) => {
      const server = createTcpServer();
      await once(server.listen(port), 'listening');
      return done(held.set(port, server));
    },
    'release-port': async ({port}) => {
      const server = held.get(port);
      held.delete(port);
      return done(await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined))));
    },
  };
}

function done(_: unknown): null {
  return null;
}
