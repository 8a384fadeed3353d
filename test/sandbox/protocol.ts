/** What a registry can be told to do wrong for one repository. */
export type Fault =
  /** Answers every request for manifests or blobs with this status, as registries word it. */
  | {readonly kind: 'status'; readonly at: 'manifest' | 'blob'; readonly status: number; readonly code?: string; readonly message?: string}
  /** Cuts the connection after so many bytes of a blob; `times` in all (default: always). */
  | {readonly kind: 'reset'; readonly afterBytes: number; readonly times?: number}
  /** Sends so many bytes of a blob and then nothing more, with the connection open. */
  | {readonly kind: 'stall'; readonly afterBytes: number}
  /** The repository is private. */
  | {readonly kind: 'credentials'; readonly username: string; readonly password: string};

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
  requests: {argument: null; answer: readonly LoggedRequest[]};
  'kill-engine': {argument: null; answer: null};
  'start-engine': {argument: null; answer: null};
  'hold-port': {argument: {port: number}; answer: null};
  'release-port': {argument: {port: number}; answer: null};
}

export type CommandName = keyof Commands;

/** What the supervisor is started with; a file in the sandbox's folder. */
export interface Settings {
  readonly directory: string;
  readonly store: 'overlay2' | 'containerd';
  readonly bytesPerSecond?: number | undefined;
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
  certificate: `${directory}/registry.crt`,
  key: `${directory}/registry.key`,
  engineLog: `${directory}/dockerd.log`,
  containerdLog: `${directory}/containerd.log`,
  dockerConfig: `${directory}/docker-config`,
});
