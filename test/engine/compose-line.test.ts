import {expect, test} from 'vitest';
import {composeLineText, decodeComposeLine} from '../../source/engine/compose-line.ts';
import {recordedLines, stores} from './recordings.ts';

test.each(stores)('%s: what compose 2 said, as text', store => {
  const texts = recordedLines(`${store}-compose-up.ndjson`).map(line => composeLineText(decodeComposeLine(line)));
  expect([...texts].sort()).toEqual([
    ...['Container recorded-hog-1 Created', 'Container recorded-hog-1 Creating', 'Container recorded-hog-1 Started'],
    ...['Container recorded-hog-1 Starting', 'Container recorded-job-1 Created', 'Container recorded-job-1 Creating'],
    ...['Container recorded-job-1 Started', 'Container recorded-job-1 Starting', 'Container recorded-sick-1 Created'],
    ...['Container recorded-sick-1 Creating', 'Container recorded-sick-1 Started', 'Container recorded-sick-1 Starting'],
    ...['Network recorded_default Created', 'Network recorded_default Creating'],
  ]);
});

const calm = {error: false, warning: false};

test.each([
  ['compose 2, a word', '{"id":"Container p-db-1","status":"Started"}', {id: 'Container p-db-1', word: 'Started', message: '', ...calm}],
  [
    'compose 5, a word',
    '{"id":"Container p-db-1","text":"Started","status":"Done"}',
    {id: 'Container p-db-1', word: 'Started', message: '', ...calm},
  ],
  [
    'compose 2, an error of one',
    '{"id":"api","text":"Error","status":"manifest not found"}',
    {id: 'api', word: 'Error', message: 'manifest not found', error: true, warning: false},
  ],
  [
    'compose 5, an error of one',
    '{"id":"Image a","text":"Error","status":"Error","details":"manifest not found"}',
    {id: 'Image a', word: 'Error', message: 'manifest not found', error: true, warning: false},
  ],
  [
    'an error of all',
    '{"error":true,"message":"port is already allocated"}',
    {id: undefined, word: '', message: 'port is already allocated', error: true, warning: false},
  ],
  [
    'a warning',
    '{"level":"warning","msg":"The \\"X\\" variable is not set.","time":"t"}',
    {id: undefined, word: '', message: 'The "X" variable is not set.', error: false, warning: true},
  ],
  [
    'compose 5, a warning',
    '{"id":"x","text":"Skipped","status":"Warning","details":"why"}',
    {id: 'x', word: 'Skipped', message: 'why', error: false, warning: true},
  ],
  ['no JSON', 'panic: \u001b[31mruntime error', {id: undefined, word: '', message: 'panic: runtime error', ...calm}],
  ['other types', '{"id":4,"status":null,"error":"no"}', {id: undefined, word: '', message: '', ...calm}],
])('%s', (_name, line, expected) => {
  expect(decodeComposeLine(line)).toEqual(expected);
});

test('as text for a person', () => {
  expect(composeLineText({id: 'api', word: 'Error', message: 'not found', error: true, warning: false})).toBe('api Error: not found');
  expect(composeLineText({id: undefined, word: '', message: 'no daemon', error: true, warning: false})).toBe('no daemon');
});
