/** The operator's own variables in `.env`: below a line of their own, where nothing is ever written. Pure. */

/** Ends what is generated. */
export const ownBorder = '# Your own variables belong below this line: what stands there stays as it is.';

/** Up to the border and with it; all of a text that has none. */
export const generatedPart = (text: string): string => {
  const at = text.indexOf(`${ownBorder}\n`);
  return at < 0 ? text : text.slice(0, at + ownBorder.length + 1);
};

export const ownPart = (text: string): string => text.slice(generatedPart(text).length);

export const hasOwnPart = (text: string): boolean => text.includes(`${ownBorder}\n`);

interface Entry {
  /** Undefined: a comment, an empty line, or nothing that is known here. */
  readonly name: string | undefined;
  /** As it stands there, without the line break at its end. */
  readonly text: string;
}

/** A value in quotes may go over several lines. See compose's own reader, compose-go `dotenv/parser.go`. */
const assignment = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:[=:][ \t]*(?:'(?:\\'|[^'])*'|"(?:\\.|[^"\\])*")?[^\n]*|(?=\n|$))/y;

const entriesOf = (text: string): readonly Entry[] => {
  const entries: Entry[] = [];
  for (let at = 0; at < text.length; ) {
    assignment.lastIndex = at;
    const match = assignment.exec(text);
    const lineEnd = text.indexOf('\n', at);
    const end = match ? at + match[0].length : lineEnd < 0 ? text.length : lineEnd;
    entries.push({name: match?.[1], text: text.slice(at, end).trimEnd()});
    at = end + 1;
  }
  return entries;
};

const valuesOf = (entries: readonly Entry[]): ReadonlyMap<string, string> =>
  new Map(entries.flatMap(({name, text}) => (name === undefined ? [] : [[name, text] as const])));

export interface OwnVariables {
  /** What the operator added among the generated lines, as it goes below the border: his comments too. Empty: nothing. */
  readonly added: string;
  /** Names of what he added. */
  readonly names: readonly string[];
  /** Names of generated variables that he changed or took away, and that are to be written otherwise. */
  readonly clashes: readonly string[];
}

/** `before`: as it was last written. `mine`: as it is on disk. `next`: as it would be written now. All of them generated parts. */
export const ownVariables = (before: string, mine: string, next: string): OwnVariables => {
  const [was, is, will] = [before, mine, next].map(entriesOf) as [readonly Entry[], readonly Entry[], readonly Entry[]];
  const [wasValues, isValues, willValues] = [valuesOf(was), valuesOf(is), valuesOf(will)];
  const known = new Set([...was, ...will].filter(({name}) => name === undefined).map(({text}) => text));
  const isAdded = ({name, text}: Entry) =>
    name === undefined ? text !== '' && !known.has(text) : !willValues.has(name) && wasValues.get(name) !== text;
  const added = is.filter(isAdded);
  const isClash = (name: string) => wasValues.get(name) !== isValues.get(name) && willValues.get(name) !== isValues.get(name);
  return {
    added: added.map(({text}) => `${text}\n`).join(''),
    names: added.flatMap(({name}) => name ?? []),
    clashes: [...new Set([...wasValues.keys(), ...isValues.keys()])].filter(name => willValues.has(name) && isClash(name)),
  };
};
