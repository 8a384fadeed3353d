/** Why an image could not be pulled, in the operator's words. Pure. */
import {UserError} from '../errors.ts';
import {registryOf} from './reference.ts';

type PullFailureKind =
  | 'not-found'
  | 'denied'
  | 'unauthorized'
  | 'rate-limited'
  | 'no-space'
  | 'platform'
  | 'corrupt'
  | 'network'
  | 'tls'
  | 'registry'
  | 'stalled'
  | 'unknown';

export interface PullFailure {
  readonly kind: PullFailureKind;
  /** Trying again may help. */
  readonly retry: boolean;
  /** The registry said how long to wait. Milliseconds. */
  readonly waitMs?: number;
  /** One sentence. */
  readonly reason: string;
  /** What to do, one sentence each. */
  readonly next: readonly string[];
}

/** A pull that ended without the image. */
export class PullError extends UserError {
  readonly failure: PullFailure;

  constructor(reference: string, failure: PullFailure, cause?: unknown) {
    super(`${reference} could not be pulled.`, {why: failure.reason, next: failure.next, cause});
    this.failure = failure;
  }
}

interface Subject {
  readonly reference: string;
  readonly registry: string;
  readonly message: string;
}

interface Rule {
  readonly kind: PullFailureKind;
  /** Of the message: the status code is 500 for most failures of the containerd image store. */
  readonly message: RegExp;
  readonly status?: readonly number[];
  readonly retry: boolean;
  readonly reason: (subject: Subject) => string;
  readonly next: (subject: Subject) => readonly string[];
}

const tryAgain = 'Run the same command again: what was pulled is kept.';
const logIn = ({registry}: Subject) => `Log in: docker login${registry === 'docker.io' ? '' : ` ${registry}`}.`;

/** In this order: a message may hold the words of several. */
const rules: readonly Rule[] = [
  {
    kind: 'no-space',
    message: /no space left on device|disk quota exceeded|not enough space/i,
    retry: false,
    reason: () => 'The disk of the Docker Engine is full.',
    next: () => ['See what takes the space: docker system df.', 'Free some: docker image prune, or enlarge the disk.', tryAgain],
  },
  {
    kind: 'platform',
    message:
      /no match(ing manifest)? for( platform)?|image operating system .* cannot be used|does not (match|support) the (specified|detected) .*platform/i,
    retry: false,
    reason: ({reference}) => `${reference} is not made for the processor or system of this host.`,
    next: () => ['Pick another image or tag that is made for it.'],
  },
  {
    // Of graph drivers: moby's distribution/pull_v2.go; of the containerd image store: its content/local/writer.go.
    kind: 'corrupt',
    message: /verification failed for digest|unexpected commit digest|invalid digest for referenced/i,
    retry: false,
    reason: ({reference, registry}) => `What ${registry} sent for ${reference} is not what its digest says: it was refused.`,
    next: () => [
      'Run the same command again: a proxy or a mirror on the way may have sent something old or broken.',
      'If it stays so, look what stands between this host and the registry: docker info, at Registry Mirrors and HTTPS Proxy.',
    ],
  },
  {
    kind: 'rate-limited',
    message: /pull rate limit|reached your .*limit/i,
    retry: false,
    reason: ({registry}) => `${registry} lets nobody pull so much in so short a time, and this address has reached that limit.`,
    next: subject => [`${logIn(subject)} The limit is higher for known users.`, 'Or wait for some hours, then run the same command again.'],
  },
  {
    kind: 'rate-limited',
    message: /toomanyrequests|too many requests|rate.?limit/i,
    status: [429],
    retry: true,
    // The containerd image store asks with HEAD, whose answer has no words: Docker Hub's own limit looks like any other then.
    reason: ({registry}) =>
      `${registry} wants fewer requests for a while${registry === 'docker.io' ? ', of users without a login for some hours' : ''}.`,
    next: subject => ['Wait for some minutes, then run the same command again.', logIn(subject)],
  },
  {
    kind: 'not-found',
    message:
      /manifest unknown|name unknown|repository .*not found|not found: manifest|failed to resolve reference .*: not found|: not found$/i,
    status: [404],
    retry: false,
    reason: ({reference, registry}) => `${registry} has no ${reference}: the repository or the tag does not exist.`,
    next: () => ['Look for typing errors in the reference, or pick another tag.'],
  },
  {
    kind: 'denied',
    message: /\bdenied\b|forbidden|insufficient.scope/i,
    status: [403],
    retry: false,
    reason: ({reference, registry}) => `${registry} does not let this user pull ${reference}, or it does not exist.`,
    next: subject => [logIn(subject), 'Ask the owner of the repository for access.'],
  },
  {
    kind: 'unauthorized',
    message: /no basic auth credentials|unauthorized|authorization failed|authentication required|incorrect username or password/i,
    status: [401],
    retry: false,
    reason: ({registry}) => `${registry} wants a login, or did not take the one it was given.`,
    next: subject => [logIn(subject)],
  },
  {
    kind: 'tls',
    message: /x509|certificate|tls: |server gave HTTP response to HTTPS client/i,
    retry: false,
    reason: ({registry}) => `The certificate of ${registry} is not to be trusted.`,
    next: () => [
      'Check the clock of this host: timedatectl.',
      'Behind a proxy that opens TLS connections, add its authority to the system and restart the Docker Engine.',
    ],
  },
  {
    kind: 'network',
    message:
      /unexpected EOF|\bEOF\b|connection (reset|refused|timed out)|i\/o timeout|no such host|server misbehaving|temporary failure in name resolution|network is (unreachable|down)|no route to host|timeout exceeded|deadline exceeded|broken pipe|handshake timeout|ECONNRESET|aborted|socket hang up/i,
    retry: true,
    reason: ({registry}) => `The connection to ${registry} does not hold, or cannot be made.`,
    next: ({registry}) => [`Check the network and the name server of this host: curl -I https://${hostOf(registry)}/v2/.`, tryAgain],
  },
  {
    kind: 'registry',
    message: /\b5\d\d\b|internal server error|bad gateway|service unavailable|gateway time-?out|unexpected status|error from registry/i,
    retry: true,
    reason: ({registry}) => `${registry} is in trouble: it answers with errors of its own.`,
    next: () => ['Wait for some minutes, then run the same command again.'],
  },
];

const unknown: Omit<Rule, 'message'> = {
  kind: 'unknown',
  retry: false,
  reason: ({message}) => `The Docker Engine says: ${message}`,
  next: ({reference}) => [`Try it by hand: docker pull ${reference}.`],
};

/** By what the message says first, by the status code second. `message` is already printable. */
export const classifyPull = (message: string, statusCode: number | undefined, reference: string): PullFailure => {
  const subject = {reference, registry: registryOf(reference), message};
  const byStatus = (rule: Rule) => statusCode !== undefined && rule.status?.includes(statusCode);
  const rule = rules.find(({message: pattern}) => pattern.test(message)) ?? rules.find(byStatus) ?? unknown;
  const waitMs = rule.kind === 'rate-limited' ? waitIn(message) : undefined;
  const {kind, retry} = rule;
  return {kind, retry, ...(waitMs !== undefined && {waitMs}), reason: rule.reason(subject), next: rule.next(subject)};
};

/** Nothing moved for so long that the pull was given up. */
export const stalledPull = (reference: string, limitMs: number): PullFailure => ({
  kind: 'stalled',
  retry: true,
  reason: `${registryOf(reference)} sent nothing for ${limitMs / 1000} s.`,
  next: [`Check the network of this host: curl -I https://${hostOf(registryOf(reference))}/v2/.`, tryAgain],
});

const hostOf = (registry: string): string => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);

const units: Readonly<Record<string, number>> = {h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 0, us: 0, ns: 0};

/** `retry-after: 12s`, `try again in 3 minutes`; in the shape of Go's durations as well. */
const waitIn = (message: string): number | undefined => {
  const found = /(?:retry[- ]after:?|try again in|retry in)\s*(\d{1,6}(?:\.\d{1,9})?)\s*(h|ms|µs|us|ns|m|s)?/i.exec(message);
  if (!found) return undefined;
  return Math.ceil(Number(found[1]) * (units[found[2]?.toLowerCase() ?? 's'] ?? 1000));
};
