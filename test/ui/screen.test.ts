import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {openScreen} from '../../source/ui/screen.ts';

/** A terminal that shows what it is given only while it is read. */
const openTerminal = () => {
  const shown: string[] = [];
  const waiting: (() => void)[] = [];
  const state = {isRead: true};
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => {
      const show = () => {
        shown.push(text);
        done();
      };
      if (state.isRead) show();
      else waiting.push(show);
    },
  });
  const read = (isRead: boolean) => {
    state.isRead = isRead;
    for (let next = waiting.shift(); isRead && next; next = waiting.shift()) next();
  };
  return {stdout: stream as unknown as NodeJS.WriteStream, shown, read};
};

const frame = (number: number) => `frame ${number} ${'x'.repeat(1000)}\n`;
const settled = () => new Promise(resolve => setImmediate(resolve));

test('only so much waits for a terminal that is not read, and what was left out is drawn anew once', async () => {
  const {stdout, shown, read} = openTerminal();
  const drawn = {count: 0};
  const screen = openScreen(stdout, () => {
    drawn.count += 1;
    screen.stdout.write('everything\n');
  });
  screen.stdout.write(frame(0));
  read(false);
  for (let number = 1; number <= 10_000; number += 1) screen.stdout.write(frame(number));
  expect(stdout.writableLength).toBeLessThan(2 ** 17);
  await settled();
  expect([shown.length, drawn.count]).toEqual([1, 0]);
  read(true);
  await expect.poll(() => shown.at(-1)).toBe('everything\n');
  expect([shown.filter(text => text === 'everything\n').length, drawn.count, stdout.writableLength]).toEqual([1, 1, 0]);
  screen.stdout.write(frame(10_001));
  expect(shown.at(-1)).toBe(frame(10_001));
});

test('what gives the terminal back is never left out, and the marks around a frame are', async () => {
  const {stdout, shown, read} = openTerminal();
  const screen = openScreen(stdout, () => undefined);
  read(false);
  for (let number = 1; number <= 100; number += 1) screen.stdout.write(frame(number));
  for (const text of ['\u001b[?2026h', '\u001b[?1049l', '\u001b[?25h', '\u001b[?2026l']) screen.stdout.write(text);
  screen.close();
  read(true);
  await expect.poll(() => stdout.writableLength).toBe(0);
  expect(shown.slice(-2)).toEqual(['\u001b[?1049l', '\u001b[?25h']);
});

test('the last words are waited for, though not for ever', async () => {
  const {stdout, read} = openTerminal();
  const screen = openScreen(stdout, () => undefined);
  const written = () => new Promise<void>(resolve => screen.stdout.write('', () => resolve()));
  await written();
  read(false);
  screen.stdout.write(frame(1));
  await written();
  expect(stdout.writableLength).toBe(frame(1).length);
  read(true);
  await written();
  expect(stdout.writableLength).toBe(0);
});

test('whatever else Ink asks of the terminal is the terminal', () => {
  const {stdout} = openTerminal();
  Object.assign(stdout, {columns: 80, rows: 24, isTTY: false});
  const screen = openScreen(stdout, () => undefined);
  const sizes: number[] = [];
  const note = () => sizes.push(screen.stdout.columns);
  screen.stdout.on('resize', note);
  stdout.emit('resize');
  screen.stdout.off('resize', note);
  stdout.emit('resize');
  expect([sizes, stdout.listenerCount('resize')]).toEqual([[80], 0]);
});
