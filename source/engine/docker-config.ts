/** The docker CLI's own configuration: which context is current, which credentials there are. */
import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import * as v from 'valibot';
import {UserError} from '../errors.ts';
import {parseJson} from './lines.ts';
import type {Env} from './process.ts';

const entry = v.object({
  auth: v.optional(v.string()),
  username: v.optional(v.string()),
  password: v.optional(v.string()),
  identitytoken: v.optional(v.string()),
});

const schema = v.object({
  currentContext: v.optional(v.string()),
  credsStore: v.optional(v.string()),
  credHelpers: v.optional(v.record(v.string(), v.string())),
  auths: v.optional(v.record(v.string(), entry)),
});

export type DockerConfig = v.InferOutput<typeof schema>;
export type AuthEntry = v.InferOutput<typeof entry>;

export const homeOf = (env: Env): string => env.HOME || homedir();

/** DOCKER_CONFIG or `~/.docker`. */
export const configDirectoryOf = (env: Env): string => env.DOCKER_CONFIG || join(homeOf(env), '.docker');

/** Empty when there is none. Throws UserError when it is there and cannot be used. */
export const readDockerConfig = async (env: Env): Promise<DockerConfig> => {
  const path = join(configDirectoryOf(env), 'config.json');
  const text = await readIfThere(path);
  if (text === undefined) return {};
  const parsed = v.safeParse(schema, parseJson(text));
  if (parsed.success) return parsed.output;
  throw new UserError(`The docker configuration cannot be used: ${path}`, {
    why: 'It is not JSON as the docker CLI writes it.',
    next: [`Correct ${path}, or move it away and log in to your registries again: docker login.`],
  });
};

/** Undefined when the file is not there. Throws UserError when it may not be read. */
export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError(`The docker configuration cannot be read: ${path}`, {
      why: `The system says ${code ?? String(cause)}.`,
      next: [`Make ${path} readable for this user: ls -l ${path}.`],
      cause,
    });
  }
};
