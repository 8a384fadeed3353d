import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Sandbox} from './sandbox.ts';
import {unixRequest} from './unix-request.ts';

/** The reference that a sandbox serves for a repository. */
export function imageOf(sandbox: Sandbox, repository: string): string {
  const found = sandbox.images.find(image => image.startsWith(`${repository}:`));
  if (!found) throw new Error(`The sandbox serves no ${repository}. It has: ${sandbox.images.join(', ')}`);
  return found;
}

/** A pull through the engine's API: its status, and each line of its answer. */
export async function pull(
  sandbox: Sandbox,
  image: string,
): Promise<{status: number; lines: readonly {status?: string; error?: string}[]; text: string}> {
  const {status, body} = await unixRequest(sandbox.socket, 'POST', `/images/create?${new URLSearchParams({fromImage: image})}`);
  const lines = body
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  return {status, lines, text: body};
}

/** `docker compose` on projects/stack, with the images of the sandbox. */
export function composeStack(sandbox: Sandbox, ...args: readonly string[]) {
  const images = {
    POSTGRES_IMAGE: imageOf(sandbox, 'library/postgres'),
    KEYCLOAK_IMAGE: imageOf(sandbox, 'quay.io/keycloak/keycloak'),
    SOCKET_PROXY_IMAGE: imageOf(sandbox, 'wollomatic/socket-proxy'),
    TRAEFIK_IMAGE: imageOf(sandbox, 'library/traefik'),
  };
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'projects/stack');
  const variables = Object.entries(images).map(([name, value]) => `${name}=${value}`);
  return sandbox.exec(['env', ...variables, 'docker', 'compose', '--project-directory', folder, ...args]);
}

/** `docker …`, which has to succeed. */
export async function docker(sandbox: Sandbox, ...args: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await sandbox.exec(['docker', ...args]);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} exited with ${code}: ${stderr}`);
  return stdout.trim();
}
