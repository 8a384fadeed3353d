/**
 * A terminal that is not read: a connection that hangs, Ctrl+S. Node writes to a terminal synchronously, so the whole program stops with the
 * first word that does not fit. Here words wait instead, and the program goes on.
 */
import {accessSync, constants, fstatSync, readlinkSync, statSync} from 'node:fs';

/** `_handle`: the only way that Node has to write to a terminal asynchronously: a method of its own handle, undocumented and there since Node 0.12. */
interface Stream {
  readonly isTTY?: boolean;
  readonly fd?: number;
  readonly _handle?: {setBlocking?(blocking: boolean): void} | null;
}

/**
 * The flag belongs to the opened file, not to us alone: libuv opens a terminal anew under its name so that nobody else has it (uv_tty_init).
 * Where it can not, the shell would have it too, and its other programs would lose what they write. Only Linux says which terminal it is.
 */
const isOpenedAnew = (fd: number): boolean => {
  try {
    const path = readlinkSync(`/proc/self/fd/${fd}`);
    accessSync(path, constants.R_OK | constants.W_OK);
    return statSync(path).rdev === fstatSync(fd).rdev;
  } catch {
    return false;
  }
};

/**
 * Others than terminals stay as they are. For a program that inherits the terminal, as a shell in a container, libuv makes it synchronous
 * (uv__process_child_init), and with it ours, which is the same opened file: whoever lent it asks for this again.
 */
export const unblock = (stream: Stream): void => {
  if (stream.isTTY && stream.fd !== undefined && isOpenedAnew(stream.fd)) stream._handle?.setBlocking?.(false);
};
