/** A listening unix socket that answers every caller with one text, and the asking of it. */
import {createConnection, createServer, type Socket} from 'node:net';

/** Milliseconds; a listener that does not answer within them is alive but tells nothing. */
const patience = 2000;

export interface Listener {
  /** Stops listening, which frees the address; callers that are still connected are cut off. */
  close(): Promise<void>;
}

/** Listens and answers with what `answer` returns then. Rejects with EADDRINUSE when the address is taken. Never keeps the process alive. */
export const listen = (address: string, answer: () => string): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const callers = new Set<Socket>();
    const server = createServer(socket => {
      callers.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => callers.delete(socket));
      socket.unref();
      socket.end(answer());
    });
    const close = () =>
      new Promise<void>(closed => {
        server.close(() => closed());
        for (const caller of callers) caller.destroy();
      });
    server.unref();
    server.once('error', reject);
    server.listen(address, () => resolve({close}));
  });

/**
 * `dead`: nobody listens there. `closing`: it hung up without a word, as one that stops listening does.
 * `silent`: it is alive, but does not answer in time or may not be asked.
 */
export type Answer = {readonly kind: 'said'; readonly text: string} | {readonly kind: 'dead' | 'closing' | 'silent'};

const kindsOfError: Readonly<Record<string, 'dead' | 'closing'>> = {
  ECONNREFUSED: 'dead',
  ENOENT: 'dead',
  ECONNRESET: 'closing',
  EPIPE: 'closing',
};

/** What the listener at an address says. */
export const ask = (address: string): Promise<Answer> =>
  new Promise(resolve => {
    let text = '';
    const socket = createConnection(address).setEncoding('utf8');
    const finish = (answer: Answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patience, () => finish({kind: 'silent'}));
    socket.on('data', chunk => {
      text += String(chunk);
    });
    socket.on('end', () => finish(text === '' ? {kind: 'closing'} : {kind: 'said', text}));
    socket.on('error', (error: NodeJS.ErrnoException) => finish({kind: kindsOfError[error.code ?? ''] ?? 'silent'}));
  });
