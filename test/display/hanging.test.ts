import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {hanging} from '../../source/display/hanging.ts';

const long = 'Docker lets published ports through before ufw or firewalld is asked: closing them there has no effect.';
const start = 'Docker lets published ports through before ufw or firewalld';

test.each<readonly [what: string, line: string, rows: readonly string[]]>([
  ['that fits stays as it is', '  create    web  image is missing', ['  create    web  image is missing']],
  [
    'of a plan goes on below its last column',
    '  create    web  the image of the service is gone',
    ['  create    web  the image of the', '                 service is gone'],
  ],
  [
    'with a long column has the next one below it',
    '  pull      registry.example/team/web:1.0.0  it is not here',
    ['  pull      registry.example/team/web:1.0.0', '            it is not here'],
  ],
  ['that is indented stays so', `  ${start}`, ['  Docker lets published ports', '  through before ufw or firewalld']],
  [
    'behind an arrow goes on behind it',
    `     → ${start}`,
    ['     → Docker lets published ports', '       through before ufw or', '       firewalld'],
  ],
  [
    'behind a word goes on behind it',
    `  next: ${start}`,
    ['  next: Docker lets published ports', '        through before ufw or', '        firewalld'],
  ],
  ['of prose is indented below', start, ['Docker lets published ports through', '  before ufw or firewalld']],
  [
    'with an address keeps it whole, and gives it the room it needs',
    'Keycloak  see https://auth.shop.example/admin/ there',
    ['Keycloak  see', '  https://auth.shop.example/admin/', '  there'],
  ],
  [
    'with a path that is longer than a row keeps it whole',
    'Written to /srv/infra/config/keycloak/import/realm.json now',
    ['Written to', '  /srv/infra/config/keycloak/import/realm.json', '  now'],
  ],
  [
    'with a command keeps it whole, to be copied',
    '     → If it is installed, start it: sudo systemctl enable --now docker',
    ['     → If it is installed, start it:', '       sudo systemctl enable --now docker'],
  ],
  [
    'that is a command stays one',
    '     → sudo apt-get update && sudo apt-get install -y curl',
    ['     → sudo apt-get update && sudo apt-get install -y curl'],
  ],
  [
    'in wide characters is measured in cells',
    '日本語の店 日本語の店 日本語の店 日本語の店',
    ['日本語の店 日本語の店 日本語の店', '  日本語の店'],
  ],
])('at 36 columns a line %s', (_, line, rows) => {
  expect(hanging([line], 36)).toEqual(rows);
});

test('lines that no terminal reads stay whole', () => {
  expect(hanging([long, `${long}\n${long}`], undefined)).toEqual([long, `${long}\n${long}`]);
});

test('no word is broken or lost, and only a long one makes a row too long', () => {
  const word = fc.oneof(
    fc.string({minLength: 1, maxLength: 60, unit: 'grapheme-ascii'}),
    fc.constantFrom('→', '日本語', '-', 'next:', '✔'),
  );
  const line = fc.array(fc.tuple(fc.integer({min: 1, max: 6}), word), {maxLength: 12});
  const wordsOf = (text: string) => text.split(/\s+/).filter(part => part !== '');
  fc.assert(
    fc.property(line, fc.integer({min: 20, max: 120}), (parts, width) => {
      const text = parts.map(([blanks, part]) => ' '.repeat(blanks) + part).join('');
      const rows = hanging([text], width);
      expect(rows.flatMap(wordsOf)).toEqual(wordsOf(text));
      for (const row of rows) expect(stringWidth(row) <= width || stringWidth(wordsOf(row).at(-1) ?? '') >= width / 2 - 6).toBe(true);
    }),
  );
});
