import * as v from 'valibot';
import type {AuthConfig} from '../../source/engine/credentials.ts';
import {normaliseReference} from '../../source/engine/reference.ts';
import {unixRequest} from '../sandbox/unix-request.ts';

const inspected = v.object({
  Descriptor: v.object({digest: v.string()}),
  Platforms: v.nullish(v.array(v.object({os: v.string(), architecture: v.string()})), []),
});

export type RegistryAnswer =
  | {readonly image: string; readonly digest: string; readonly platforms: readonly string[]}
  | {readonly image: string; readonly problem: string};

/** What the registry has under this name, as the engine finds it out; it does so before every pull. */
export const askRegistry = async (socket: string, image: string, login?: AuthConfig): Promise<RegistryAnswer> => {
  const headers: Readonly<Record<string, string>> = login
    ? {'X-Registry-Auth': Buffer.from(JSON.stringify(login)).toString('base64url')}
    : {};
  const {status, body} = await unixRequest(socket, 'GET', `/distribution/${normaliseReference(image)}/json`, undefined, headers);
  const answer = v.safeParse(inspected, JSON.parse(body));
  if (status !== 200 || !answer.success) return {image, problem: `${status} ${String(JSON.parse(body).message ?? 'no manifest')}`};
  const platforms = (answer.output.Platforms ?? [])
    .map(({os, architecture}) => `${os}/${architecture}`)
    .filter(name => !name.includes('unknown'));
  return {image, digest: answer.output.Descriptor.digest, platforms: [...new Set(platforms)]};
};
