import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {mkdir, readlink, writeFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import type {NameAnswer, Settings} from './protocol.ts';
import {run} from './run.ts';

/** Every name leads here, to an address that stands for no host (RFC 5737): of one below 127, the engine would take any certificate. */
export const registryAddress = '192.0.2.1';

export interface NameServer {
  set(answer: NameAnswer): void;
}

/** RFC 1035, 4.1.1: how it went. */
const codes = {known: 0, broken: 2, unknown: 3} as const;
const headerSize = 12;
const typeA = 1;

/** The answer to a question, in the form of RFC 1035: one address for type A, none for others. */
const replyTo = (question: Buffer, answer: Exclude<NameAnswer, 'silent'>): Buffer => {
  let end = headerSize;
  while ((question[end] ?? 0) > 0) end += (question[end] ?? 0) + 1;
  const type = question.readUInt16BE(end + 1);
  const asked = question.subarray(headerSize, end + 5);
  const address = registryAddress.split('.').map(Number);
  // A pointer to the name in the question, type A, class IN, no time to live, four bytes.
  const record = Buffer.from([0xc0, headerSize, 0, typeA, 0, 1, 0, 0, 0, 0, 0, address.length, ...address]);
  const records = answer === 'known' && type === typeA ? [record] : [];
  const header = Buffer.alloc(headerSize);
  question.copy(header, 0, 0, 2);
  // An answer, recursion was wanted and is had.
  header.writeUInt16BE(0x8180 | codes[answer], 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, asked, ...records]);
};

/** The file may be a link into /run, which is a new one here. */
const prepareFile = async (): Promise<string> => {
  const path = '/etc/resolv.conf';
  const target = await readlink(path).then(
    link => resolve(dirname(path), link),
    () => path,
  );
  if (!target.startsWith('/run/')) return target;
  await mkdir(dirname(target), {recursive: true});
  await writeFile(target, '');
  return target;
};

/** Answers all questions of this namespace, whatever its host asks. */
export async function openNameServer({directory, busybox}: Settings): Promise<NameServer> {
  let answer: NameAnswer = 'known';
  const socket = createSocket('udp4');
  socket.on('message', (question, {port, address}) => {
    if (answer !== 'silent') socket.send(replyTo(question, answer), port, address);
  });
  await once(socket.bind(53, '127.0.0.1'), 'listening');
  const file = `${directory}/resolv.conf`;
  await writeFile(file, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  await run(['mount', '--bind', file, await prepareFile()], 'mount a private resolv.conf', 'The sandbox needs to run as root.');
  const address = [busybox, 'ip', 'address', 'add', `${registryAddress}/32`, 'dev', 'lo'];
  await run(address, 'give the registries an address', 'The sandbox needs to run as root.');
  return {
    set: next => {
      answer = next;
    },
  };
}
