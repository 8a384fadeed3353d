/** Lines of results that are longer than a terminal is wide, as a person would have written them there. Pure. */
import stringWidth from 'string-width';

interface Word {
  readonly text: string;
  /** Cells in front of it on its line. */
  readonly at: number;
  /** Blanks in front of it. */
  readonly gap: number;
}

/** A command stays whole, as a word does: copied from two rows it would be two commands. */
const pattern = /( *)((?:(?<=^ *|[:→>|] +)(?:sudo |\. \/)|(?<=: +)docker ).*\S|\S+)/g;

const wordsOf = (line: string): readonly Word[] =>
  [...line.matchAll(pattern)].map(({index, 1: blanks = '', 2: text = ''}) => ({
    text,
    at: stringWidth(line.slice(0, index)) + blanks.length,
    gap: blanks.length,
  }));

/** What a line may begin with that its text stands behind: an arrow, a bar, `next:`. */
const mark = /^(?:[^\p{L}\p{N}]{1,2}|\p{L}{1,8}:)$/u;

/** Blanks between two columns, at least. */
const columnGap = 2;

const beginsColumn = ({gap}: Word) => gap >= columnGap;

/** Cells that are enough to read in, one row below the other. */
const readable = 28;

/** There is room for a column that begins here. */
const hasRoom = ({at}: Word, width: number) => at <= Math.max(width / 2, width - readable);

/** Places of words that stay where they were put, so that what stands below each other stays so: the first one, columns, the text behind a mark. */
const fixedPlaces = (words: readonly Word[], width: number): readonly number[] => {
  const [first, second] = words;
  const columns = words.filter(word => word === first || (beginsColumn(word) && hasRoom(word, width)));
  const text = first && second && mark.test(first.text) ? [second] : [];
  return [...new Set([...columns, ...text].map(({at}) => at))].toSorted((one, other) => other - one);
};

/** Where the rows below the first one begin: below the last of the fixed places where every word fits that fits anywhere. */
const placeOf = (words: readonly Word[], fixed: readonly number[], width: number): number => {
  const places = fixed.map(at => Math.max(at, columnGap));
  const smallest = places.at(-1) ?? columnGap;
  const moved = words.filter(({at}) => !fixed.includes(at)).map(({text}) => stringWidth(text));
  const widest = Math.max(0, ...moved.filter(own => smallest + own <= width));
  return places.find(place => place + widest <= width) ?? smallest;
};

/**
 * A line broken between words into rows of at most `width` cells, those below the first one indented. A word that is longer than a row, as an
 * address is, stays whole: cut, it could be copied no more. A column without room goes below.
 */
const rowsOf = (line: string, width: number): readonly string[] => {
  if (stringWidth(line) <= width) return [line];
  const words = wordsOf(line);
  const fixed = fixedPlaces(words, width);
  const place = placeOf(words, fixed, width);
  const below = words.find(word => beginsColumn(word) && !hasRoom(word, width));
  const rows: string[] = [];
  let row = '';
  for (const word of words) {
    const gap = rows.length > 0 ? Math.min(word.gap, columnGap) : word.gap;
    const longer = `${row}${' '.repeat(gap)}${word.text}`;
    const goesBelow = !fixed.includes(word.at) && (stringWidth(longer) > width || word === below);
    if (goesBelow) rows.push(row);
    row = goesBelow ? `${' '.repeat(place)}${word.text}` : longer;
  }
  return [...rows, row];
};

/** Cells between the edges of a terminal, as it is now; undefined of a file, and of a terminal that does not know. */
export const columnsOf = ({isTTY, columns}: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number | undefined =>
  isTTY && columns > 0 ? columns : undefined;

/** `width`: of the terminal; undefined: none reads it, and whoever looks for a line in a file finds it whole. */
export const hanging = (lines: readonly string[], width: number | undefined): readonly string[] =>
  width === undefined ? lines : lines.flatMap(text => text.split('\n')).flatMap(line => rowsOf(line, width));
