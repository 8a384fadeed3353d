/** Documents of earlier versions made ones of today. Pure. */

export type Mapping = Readonly<Record<string, unknown>>;

/**
 * Makes a document of one version one of the next. It was not checked before: what a step does not expect it gives back as it is, and
 * the schema of today judges what comes out in the end.
 */
export type Step = (document: Mapping) => Mapping;

/** From version 1 to 2, from 2 to 3, and so on; whoever changes what a profile may hold adds one, with a recorded document of the version before. */
export const steps: readonly Step[] = [];

export const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined: it does not say one. */
const versionOf = (document: unknown): number | undefined => {
  const version = isMapping(document) ? document.version : undefined;
  return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : undefined;
};

/** The version a document is of when it is newer than what these steps lead to. */
export const newerVersion = (document: unknown, known: readonly Step[] = steps): number | undefined => {
  const version = versionOf(document) ?? 0;
  return version > known.length + 1 ? version : undefined;
};

/** The document as the newest known version; one that says no version, or a newer one, as it is. */
export const migrated = (document: unknown, known: readonly Step[] = steps): unknown => {
  const version = versionOf(document);
  if (version === undefined || !isMapping(document)) return document;
  return known.slice(version - 1).reduce((older, step, index) => ({...step(older), version: version + index + 1}), document);
};
