import {describe, expect, test} from 'vitest';
import {clipboardSequence, hasDesktop, webAddress} from '../../source/plan/opening.ts';
import {exitMeaning, logFileName} from '../../source/plan/service-details.ts';

test.each([
  [0, false, 'it ended without an error'],
  [1, false, undefined],
  [126, false, 'its program was found and can not be run'],
  [127, false, 'its program is not in the image'],
  [137, false, 'it was killed (SIGKILL): it did not end in time when it was asked to, or somebody killed it'],
  [137, true, 'the kernel killed it: it used more memory than it may'],
  [139, false, 'its program broke: it reached for memory that is not its own (SIGSEGV)'],
  [143, false, 'it ended when it was asked to (SIGTERM)'],
  [129, false, 'signal 1 ended it'],
  [255, false, undefined],
])('exit code %d, out of memory %s: %s', (code, oomKilled, expected) => {
  expect(exitMeaning(code, oomKilled)).toBe(expected);
});

describe('the file of a log', () => {
  const at = new Date(2026, 10, 20, 9, 5, 3);

  test.each([
    ['gateway', 1, 'gateway-20261120-090503.log'],
    ['shop 2', 1, 'shop-2-20261120-090503.log'],
    ['shop', 3, 'shop-20261120-090503-3.log'],
    ['../../etc/cron.d/x', 1, 'etc-cron.d-x-20261120-090503.log'],
    ['店の在庫', 1, '店の在庫-20261120-090503.log'],
    ['-rf', 1, 'rf-20261120-090503.log'],
    ['\u001b[2J', 1, '2J-20261120-090503.log'],
    ['..', 1, 'service-20261120-090503.log'],
  ])('of %s, copy %d', (row, copy, expected) => {
    expect(logFileName(row, at, copy)).toBe(expected);
  });
});

describe('an address', () => {
  test.each([
    ['https://shop.example/a b', 'https://shop.example/a%20b'],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080/'],
    ['https://shop.example/\u001b]0;x\u0007', 'https://shop.example/%1B]0;x'],
    ['javascript:alert(1)', undefined],
    ['file:///etc/shadow', undefined],
    ['--new-window', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(webAddress(text)).toBe(expected);
  });

  test('is shown in a browser on a desktop, and never in one that somebody else sits at', () => {
    expect(hasDesktop({DISPLAY: ':0'}, 'linux')).toBe(true);
    expect(hasDesktop({WAYLAND_DISPLAY: 'wayland-0'}, 'linux')).toBe(true);
    expect(hasDesktop({}, 'darwin')).toBe(true);
    expect(hasDesktop({}, 'linux')).toBe(false);
    expect(hasDesktop({DISPLAY: ':0', SSH_CONNECTION: '10.0.0.2 1 10.0.0.1 22'}, 'linux')).toBe(false);
    expect(hasDesktop({SSH_TTY: '/dev/pts/1'}, 'darwin')).toBe(false);
  });

  test('goes to the clipboard of the terminal in letters that can not end the sequence', () => {
    expect(clipboardSequence('https://shop.example/')).toBe('\u001b]52;c;aHR0cHM6Ly9zaG9wLmV4YW1wbGUv\u0007');
  });
});
