/** Compose's own interpolation of `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `$$`; used where compose itself is not on the host. */

const reference = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?-)([^}]*))?[^}]*\})/g;

export const composeInterpolate = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(reference, (whole, bare?: string, braced?: string, operator?: string, fallback?: string) => {
    if (whole === '$$') return '$';
    const value = values.get(bare ?? braced ?? '');
    if (value === undefined || (value === '' && operator === ':-')) return fallback ?? '';
    return value;
  });
