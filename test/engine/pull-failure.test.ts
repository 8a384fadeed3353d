import {describe, expect, test} from 'vitest';
import {classifyPull, PullError, stalledPull} from '../../source/engine/pull-failure.ts';
import {recordedLines, recording, stores} from './recordings.ts';

interface Refusal {
  readonly store: string;
  readonly name: string;
  readonly reference: string;
  readonly statusCode: number;
  readonly message: string;
}

const refusals: readonly Refusal[] = JSON.parse(recording('refusals.json'));

const expected: Readonly<Record<string, string>> = {
  'unknown tag': 'not-found',
  'unknown repository': 'not-found',
  private: 'denied',
  unauthorized: 'unauthorized',
  denied: 'denied',
  'rate limit': 'rate-limited',
  'broken registry': 'registry',
  'unknown host': 'tls',
  'bad reference': 'tls',
  'unknown name': 'name',
  'broken name': 'name',
  'silent name': 'name',
};

test.each(refusals)('$store: $name, as the engine answers it', ({name, message, statusCode, reference}) => {
  expect(classifyPull(message, statusCode, reference).kind).toBe(expected[name]);
});

test.each(stores)('%s: errors within the stream, as the engine says them', store => {
  const kindOf = (name: string) => {
    const {error} = JSON.parse(recordedLines(`${store}-${name}.ndjson`).at(-1) ?? '');
    const {kind, retry} = classifyPull(error, undefined, 'postgres:17');
    return {kind, retry};
  };
  expect([kindOf('rate-limited-blob'), kindOf('broken-registry-blob')]).toEqual([
    {kind: 'rate-limited', retry: false},
    {kind: 'registry', retry: true},
  ]);
});

test.each([
  ['unexpected EOF', undefined, 'network', true],
  ['Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 127.0.0.53:53: no such host', 500, 'name', true],
  ['Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 127.0.0.53:53: server misbehaving', 500, 'name', true],
  ['Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 1.1.1.1:53: read udp 10.0.0.1:4->1.1.1.1:53: i/o timeout', 500, 'name', true],
  ['Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: Temporary failure in name resolution', 500, 'name', true],
  ['Get "https://ghcr.io/v2/": dial tcp 1.2.3.4:443: i/o timeout', 500, 'network', true],
  ['Get "https://ghcr.io/v2/": dial tcp 1.2.3.4:443: connect: connection refused', 500, 'network', true],
  ['net/http: TLS handshake timeout', 500, 'network', true],
  ['Get "https://ghcr.io/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 500, 'network', true],
  ['read tcp 10.0.0.1:4->1.2.3.4:443: read: connection reset by peer', undefined, 'network', true],
  ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 500, 'tls', false],
  ['tls: failed to verify certificate: x509: certificate has expired or is not yet valid', 500, 'tls', false],
  ['failed to register layer: write /usr/bin/x: no space left on device', undefined, 'no-space', false],
  ['no matching manifest for linux/arm64/v8 in the manifest list entries', 404, 'platform', false],
  ['no match for platform in manifest: not found', 404, 'platform', false],
  ['filesystem layer verification failed for digest sha256:2f5259436187', undefined, 'corrupt', false],
  ['manifest verification failed for digest sha256:2f5259436187', 500, 'corrupt', false],
  [
    'failed commit on ref "layer-sha256:2f52": unexpected commit digest sha256:0d1e, expected sha256:2f52: failed precondition',
    undefined,
    'corrupt',
    false,
  ],
  ['Get "https://ghcr.io/v2/x/manifests/1": no basic auth credentials', 500, 'unauthorized', false],
  [
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    500,
    'denied',
    false,
  ],
  ['denied', 403, 'denied', false],
  ['received unexpected HTTP status: 502 Bad Gateway', 500, 'registry', true],
  ['something new', 404, 'not-found', false],
  ['something new', 403, 'denied', false],
  ['something new', 429, 'rate-limited', true],
  ['something new', 500, 'unknown', false],
])('%s (%s) is %s', (message, statusCode, kind, retry) => {
  expect(classifyPull(message, statusCode, 'ghcr.io/acme/api:1')).toMatchObject({kind, retry});
});

describe('how long a registry wants us to wait', () => {
  test.each([
    ['toomanyrequests: retry-after: 268.9µs, allowed: 44000/minute', 0],
    ['toomanyrequests: retry-after: 1.5s, allowed: 44000/minute', 1500],
    ['429 Too Many Requests: Retry-After: 12', 12_000],
    ['too many requests, try again in 3 minutes', 180_000],
    ['too many requests', undefined],
  ])('%s', (message, waitMs) => {
    expect(classifyPull(message, 429, 'ghcr.io/acme/api:1').waitMs).toBe(waitMs);
  });
});

describe('a name that is not found is said', () => {
  const wordsOf = (message: string, reference: string) => {
    const {reason, next} = classifyPull(message, 500, reference);
    return [reason, ...next];
  };

  test('as one that the server does not know: it may be written wrong, where it is not the usual registry', () => {
    expect(wordsOf('dial tcp: lookup ghcr.oi on 127.0.0.53:53: no such host', 'ghcr.oi/acme/api:1')).toEqual([
      'The name server of this host knows no ghcr.oi.',
      'Ask it by hand: getent hosts ghcr.oi. Which one is asked: cat /etc/resolv.conf.',
      'Look for typing errors in the name of the registry.',
      'Run the same command again: what was pulled is kept.',
    ]);
  });

  test('as one that the server does not tell', () => {
    expect(wordsOf('dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: server misbehaving', 'redis:8')).toEqual([
      'The name server of this host does not say where registry-1.docker.io is.',
      'Ask it by hand: getent hosts registry-1.docker.io. Which one is asked: cat /etc/resolv.conf.',
      'Run the same command again: what was pulled is kept.',
    ]);
  });

  test('with the name of a proxy, when that is the one that is not found', () => {
    expect(wordsOf('proxyconnect tcp: dial tcp: lookup proxy.lan on 127.0.0.53:53: no such host', 'redis:8')[0]).toBe(
      'The name server of this host knows no proxy.lan.',
    );
  });
});

test('an operator reads what happened, why and what to do', () => {
  const error = new PullError('redis:9', classifyPull('manifest for redis:9 not found: manifest unknown', 404, 'redis:9'));
  expect({what: error.message, why: error.why, next: error.next}).toEqual({
    what: 'redis:9 could not be pulled.',
    why: 'docker.io has no redis:9: the repository or the tag does not exist.',
    next: ['Look for typing errors in the reference, or pick another tag.'],
  });
  expect(classifyPull('unauthorized', 401, 'ghcr.io/acme/api:1').next).toEqual(['Log in: docker login ghcr.io.']);
  expect(stalledPull('redis:8', 30_000)).toEqual({
    kind: 'stalled',
    retry: true,
    reason: 'docker.io sent nothing for 30 s.',
    next: [
      'Check the network of this host: curl -I https://registry-1.docker.io/v2/.',
      'Run the same command again: what was pulled is kept.',
    ],
  });
});
