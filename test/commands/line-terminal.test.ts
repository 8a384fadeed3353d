import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {openLineTerminal} from '../../source/commands/line-terminal.ts';

const open = () => {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {setRawMode: (raw: boolean) => void modes.push(raw)});
  const output = new PassThrough().setEncoding('utf8');
  const ending = new AbortController();
  const streams = {input: input as unknown as NodeJS.ReadStream, output: output as unknown as NodeJS.WriteStream, signal: ending.signal};
  return {input, output, ending, modes, lines: openLineTerminal(streams)};
};

test('lines that were typed ahead answer the next questions, but not one that wants a fresh answer', async () => {
  const {input, lines} = open();
  input.write('one\ntwo\n');
  expect(await lines.ask('First?')).toBe('one');
  const fresh = lines.ask('Sure?', {fresh: true});
  input.write('three\n');
  expect(await fresh).toBe('three');
});

test('a secret is typed unseen, with the keys that mend a line', async () => {
  const {input, output, modes, lines} = open();
  const asked = lines.ask('Password?', {secret: true});
  input.write('wrong\u0015wordd');
  input.write('\u007f\r');
  expect(await asked).toBe('word');
  expect(modes).toEqual([true, false]);
  expect(output.read()).toBe('Password? \n');
});

test('the end of the input, and the request to end, are no answer', async () => {
  const ended = open();
  ended.input.end();
  expect(await ended.lines.ask('Anyone?')).toBeUndefined();
  const {lines, ending, modes} = open();
  const asked = lines.ask('Password?', {secret: true});
  ending.abort();
  expect(await asked).toBeUndefined();
  lines.close();
  expect(modes).toEqual([true, false]);
});
