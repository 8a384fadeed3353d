import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {elsewhere, matrix} from './matrix.ts';

const ids = Array.from({length: 60}, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

test('every fault has its row, or a reason why it has none', () => {
  expect([...matrix.map(({id}) => id), ...Object.keys(elsewhere)].sort()).toEqual(ids);
});

test.each(matrix.map(row => [`${row.id}, ${row.fault}`, row] as const))('%s: is tested where it says', (_, {tests}) => {
  expect(tests.length).toBeGreaterThan(0);
  const missing = tests.filter(([file, title]) => !existsSync(pathOf(file)) || !readFileSync(pathOf(file), 'utf8').includes(title));
  expect(missing).toEqual([]);
});
