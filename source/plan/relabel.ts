/** The label that says what a service reads of its configuration, changed in an overlay as it is written. Pure. */
import {labels} from './overlay.ts';
import {labelsOf, tree} from './services.ts';
import {parsedOverlay} from './way-back-parts.ts';

/** A reader of YAML may take these for numbers. */
const isNumber = (hash: string) => /^[\de]+$/.test(hash);

/**
 * Nothing else changes: comments, order and whatever the operator edited stay. Undefined: there is nothing to change, or it is no YAML
 * any more. Services of an overlay that read the same have the same label, and still do.
 */
export const relabelled = (overlay: string, service: string, hash: string): string | undefined => {
  const before = labelsOf(tree(tree(tree(parsedOverlay(overlay)).services)[service]).labels)[labels.files];
  if (typeof before !== 'string' || before === hash) return undefined;
  const name = labels.files.replaceAll('.', '\\.');
  return overlay
    .replace(new RegExp(`(${name}: )"?${before}"?(?=\\s)`, 'g'), `$1${isNumber(hash) ? `"${hash}"` : hash}`)
    .replace(new RegExp(`(${name}=)${before}`, 'g'), `$1${hash}`);
};
