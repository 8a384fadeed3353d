import {type CommandName, type Commands, places} from './protocol.ts';
import {unixRequest} from './unix-request.ts';

/** Gives the supervisor of a sandbox a command and returns its answer. */
export async function command<Name extends CommandName>(
  directory: string,
  name: Name,
  argument: Commands[Name]['argument'],
): Promise<Commands[Name]['answer']> {
  const {status, body} = await unixRequest(places(directory).controlSocket, 'POST', `/${name}`, JSON.stringify(argument));
  const value = JSON.parse(body);
  if (status === 200) return value;
  throw new Error(`The sandbox in ${directory} could not do '${name}': ${value}`);
}
