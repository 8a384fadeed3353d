import {expect, test} from 'vitest';
import {exitMeaning} from '../../source/rollout/exit-code.ts';

test.each([
  [126, 'The command was found and may not be executed: it is no program, or lacks the permission.'],
  [127, 'The command was not found: the entrypoint or command names what is not in the image.'],
  [137, 'It was killed (SIGKILL): by somebody, or because it did not end in time when it was asked to.'],
  [139, 'It crashed: it used memory that is not its own (SIGSEGV).'],
  [143, 'It was asked to end (SIGTERM).'],
  [135, 'It was ended by signal 7.'],
  [0, undefined],
  [3, undefined],
  [128, undefined],
  [255, undefined],
])('%i: %s', (code, meaning) => {
  expect(exitMeaning(code)).toBe(meaning);
});
