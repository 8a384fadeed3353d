import type {Wiring} from './catalog.ts';

const pattern = /^(?:([a-z0-9_-]+?)-)?with-([a-z0-9_-]+?)(?:\.([a-z0-9_]+)-([a-z0-9_-]+))?\.yaml$/;

/** When a fragment is merged, read from its name `[<variant>-]with-<other>[.<input>-<choice>].yaml`; undefined for other names. */
export const readWiringName = (name: string): Omit<Wiring, 'fragment'> | undefined => {
  const [, variant, other, input, choice] = pattern.exec(name) ?? [];
  if (other === undefined) return undefined;
  return {...(variant !== undefined && {variant}), other, ...(input !== undefined && choice !== undefined && {choice: {input, choice}})};
};
