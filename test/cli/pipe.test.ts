/** A reader that has had enough goes away: that is no failure, and nothing is said about it. */
import {expect, test} from 'vitest';
import {bareHost} from '../helpers/bare-host.ts';
import {binary, startProgram} from '../helpers/cli.ts';

/** Runs the program with its standard output read by another one; the exit codes of both. */
const piped = async (reader: string, ...args: readonly string[]) => {
  const {folder, env} = await bareHost();
  const line = `"$@" | ${reader}; echo "\${PIPESTATUS[*]}" >&2`;
  const argv = ['/bin/bash', '-c', line, 'bash', process.execPath, binary, ...args];
  return startProgram(argv, {env, cwd: folder}).finished;
};

test.each([
  ['plan', ['plan']],
  ['catalog', ['catalog', '--json']],
] as const)('a reader of %s that leaves at once', async (_, args) => {
  const whole = await piped('while read -r line; do :; done', ...args);
  expect(await piped('exec <&-', ...args)).toEqual(whole);
});
