/** `${NAME}`, the plainest form of compose's own interpolation, in defaults, assets, links and host lists of the catalogue. */

const reference = /\$\{([A-Z][A-Z0-9_]*)\}/g;

/** Replaces the variables that are known, or only those named; all other text stays as it is. */
export const interpolate = (text: string, values: ReadonlyMap<string, string>, only?: readonly string[]): string =>
  text.replace(reference, (whole, variable: string) => (only && !only.includes(variable) ? whole : (values.get(variable) ?? whole)));

/** The variables a text refers to. */
export const variablesIn = (text: string): readonly string[] => [...text.matchAll(reference)].flatMap(match => match[1] ?? []);
