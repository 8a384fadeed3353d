import * as v from 'valibot';
import {UserError} from '../errors.ts';
import {printableLine} from '../printable.ts';
import {credentialHelper} from './commands.ts';
import {type AuthEntry, type DockerConfig, readDockerConfig} from './docker-config.ts';
import {parseJson} from './lines.ts';
import {type Env, run} from './process.ts';
import {registryOf} from './reference.ts';

/** What the engine takes to log in to a registry. Holds a secret: for a request header, nothing else. */
export type AuthConfig =
  | {readonly username: string; readonly password: string; readonly serveraddress: string}
  | {readonly identitytoken: string; readonly serveraddress: string};

export interface CredentialsOptions {
  /** DOCKER_CONFIG or HOME say where the docker configuration is; helpers run with it. */
  readonly env: Env;
  readonly signal?: AbortSignal | undefined;
}

/** Key of Docker Hub in the docker configuration. */
const dockerHubKey = 'https://index.docker.io/v1/';
const keyOf = (registry: string): string => (registry === 'docker.io' ? dockerHubKey : registry);

/**
 * Credentials for the registry of an image, from where `docker login` put them: a helper for this host, the general store, or the file.
 * Undefined: none, pull as anybody. Throws UserError when a helper fails or the configuration cannot be used.
 */
export const credentialsFor = async (reference: string, {env, signal}: CredentialsOptions): Promise<AuthConfig | undefined> => {
  const config = await readDockerConfig(env);
  const key = keyOf(registryOf(reference));
  const helper = config.credHelpers?.[key] ?? config.credHelpers?.[registryOf(reference)] ?? config.credsStore;
  return helper ? askHelper(helper, key, {env, signal}) : fromFile(config, key);
};

const answer = v.object({Username: v.string(), Secret: v.string()});

const askHelper = async (helper: string, key: string, {env, signal}: CredentialsOptions): Promise<AuthConfig | undefined> => {
  const {code, stdout} = await run(credentialHelper(helper), {env, signal, input: key, timeoutMs: 30_000});
  if (code !== 0 && /credentials not found/i.test(stdout)) return undefined;
  const parsed = v.safeParse(answer, parseJson(stdout));
  if (code !== 0 || !parsed.success) throw helperFailed(helper, key);
  const {Username, Secret} = parsed.output;
  // What a helper answers for a token instead of a password.
  if (Username === '<token>') return {identitytoken: Secret, serveraddress: key};
  return Username || Secret ? {username: Username, password: Secret, serveraddress: key} : undefined;
};

/** Says nothing of what the helper said: that may be the secret. */
const helperFailed = (helper: string, key: string): UserError => {
  const program = credentialHelper(printableLine(helper)).join(' ');
  return new UserError(`The credential helper failed for ${printableLine(key)}.`, {
    why: `The docker configuration names ${program} for this registry.`,
    next: [`Try it: echo ${printableLine(key)} | ${program}.`, 'Log in again: docker login.'],
  });
};

/** Old configurations have addresses as keys, for example `https://ghcr.io/v1/`. */
const hostOfKey = (key: string): string => key.replace(/^https?:\/\//, '').split('/')[0] ?? key;

const fromFile = ({auths = {}}: DockerConfig, key: string): AuthConfig | undefined => {
  const found = auths[key] ?? Object.entries(auths).find(([other]) => hostOfKey(other) === hostOfKey(key))?.[1];
  return found && fromEntry(found, key);
};

const fromEntry = ({auth, username, password, identitytoken}: AuthEntry, serveraddress: string): AuthConfig | undefined => {
  if (identitytoken) return {identitytoken, serveraddress};
  if (username && password) return {username, password, serveraddress};
  if (!auth) return undefined;
  const decoded = Buffer.from(auth, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  return {username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, ''), serveraddress};
};
