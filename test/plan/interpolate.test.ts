import {expect, test} from 'vitest';
import {composeInterpolate} from '../../source/plan/compose-interpolate.ts';
import {interpolate, variablesIn} from '../../source/plan/interpolate.ts';

const values = new Map([
  ['A', 'va'],
  ['E', ''],
  ['a_b', 'low'],
  ['LOOP', `\${A}`],
]);

/** U is not set, E is set and empty. Every row was read by docker compose 2.40.3 with the same result. */
const composeTable: readonly (readonly [string, string])[] = [
  ['plain', 'plain'],
  ['$A', 'va'],
  [`\${A}`, 'va'],
  [`\${A}b`, 'vab'],
  ['$A-b', 'va-b'],
  ['$A.b', 'va.b'],
  [`\${a_b}`, 'low'],
  ['$A$E$A', 'vava'],
  ['{$A}', '{va}'],
  ['$U', ''],
  [`\${U}`, ''],
  [`\${A:-d}`, 'va'],
  [`\${E:-d}`, 'd'],
  [`\${E-d}`, ''],
  [`\${U:-d}`, 'd'],
  [`\${U-d}`, 'd'],
  [`\${U:-}`, ''],
  [`\${U:-a b}`, 'a b'],
  [`\${U:-a:b}`, 'a:b'],
  [`\${U:-a-b}`, 'a-b'],
  [`\${U:-"q"}`, '"q"'],
  [`\${U:-x}}`, 'x}'],
  [`\${U:-$A}`, 'va'],
  [`\${U:-\${A}}`, 'va'],
  [`\${U:-\${A}-x}`, 'va-x'],
  [`\${U:-\${V:-deep}}`, 'deep'],
  [`\${U:-$$x}`, '$x'],
  [`\${A:+r}`, 'r'],
  [`\${E:+r}`, ''],
  [`\${U:+r}`, ''],
  [`\${A+r}`, 'r'],
  [`\${E+r}`, 'r'],
  [`\${U+r}`, ''],
  [`\${A:?must}`, 'va'],
  [`\${A?must}`, 'va'],
  ['$$A', '$A'],
  [`$\${A}`, `\${A}`],
  ['$$$A', '$va'],
  ['100$', '100$'],
  ['a$ b', 'a$ b'],
  ['$1', '$1'],
  ['$-', '$-'],
];

test.each(composeTable)('to compose %j means %j', (text, meant) => {
  expect(composeInterpolate(text, values)).toBe(meant);
});

test('what compose refuses stays as it is, and a value is never read again', () => {
  expect([`\${`, `\${A`, `\${}`, `\${-x}`, `\${U:-\${A}`, '$'].map(text => composeInterpolate(text, values))).toEqual([
    `\${`,
    `\${A`,
    `\${}`,
    `\${-x}`,
    `\${U:-va`,
    '$',
  ]);
  expect(composeInterpolate('$LOOP', values)).toBe(`\${A}`);
});

test(`the catalogue knows \${NAME} alone; unknown names and other forms stay for whoever reads the text`, () => {
  expect(interpolate(`\${A} \${U} $A \${a_b} \${A:-d} $\${A}`, values)).toBe(`va \${U} $A \${a_b} \${A:-d} $va`);
});

test('only the variables that are named are filled in', () => {
  expect(interpolate(`\${A} \${E} \${LOOP}`, values, ['LOOP'])).toBe(`\${A} \${E} \${A}`);
  expect(interpolate(`\${A}`, values, [])).toBe(`\${A}`);
});

test('the variables of a text are found in their order', () => {
  expect(variablesIn(`\${URL_SCHEME}://\${HOST}\${PORT} $X \${x} \${HOST}`)).toEqual(['URL_SCHEME', 'HOST', 'PORT', 'HOST']);
});
