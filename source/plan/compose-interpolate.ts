/**
 * Compose's own interpolation, used where compose itself is not on the host: `$NAME`, `${NAME}`, `$$`, `${NAME:-default}`,
 * `${NAME:+replacement}` and the same without the colon. Defaults and replacements may refer to variables in turn.
 */

const plain = /^\$(?:(\$)|([A-Za-z_]\w*))/;
const braced = /^\$\{([A-Za-z_]\w*)(?:(:?[-+?])|(?=\}))/;

type Values = ReadonlyMap<string, string>;

/** Where the brace that closes the expression stands; braces of references inside are stepped over. */
const closing = (text: string, from: number): number => {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text.startsWith('${', index)) depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
};

const resolve = (name: string, operator: string, operand: string, values: Values): string => {
  const value = values.get(name);
  const isSet = operator.startsWith(':') ? Boolean(value) : value !== undefined;
  if (operator.endsWith('+')) return isSet ? composeInterpolate(operand, values) : '';
  return !isSet && operator.endsWith('-') ? composeInterpolate(operand, values) : (value ?? '');
};

export const composeInterpolate = (text: string, values: Values): string => {
  const start = text.indexOf('$');
  if (start < 0) return text;
  const before = text.slice(0, start);
  const rest = text.slice(start);
  const [found, dollar, name = ''] = plain.exec(rest) ?? [];
  if (found !== undefined) return `${before}${dollar ?? values.get(name) ?? ''}${composeInterpolate(rest.slice(found.length), values)}`;
  const [opening, variable = '', operator = ''] = braced.exec(rest) ?? [];
  const end = opening === undefined ? -1 : closing(rest, opening.length);
  if (opening === undefined || end < 0) return `${before}$${composeInterpolate(rest.slice(1), values)}`;
  const operand = rest.slice(opening.length, end);
  return `${before}${resolve(variable, operator, operand, values)}${composeInterpolate(rest.slice(end + 1), values)}`;
};
