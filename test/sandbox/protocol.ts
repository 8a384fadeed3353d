/** What a registry can be told to do wrong for one repository. */
export type Fault =
  /** Answers requests for manifests or blobs with this status, as registries word it; `times` in all (default: always). */
  | {
      readonly kind: 'status';
      readonly at: 'manifest' | 'blob';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      /** Seconds, as the header Retry-After says them. */
      readonly retryAfter?: number;
      readonly times?: number;
    }
  /** Cuts the connection after so many bytes of a blob; `times` in all (default: always). */
  | {readonly kind: 'reset'; readonly afterBytes: number; readonly times?: number}
  /** Sends so many bytes of a blob and then nothing more, with the connection open. */
  | {readonly kind: 'stall'; readonly afterBytes: number}
  /** Sends every blob with one bit turned: the byte at this place is another one. `times` in all (default: always). */
  | {readonly kind: 'corrupt'; readonly atByte: number; readonly times?: number}
  /** The repository is private. */
  | {readonly kind: 'credentials'; readonly username: string; readonly password: string};

/**
 * The way to all registries: `refused` is a host that nothing listens on, `silent` one that takes connections and never answers;
 * `expired`, `self-signed` and `other-host` are certificates that no client may accept.
 */
export type Line = 'open' | 'refused' | 'silent' | 'expired' | 'self-signed' | 'other-host';

/** What the name server of a sandbox answers: the address, that there is no such name, that it can not tell, or nothing. */
export type NameAnswer = 'known' | 'unknown' | 'broken' | 'silent';

export interface LoggedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

/** The supervisor's commands: argument and answer of each. */
export interface Commands {
  'set-rate': {argument: {bytesPerSecond?: number | undefined}; answer: null};
  fail: {argument: {repository: string; fault: Fault}; answer: null};
  clear: {argument: null; answer: null};
  'set-line': {argument: {line: Line}; answer: null};
  'set-names': {argument: {answer: NameAnswer}; answer: null};
  requests: {argument: null; answer: readonly LoggedRequest[]};
  'kill-engine': {argument: null; answer: null};
  'start-engine': {argument: null; answer: null};
  /** SIGSTOP and SIGCONT for dockerd: it takes connections, and does not answer. */
  'pause-engine': {argument: null; answer: null};
  'resume-engine': {argument: null; answer: null};
  /** Another size of the disk that was asked for with `dataMegabytes`. */
  'resize-disk': {argument: {megabytes: number}; answer: null};
  'hold-port': {argument: {port: number}; answer: null};
  'release-port': {argument: {port: number}; answer: null};
}

export type CommandName = keyof Commands;

/** What the supervisor is started with; a file in the sandbox's folder. */
export interface Settings {
  readonly directory: string;
  readonly store: 'overlay2' | 'containerd';
  readonly bytesPerSecond?: number | undefined;
  readonly dataMegabytes?: number | undefined;
  readonly byName?: boolean | undefined;
  readonly cgroup: string;
  readonly init: string;
  readonly busybox: string;
  readonly env: Readonly<Record<string, string>>;
}

export const places = (directory: string) => ({
  engineSocket: `${directory}/docker.sock`,
  controlSocket: `${directory}/control.sock`,
  settings: `${directory}/settings.json`,
  images: `${directory}/images.json`,
  authority: `${directory}/ca.crt`,
  identities: `${directory}/registry-identities.json`,
  data: `${directory}/data`,
  engineLog: `${directory}/dockerd.log`,
  containerdLog: `${directory}/containerd.log`,
  dockerConfig: `${directory}/docker-config`,
});
