/** Command lines of other programs, as argv. Pure; `process.ts` runs them. */

/** How compose is told which project it works on. All paths are absolute. */
export interface ComposeProject {
  readonly project: string;
  readonly directory: string;
  /** All overlays together, in the order in which they are merged. */
  readonly files: readonly string[];
  readonly envFile: string;
}

export type DirectoryOfProject = Pick<ComposeProject, 'project' | 'directory'> & Partial<ComposeProject>;

/** Without `files`, compose reads COMPOSE_FILE of the env file, as a plain `docker compose` in the folder does. */
const compose = ({project, directory, files = [], envFile}: DirectoryOfProject): readonly string[] => [
  ...['docker', 'compose', '--project-name', project, '--project-directory', directory],
  ...(envFile === undefined ? [] : ['--env-file', envFile]),
  ...files.flatMap(file => ['--file', file]),
];

const withProgress = (project: DirectoryOfProject): readonly string[] => {
  const [docker = '', plugin = '', ...rest] = compose(project);
  return [docker, plugin, '--progress', 'json', ...rest];
};

export const composeVersion = (): readonly string[] => ['docker', 'compose', 'version', '--short'];
/** The first Compose, a program of its own that ended with 1.29. */
export const composeV1Version = (): readonly string[] => ['docker-compose', 'version', '--short'];

/** Prints the merged and interpolated model as JSON. */
export const composeConfig = (project: DirectoryOfProject): readonly string[] => [...compose(project), 'config', '--format', 'json'];

/**
 * Prints `<service> <hash>` lines of the resolved model on its standard input.
 * Of the overlays themselves it would print hashes that no container carries when a service has an `env_file` (docker/compose#14001).
 */
export const composeHash = (project: DirectoryOfProject): readonly string[] => [
  ...compose({...project, files: ['-']}),
  ...['config', '--hash', '*'],
];

export interface UpOptions {
  /** Makes containers anew that differ in nothing: starting a sick one again would leave it as it is. Default false. */
  readonly recreate?: boolean | undefined;
}

/** Creates, recreates or starts exactly these services; says so as JSON lines on its standard error. */
export const composeUp = (
  services: readonly string[],
  project: DirectoryOfProject,
  {recreate = false}: UpOptions = {},
): readonly string[] => [
  ...withProgress(project),
  ...['up', '--detach', '--no-deps', '--pull', 'never'],
  ...(recreate ? ['--force-recreate'] : []),
  ...['--', ...services],
];

export interface DownOptions {
  /** Also removes the named volumes: the data. */
  readonly volumes: boolean;
}

export const composeDown = ({volumes}: DownOptions, project: DirectoryOfProject): readonly string[] => [
  ...withProgress(project),
  'down',
  ...(volumes ? ['--volumes'] : []),
];

/** Ends at once: with 0 where the container has such a shell. */
export const shellProbe = (id: string, shell: string): readonly string[] => ['docker', 'exec', id, shell, '-c', ':'];

/** For a person, on a terminal. */
export const shellIn = (id: string, shell: string): readonly string[] => ['docker', 'exec', '--interactive', '--tty', id, shell];

/** Shows an address in the browser of this desktop; undefined where nobody knows how. */
export const browser = (platform: string, url: string): readonly string[] | undefined =>
  ({darwin: ['open', url], linux: ['xdg-open', url]})[platform];

/** A credential helper of the docker configuration; the registry's name goes to its standard input. */
export const credentialHelper = (name: string): readonly string[] => [`docker-credential-${name}`, 'get'];

export interface Tunnel {
  /** `user@host` or `host`. */
  readonly destination: string;
  readonly port?: string | undefined;
  /** Unix socket to create here, and the one to reach there. */
  readonly local: string;
  readonly remote: string;
}

/** One SSH connection that carries all requests: one each would meet the limits of the server (MaxStartups). Asks nothing: keys only. */
export const tunnel = ({destination, port, local, remote}: Tunnel): readonly string[] => [
  ...['ssh', '-nNT', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'ServerAliveInterval=15'],
  ...['-o', 'ExitOnForwardFailure=yes', '-o', 'StreamLocalBindUnlink=yes'],
  ...(port === undefined ? [] : ['-p', port]),
  ...['-L', `${local}:${remote}`, '--', destination],
];
