/**
 * Text from outside made safe for a terminal: nothing in it can move the cursor, set the title, write to the clipboard or hide.
 *
 * Ink passes OSC sequences and single control characters on to the terminal, so this is the only barrier.
 */

/** CSI, OSC, DCS/SOS/PM/APC strings and two-byte escapes, in their 7-bit and 8-bit forms; an unfinished one runs to the end. */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*(?:[@-~]|$)|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/g;

/** Controls but line feed and tab; bidirectional and zero-width characters, soft hyphen, tags, lone surrogates. */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** Keeps line breaks; tabs become spaces. A carriage return ends a line, as in the output of progress bars. */
export const printable = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(sequences, '').replace(/\t/g, '  ').replace(hidden, '');

/** The same on one line. */
export const printableLine = (text: string): string =>
  printable(text)
    .replace(/\s*\n+\s*/g, ' ')
    .trim();
