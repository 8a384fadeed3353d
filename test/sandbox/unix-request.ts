import {request} from 'node:http';
import {text} from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One HTTP request over a unix socket. */
export function unixRequest(
  socketPath: string,
  method: string,
  path: string,
  body?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: 'localhost',
      connection: 'close',
      ...more,
      ...(body === undefined ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}),
    };
    const sent = request({socketPath, method, path, headers}, response => {
      text(response).then(answer => resolve({status: response.statusCode ?? 0, body: answer}), reject);
    });
    sent.on('error', reject).end(body);
  });
}
