/** Is a value wrong, or only not typed to its end yet? Pure. */
import type {Input} from '../catalog/catalog.ts';
import {checkInput} from './inputs.ts';

const tailsOf = (text: string): readonly string[] => Array.from(text, (_, index) => text.slice(index));

const inNetwork = [...tailsOf('172.16.0.0/16'), ...tailsOf('192.168.0.0/24'), ...tailsOf('10.0.0.0/16')];

/** What could still follow. */
const endings: Readonly<Record<Input['type'], readonly string[]>> = {
  text: [],
  name: [],
  choice: [],
  number: ['0', '00', '000', '0000'],
  port: ['0', '00', '000', '0000'],
  size: ['M'],
  host: ['a'],
  domain: ['a'],
  email: [...tailsOf('a@example.com'), 'b.com'],
  image: ['a:1', ':1', '1', 'example/a:1', '/a:1', `${'0'.repeat(64)}`, `256:${'0'.repeat(64)}`],
  subnet: inNetwork,
};

/** More characters could make it right: no reason to scold whoever is typing. */
export const isUnfinished = (input: Input, value: string): boolean =>
  value !== '' && checkInput(input, value) !== undefined && endings[input.type].some(end => checkInput(input, value + end) === undefined);
