import type {IncomingMessage, ServerResponse} from 'node:http';
import {text} from 'node:stream/consumers';

/**
 * The token dance of real registries: 401 with a realm, a token from there (an anonymous one without credentials), then the
 * request again. A token is only the identity it was given for, in base64: this registry keeps no secrets.
 * For a token that is not good enough, `error` says so.
 */
export function challenge(request: IncomingMessage, response: ServerResponse, repository: string, error = ''): void {
  const host = request.headers.host ?? '';
  const scope = repository === '' ? '' : `,scope="repository:${repository}:pull"`;
  response.writeHead(401, {
    'content-type': 'application/json',
    'www-authenticate': `Bearer realm="https://${host}/token",service="${host}"${scope}${error}`,
  });
  response.end(JSON.stringify({errors: [{code: 'UNAUTHORIZED', message: 'authentication required'}]}));
}

/** By GET with basic authentication, or by POST of a form (containerd). Wrong credentials are refused, none give an anonymous token. */
export async function grantToken(request: IncomingMessage, response: ServerResponse, accepted: readonly string[]): Promise<void> {
  const form = new URLSearchParams(await text(request));
  const identity = decoded(request, 'Basic') ?? (form.has('username') ? `${form.get('username')}:${form.get('password')}` : 'anonymous');
  const known = identity === 'anonymous' || accepted.includes(identity);
  response.writeHead(known ? 200 : 401, {'content-type': 'application/json'});
  const token = Buffer.from(identity).toString('base64');
  response.end(JSON.stringify(known ? {token, access_token: token, expires_in: 3600} : {details: 'incorrect username or password'}));
}

/** Whom a request comes from; undefined without a token. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return decoded(request, 'Bearer');
}

function decoded(request: IncomingMessage, scheme: string): string | undefined {
  const [, value] = new RegExp(`^${scheme} (\\S+)$`).exec(request.headers.authorization ?? '') ?? [];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
}
