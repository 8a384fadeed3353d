import {expect, test} from 'vitest';
import {fileState} from '../../source/workspace/file-state.ts';

const ours = {sha256: 'old'};

test.each([
  ['nothing is there', undefined, 'new', ours, 'new'],
  ['it is as it should be', 'new', 'new', undefined, 'same'],
  ['it is as we wrote it and should change', 'old', 'new', ours, 'outdated'],
  ['a killed run did not come to it', 'older', 'newest', {sha256: 'new', before: 'older'}, 'outdated'],
  ['a killed run had written it', 'new', 'newest', {sha256: 'new', before: 'older'}, 'outdated'],
  ['the operator changed it and we did not', 'mine', 'old', ours, 'edited'],
  ['both changed it', 'mine', 'new', ours, 'conflict'],
  ['it was there before us', 'mine', 'new', undefined, 'conflict'],
] as const)('when %s', (_, disk, wanted, written, state) => {
  expect(fileState({once: false, disk, wanted, written})).toBe(state);
});

test('what is created once is never anything but new or right', () => {
  expect(fileState({once: true, disk: undefined, wanted: 'new', written: undefined})).toBe('new');
  expect(fileState({once: true, disk: 'mine', wanted: 'new', written: ours})).toBe('same');
});
