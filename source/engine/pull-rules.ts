/** What an engine says of a pull that failed -> what that is, in the operator's words. Pure. */

export type PullFailureKind =
  | 'not-found'
  | 'denied'
  | 'unauthorized'
  | 'rate-limited'
  | 'no-space'
  | 'platform'
  | 'corrupt'
  | 'name'
  | 'network'
  | 'tls'
  | 'registry'
  | 'stalled'
  | 'unknown';

interface Subject {
  readonly reference: string;
  readonly registry: string;
  readonly message: string;
}

export interface PullRule {
  readonly kind: PullFailureKind;
  /** Of the message: the status code is 500 for most failures of the containerd image store. */
  readonly message: RegExp;
  readonly status?: readonly number[];
  readonly retry: boolean;
  readonly reason: (subject: Subject) => string;
  readonly next: (subject: Subject) => readonly string[];
}

/** Docker Hub's registry has another name than its images. */
export const hostOf = (registry: string): string => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);

export const tryAgain = 'Run the same command again: what was pulled is kept.';

/** Which name was looked up: the registry's, or that of a proxy or a mirror before it. */
const nameIn = ({registry, message}: Subject): string => /\blookup ([^\s:]+)/.exec(message)?.[1] ?? hostOf(registry).replace(/:\d+$/, '');

const logIn = ({registry}: Subject) => `Log in: docker login${registry === 'docker.io' ? '' : ` ${registry}`}.`;

/** In this order: a message may hold the words of several. */
export const rules: readonly PullRule[] = [
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
    // Where the registry's words did not come with it, Docker Hub's own limit looks like any other.
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
    // Of Go's resolver, net/dnsclient.go and net/net.go; with the C library, of getaddrinfo.
    kind: 'name',
    message: /no such host|server misbehaving|temporary failure in name resolution|\blookup [^\s:]+(?: on \S+)?: /i,
    retry: true,
    reason: subject =>
      /no such host/i.test(subject.message)
        ? `The name server of this host knows no ${nameIn(subject)}.`
        : `The name server of this host does not say where ${nameIn(subject)} is.`,
    next: subject => [
      `Ask it by hand: getent hosts ${nameIn(subject)}. Which one is asked: cat /etc/resolv.conf.`,
      ...(subject.registry === 'docker.io' ? [] : ['Look for typing errors in the name of the registry.']),
      tryAgain,
    ],
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
      /unexpected EOF|\bEOF\b|connection (reset|refused|timed out)|i\/o timeout|network is (unreachable|down)|no route to host|timeout exceeded|deadline exceeded|broken pipe|handshake timeout|ECONNRESET|aborted|socket hang up/i,
    retry: true,
    reason: ({registry}) => `The connection to ${registry} does not hold, or cannot be made.`,
    next: ({registry}) => [`Check the network of this host: curl -I https://${hostOf(registry)}/v2/.`, tryAgain],
  },
  {
    kind: 'registry',
    message: /\b5\d\d\b|internal server error|bad gateway|service unavailable|gateway time-?out|unexpected status|error from registry/i,
    retry: true,
    reason: ({registry}) => `${registry} is in trouble: it answers with errors of its own.`,
    next: () => ['Wait for some minutes, then run the same command again.'],
  },
];

export const unknown: Omit<PullRule, 'message'> = {
  kind: 'unknown',
  retry: false,
  reason: ({message}) => `The Docker Engine says: ${message}`,
  next: ({reference}) => [`Try it by hand: docker pull ${reference}.`],
};
