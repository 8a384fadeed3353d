/** Versions as Docker writes them. Pure. */

/** Start intervals of health checks, and API 1.44. */
export const oldestEngine = '25';
/** `--progress json`. */
export const oldestCompose = '2.29';

/** What is older works, with gaps that were closed since. */
export const soundEngine = '28';
export const soundCompose = '2.40.2';

/** True for `v2.40.3`, `29.1.0-ce`, `2.29.1-desktop.1` at or above `2.29`. False for what is no version. */
export const atLeast = (version: string, floor: string): boolean => {
  const numbers = (text: string) =>
    (/^v?(\d+(?:\.\d+)*)/.exec(text.trim())?.[1] ?? '').split('.').map(part => (part === '' ? -1 : Number(part)));
  const have = numbers(version);
  const need = numbers(floor);
  if (have[0] === -1) return false;
  for (const [index, part] of need.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
};
