import {unixRequest} from './unix-request.ts';

/** Empties an engine: containers, volumes, networks that are not Docker's own, and, if asked, images. */
export async function resetEngine(socket: string, images: boolean): Promise<void> {
  const containers = await list<{Id: string}[]>(socket, '/containers/json?all=1');
  await Promise.all(containers.map(({Id}) => remove(socket, `/containers/${Id}?force=1&v=1`)));
  const networks = await list<{Id: string; Name: string}[]>(socket, '/networks');
  const custom = networks.filter(({Name}) => !['bridge', 'host', 'none'].includes(Name));
  await Promise.all(custom.map(({Id}) => remove(socket, `/networks/${Id}`)));
  const volumes = await list<{Volumes: {Name: string}[] | null}>(socket, '/volumes');
  await Promise.all((volumes.Volumes ?? []).map(({Name}) => remove(socket, `/volumes/${Name}?force=1`)));
  if (!images) return;
  for (const {Id} of await list<{Id: string}[]>(socket, '/images/json')) await remove(socket, `/images/${Id}?force=1`);
}

async function list<T>(socket: string, path: string): Promise<T> {
  const {status, body} = await unixRequest(socket, 'GET', path);
  if (status !== 200) throw new Error(`Could not read ${path} from the sandbox's engine: ${status} ${body.trim()}. Was it killed?`);
  return JSON.parse(body);
}

/** Gone already, or already being removed, is fine. */
async function remove(socket: string, path: string): Promise<void> {
  const {status, body} = await unixRequest(socket, 'DELETE', path);
  if (status >= 300 && status !== 404 && !/already in progress/.test(body)) {
    throw new Error(`Could not remove ${path} from the sandbox's engine: ${status} ${body.trim()}. Is something still using it?`);
  }
}
