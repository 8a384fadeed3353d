/**
 * The width of text in columns, by a table for the characters that are common on our screens and by string-width for all others.
 *
 * string-width decides with regular expressions over emoji sequences, which take 30 ms to compile: at every start, for the first box-drawing
 * character. The build puts this in its place everywhere.
 */
import stringWidth, {type Options} from 'string-width';

/** Each of these is one column wide, whatever stands beside it: ASCII, Latin, punctuation, arrows, lines, blocks, a few marks. */
export const narrow = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2714\u2716\u276f]*$/;

/** Colours and weights, as Ink writes them into every row before it measures it. */
const style = /\u001b\[[\d;]*m/g;

const plain = (text: string) => (text.includes('\u001b') ? text.replace(style, '') : text);

/** As string-width. */
export const width = (text: string, options?: Options): number => {
  if (narrow.test(text)) return text.length;
  const shown = options?.countAnsiEscapeCodes ? text : plain(text);
  return narrow.test(shown) ? shown.length : stringWidth(text, options);
};
