import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {loadCatalog} from '../../source/catalog/load.ts';
import {parseCatalog} from '../../source/catalog/parse.ts';
import {
  type Changes,
  catalogProblems,
  changedSources,
  problemLines,
  replaced,
  smallCatalog,
  smallSources,
} from '../helpers/small-catalogue.ts';

const door = 'compose/door/component.yaml';
const lamp = 'compose/lamp/component.yaml';
const platform = 'compose/platform.yaml';
const fragment = 'compose/door/standalone.yaml';

describe('what is read', () => {
  const catalog = smallCatalog();

  test('components by phase, then by name', () => {
    expect([...catalog.components.values()].map(({id, phase}) => `${phase} ${id}`)).toEqual([
      'first door',
      'second candle',
      'second lamp',
      'third battery',
      'third mirror',
    ]);
  });

  test('sizes in bytes, and what is left out with its default', () => {
    expect(catalog.platform.tiers.map(({cpus, memory, disk, hosts}) => [cpus, memory, disk, hosts])).toEqual([
      [1, 2 ** 30, 5e9, 1],
      [2.5, 1.5 * 2 ** 30, 1e12, 3],
    ]);
    expect(catalog.platform.networks.map(({id, internal}) => [id, internal])).toEqual([
      ['hall', false],
      ['cellar', true],
    ]);
    expect(catalog.platform.overlays[0]).toEqual({id: 'front', number: 11});
  });

  test('a component with all that belongs to it', () => {
    const one = catalog.components.get('door');
    expect(one?.files).toEqual([
      {from: 'door.conf', to: 'door.conf', append: false, fill: ['DOOR_HOST'], executable: false},
      {from: 'bell/ring.sh', to: 'bell/ring.sh', append: false, fill: [], executable: true},
    ]);
    expect(one?.inputs[1]?.choices[0]).toEqual({
      id: 'key',
      title: 'Key',
      summary: 'Fits everywhere',
      domains: 'public',
      requires: [],
      fragment: 'lock-key.yaml',
      env: new Map([
        ['URL_SCHEME', 'https'],
        ['URL', `https://\${DOMAIN}`],
      ]),
      files: [{from: 'lock-key.conf', to: 'lock.conf', append: false, fill: ['KEY_EMAIL'], executable: false}],
      secrets: [],
    });
    expect(one?.wiring.map(({other}) => other)).toEqual(['lamp']);
    expect([...(one?.assets.keys() ?? [])].sort()).toEqual(['bell/ring.sh', 'door.conf', 'lock-key.conf']);
    expect(one?.variants.map(({id, fragment: {path}}) => [id, path])).toEqual([['standalone', 'compose/door/standalone.yaml']]);
    expect(one?.secrets).toEqual([
      {kind: 'random', id: 'door_password', length: 24},
      {kind: 'htpasswd', id: 'door_users', user: 'admin', password: 'door_password'},
    ]);
  });

  test('the same from files as from text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
    onTestFinished(() => rm(folder, {recursive: true, force: true}));
    for (const [path, text] of Object.entries({...smallSources, 'compose/.hidden': 'x', 'assets/door/.hidden': 'x'})) {
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), text);
    }
    const loaded = await loadCatalog(folder);
    expect(loaded.ok && JSON.stringify([...loaded.value.components])).toBe(JSON.stringify([...catalog.components]));
    expect(loaded.ok && [...(loaded.value.components.get('door')?.assets ?? [])]).toEqual([
      ...(catalog.components.get('door')?.assets ?? []),
    ]);
  });
});

/** What is wrong, and how it is said. */
const mistakes: readonly (readonly [string, Changes, string])[] = [
  ['a missing key', {[door]: replaced('title: Door\n', '')}, `${door}:1: "title" is missing. Add it.`],
  [
    'a key nobody knows',
    {[door]: replaced('required: true', 'requierd: true')},
    `${door}:7: There is no key "requierd" here. Remove it, or correct its spelling.`,
  ],
  [
    'a key nobody knows, deep down',
    {[door]: replaced('        summary: Made here\n', '        sumary: Made here\n        summary: Made here\n')},
    `${door}:27: There is no key "inputs.1.choices.1.sumary" here. Remove it, or correct its spelling.`,
  ],
  ['an empty text', {[lamp]: replaced('summary: Light\n', 'summary: ""\n')}, `${lamp}:2: "summary" must not be empty. It is "" now.`],
  ['a text that is none', {[lamp]: replaced('title: Lamp\n', 'title: [Lamp]\n')}, `${lamp}:1: "title" must be a text. It is ["Lamp"] now.`],
  [
    'a flag that is none',
    {[lamp]: replaced('recommended: true', 'recommended: "yes"')},
    `${lamp}:7: "recommended" must be true or false. It is "yes" now.`,
  ],
  [
    'a number where a text belongs',
    {[door]: replaced('default: "80"', 'default: 80')},
    `${door}:9: "inputs.0.default" must be a quoted text. It is 80 now.`,
  ],
  [
    'wiring for a variant that is not there',
    {'compose/lamp/clutser-with-door.yaml': 'services: {}\n'},
    'compose/lamp/clutser-with-door.yaml:1: There is no variant of lamp "clutser". Did you mean "cluster"?',
  ],
  [
    'wiring for a question that the other does not ask',
    {'compose/lamp/with-door.lok-key.yaml': 'services: {}\n'},
    'compose/lamp/with-door.lok-key.yaml:1: There is no input of door "lok". Did you mean "lock"?',
  ],
  [
    'wiring for a choice that the other does not have',
    {'compose/lamp/with-door.lock-kee.yaml': 'services: {}\n'},
    'compose/lamp/with-door.lock-kee.yaml:1: There is no choice of door.lock "kee". Did you mean "key"?',
  ],
  [
    'wiring in another form than what it is merged into',
    {'compose/lamp/with-candle.yaml': 'services:\n  lamp: {networks: {hall: {}}}\nnetworks: {hall: {}}\n'},
    'compose/lamp/with-candle.yaml:1: "lamp.networks" is a map here and a list in compose/lamp/standalone.yaml. Write both in the same form.',
  ],
  [
    'a variant required that is not there',
    {[lamp]: replaced('A single lamp, requires: [battery]', 'A single lamp, requires: ["battery:spare"]')},
    `${lamp}:12: There is no variant of battery "spare". Known: standalone.`,
  ],
  [
    'a file for a component that is not there',
    {[door]: replaced('{from: door.conf, fill', '{from: door.conf, into: lmap, fill')},
    `${door}:46: There is no component "lmap". Did you mean "lamp"?`,
  ],
  [
    'a question called as the reserved word is',
    {[lamp]: replaced('{id: colour,', '{id: variant,')},
    `${lamp}:10: An input can not be called "variant". Give it another id.`,
  ],
  [
    'an early question of something that is picked later',
    {[lamp]: replaced('env: LAMP_COLOUR, ', 'env: LAMP_COLOUR, early: true, ')},
    `${lamp}:10: "colour" is early, and what it belongs to is picked later. Remove early, or make the component required.`,
  ],
  [
    'a type of input nobody knows',
    {[door]: replaced('type: port', 'type: prot')},
    `${door}:9: "inputs.0.type" must be one of text, name, number, port, size, choice, host, domain, email, subnet, image. It is "prot" now.`,
  ],
  [
    'a name with capitals',
    {[door]: replaced('  - id: lock\n', '  - id: Lock\n')},
    `${door}:10: "inputs.1.id" must be lower-case letters, digits, - and _. It is "Lock" now.`,
  ],
  [
    'a variable in small letters',
    {[door]: replaced('env: HTTP_PORT', 'env: http_port')},
    `${door}:9: "inputs.0.env" must be upper-case letters, digits and _. It is "http_port" now.`,
  ],
  [
    'a file outside',
    {[door]: replaced('{from: door.conf,', '{from: ../door.conf,')},
    `${door}:46: "files.0.from" must be a relative path without ... It is "../door.conf" now.`,
  ],
  [
    'an absolute file',
    {[door]: replaced('to: lock.conf', 'to: /etc/passwd')},
    `${door}:24: "inputs.1.choices.0.files.0.to" must be a relative path without ... It is "/etc/passwd" now.`,
  ],
  [
    'an address that is none',
    {[lamp]: replaced('https://lamp.example', 'lamp.example')},
    `${lamp}:6: "homepage" must be an address such as https://example.com. It is "lamp.example" now.`,
  ],
  [
    'a size without unit',
    {[platform]: replaced('memory: 1GiB', 'memory: "8"')},
    `${platform}:14: "tiers.0.memory" must be a size such as 8GiB or 50GB. It is "8" now.`,
  ],
  [
    'a network that is none',
    {[platform]: replaced('subnet: 172.30.0.0/24', 'subnet: 172.30.0.0')},
    `${platform}:11: "networks.0.subnet" must be a subnet such as 172.30.0.0/24. It is "172.30.0.0" now.`,
  ],
  [
    'a phase nobody knows',
    {[lamp]: replaced('phase: second', 'phase: secnd')},
    `${lamp}:3: There is no phase "secnd". Did you mean "second"?`,
  ],
  [
    'an overlay nobody knows',
    {[lamp]: replaced('overlay: rooms', 'overlay: garden')},
    `${lamp}:4: There is no overlay "garden". Known: front, rooms, local.`,
  ],
  [
    'a recommendation of nobody',
    {[lamp]: replaced('recommends: [mirror]', 'recommends: [miror]')},
    `${lamp}:8: There is no component "miror". Did you mean "mirror"?`,
  ],
  [
    'one of nobody',
    {'compose/mirror/component.yaml': replaced('[lamp, candle]', '[lamp, candel]')},
    'compose/mirror/component.yaml:7: There is no component "candel". Did you mean "candle"?',
  ],
  [
    'a requirement of nobody',
    {[lamp]: replaced('A single lamp, requires: [battery]', 'A single lamp, requires: [batery]')},
    `${lamp}:12: There is no component "batery". Did you mean "battery"?`,
  ],
  [
    'a conflict with nobody',
    {[lamp]: replaced('conflicts: [candle]', 'conflicts: [candel]')},
    `${lamp}:13: There is no component "candel". Did you mean "candle"?`,
  ],
  [
    'a question that hangs on a later one',
    {[door]: replaced('when: {lock: [key]}', 'when: {host: [a]}')},
    `${door}:40: There is no earlier input "host". Known: http_port, lock.`,
  ],
  [
    'a question that hangs on a choice nobody has',
    {[door]: replaced('when: {lock: [key]}', 'when: {lock: [keey]}')},
    `${door}:40: There is no choice of lock "keey". Did you mean "key"?`,
  ],
  [
    'a choice for an environment nobody has',
    {[door]: replaced('environments: [dev]', 'environments: [devel]')},
    `${door}:10: There is no environment "devel". Did you mean "dev"?`,
  ],
  [
    'choices of what is no choice',
    {[door]: replaced('type: choice', 'type: text')},
    `${door}:10: "lock" is of type text. Remove its choices.`,
  ],
  [
    'a choice without choices',
    {[door]: replaced('type: port', 'type: choice')},
    `${door}:9: "http_port" is of type choice. Give it choices.`,
  ],
  [
    'two questions of one name',
    {[door]: replaced('{id: host,', '{id: http_port,')},
    `${door}:41: There are two inputs "http_port". Rename one.`,
  ],
  [
    'a variant without file',
    {'compose/candle/standalone.yaml': undefined},
    'compose/candle/component.yaml:8: compose/candle/standalone.yaml does not exist. Add the file, or remove what names it.',
  ],
  [
    'a fragment without file',
    {'compose/door/lock-key.yaml': undefined},
    `${door}:51: compose/door/lock-key.yaml does not exist. Add the file, or remove what names it.`,
  ],
  [
    'a file that nothing uses',
    {'compose/lamp/spare.yaml': 'services: {}\n'},
    'compose/lamp/spare.yaml:1: Nothing uses this file. Name it as a variant, as the fragment of a choice, or [<variant>-]with-<component>.yaml; or remove it.',
  ],
  [
    'an asset that is not there',
    {'assets/door/door.conf': undefined},
    `${door}:46: assets/door/door.conf does not exist. Add the file, or remove it from the list.`,
  ],
  [
    'an asset that nothing lists',
    {'assets/door/other.conf': ''},
    `assets/door/other.conf:1: No file list names this asset. List it in ${door}, or remove it.`,
  ],
  [
    'wiring to nobody',
    {'compose/door/with-lmap.yaml': 'services: {}\n'},
    'compose/door/with-lmap.yaml:1: There is no component "lmap". Did you mean "lamp"?',
  ],
  [
    'a password file of nothing',
    {[door]: replaced('password: door_password}', 'password: door_pasword}')},
    `${door}:43: There is no secret "door_pasword". Did you mean "door_password"?`,
  ],
  [
    'a certificate of no authority',
    {[door]: replaced('authority: house_ca', 'authority: hause_ca')},
    `${door}:43: There is no authority "hause_ca". Did you mean "house_ca"?`,
  ],
  [
    'a link to no secret',
    {[door]: replaced('secret: door_password', 'secret: door_pass')},
    `${door}:49: There is no secret "door_pass". Known: door_password, door_users, house_ca.crt, house_ca.key, door_tls.crt, door_tls.key.`,
  ],
  [
    'a tier of nobody',
    {[platform]: replaced('{door: standalone}', '{dor: standalone}')},
    `${platform}:14: There is no component "dor". Did you mean "door"?`,
  ],
  [
    'a tier with a variant nobody has',
    {[platform]: replaced('lamp: cluster', 'lamp: clutser')},
    `${platform}:22: There is no variant of lamp "clutser". Did you mean "cluster"?`,
  ],
  [
    'an image without version',
    {[fragment]: replaced('image: door:1.2', 'image: door')},
    `${fragment}:5: Service "door" has no image with a fixed tag. Write image: name:version, not latest.`,
  ],
  [
    'an image that moves',
    {[fragment]: replaced('image: door:1.2', 'image: door:latest')},
    `${fragment}:5: Service "door" has no image with a fixed tag. Write image: name:version, not latest.`,
  ],
  [
    'a registry with a port and no version',
    {[fragment]: replaced('image: door:1.2', 'image: house:5000/door')},
    `${fragment}:5: Service "door" has no image with a fixed tag. Write image: name:version, not latest.`,
  ],
  [
    'a service without image',
    {[fragment]: replaced('    image: door:1.2\n', '')},
    `${fragment}:5: Service "door" has no image with a fixed tag. Write image: name:version, not latest.`,
  ],
  [
    'a network nobody has',
    {[fragment]: replaced('networks:\n  hall: {}', 'networks:\n  hal: {}')},
    `${fragment}:17: There is no network "hal". Did you mean "hall"?`,
  ],
  [
    'a secret nobody makes',
    {[fragment]: replaced('secrets:\n  door_users:', 'secrets:\n  door_usres:')},
    `${fragment}:20: There is no generated secret "door_usres". Did you mean "door_users"?`,
  ],
  [
    'one service in two components',
    {'compose/candle/standalone.yaml': replaced('  candle:', '  lamp:')},
    'compose/lamp: The service "lamp" belongs to candle already. Give it another name.',
  ],
  [
    'one variable in two components',
    {[lamp]: replaced('env: LAMP_COLOUR', 'env: DOOR_HOST')},
    'compose/lamp: The variable "DOOR_HOST" belongs to door already. Give it another name.',
  ],
  [
    'one variable in a component and the platform',
    {[lamp]: replaced('env: LAMP_COLOUR', 'env: DOMAIN')},
    'compose/lamp: The variable "DOMAIN" belongs to platform already. Give it another name.',
  ],
  [
    'one secret in two components',
    {[lamp]: replaced('inputs:\n', 'secrets: [{id: door_password}]\ninputs:\n')},
    'compose/lamp: The secret "door_password" belongs to door already. Give it another name.',
  ],
  [
    'a folder without description',
    {'compose/shed/standalone.yaml': 'services: {}\n'},
    'compose/shed: The folder has no component.yaml. Add one, or remove the folder.',
  ],
  ['an empty file', {[lamp]: ''}, `${lamp}:1: The file is missing or empty. Write it.`],
  ['no platform', {[platform]: undefined}, `${platform}:1: The file is missing or empty. Write it.`],
  [
    'two documents',
    {[lamp]: text => `${text}---\ntitle: Other\n`},
    `${lamp}:14: The file holds more than one document. Keep one, and remove the line ---.`,
  ],
  [
    'a key twice',
    {[lamp]: replaced('title: Lamp\n', 'title: Lamp\ntitle: Other\n')},
    `${lamp}:2: This is not valid YAML: Map keys must be unique. Correct the line.`,
  ],
  [
    'a bracket that stays open',
    {[lamp]: replaced('recommends: [mirror]', 'recommends: [mirror')},
    expect.stringMatching(/^compose\/lamp\/component\.yaml:\d+: This is not valid YAML: .+\. Correct the line\.$/),
  ],
  [
    'an alias',
    {[fragment]: replaced('secrets: [door_users]', 'secrets: &it [door_users]\n    x-more: *it')},
    `${fragment}:14: An anchor (&it) is not allowed in the catalogue. Remove it.`,
  ],
  [
    'a number with two meanings',
    {[fragment]: replaced('retries: 3', 'retries: 010')},
    `${fragment}:15: 010 is not the same number to every reader. Write it in plain decimal, or quote it.`,
  ],
];

describe('a mistake is said with its place and the way out:', () => {
  test.each(mistakes)('%s', (_, changes, line) => {
    expect(catalogProblems(changes)[0]).toEqual(line);
  });
});

test('a mistake is said once', () => {
  const oftener = mistakes.filter(([, changes]) => catalogProblems(changes).length > 1).map(([name]) => name);
  expect(oftener).toEqual(['an alias']);
});

test('several mistakes in several files are all said at once', () => {
  expect(
    catalogProblems({
      [door]: text => replaced('title: Door\n', '')(replaced('required: true', 'requierd: true')(text)),
      [lamp]: replaced('phase: second', 'phase: [second]'),
      [platform]: replaced('memory: 1GiB', 'memory: much'),
      'compose/mirror/standalone.yaml': 'services: [\n',
    }),
  ).toEqual([
    `${platform}:14: "tiers.0.memory" must be a size such as 8GiB or 50GB. It is "much" now.`,
    `${door}:1: "title" is missing. Add it.`,
    `${door}:6: There is no key "requierd" here. Remove it, or correct its spelling.`,
    `${lamp}:3: "phase" must be a name. It is ["second"] now.`,
    expect.stringMatching(/^compose\/mirror\/standalone\.yaml:\d: This is not valid YAML: /),
  ]);
  expect(
    catalogProblems({
      [door]: replaced('overlay: front', 'overlay: frnt'),
      [lamp]: replaced('phase: second', 'phase: secnd'),
      [platform]: replaced('{door: standalone}', '{door: single}'),
      [fragment]: replaced('image: door:1.2', 'image: door'),
    }),
  ).toEqual([
    `${platform}:14: There is no variant of door "single". Known: standalone.`,
    `${door}:4: There is no overlay "frnt". Did you mean "front"?`,
    `${fragment}:5: Service "door" has no image with a fixed tag. Write image: name:version, not latest.`,
    `${lamp}:3: There is no phase "secnd". Did you mean "second"?`,
  ]);
});

test('a network of its own definition needs none of the platform', () => {
  const own = replaced('networks:\n  hall: {}', 'networks:\n  hall: {}\n  own: {internal: true}');
  expect(catalogProblems({[fragment]: own})).toEqual([]);
});

test('an image may be pinned by its digest', () => {
  const pinned = replaced('image: door:1.2', `image: house:5000/door:1.2@sha256:${'a'.repeat(64)}`);
  expect(catalogProblems({[fragment]: pinned})).toEqual([]);
});

test('whatever one character does to a file, it is an answer and never a crash', () => {
  const text = smallSources[door] ?? '';
  for (let at = 0; at < text.length; at += 157) {
    for (const character of ['', ':', '[', '&', '"', '\u0000']) {
      const result = parseCatalog(changedSources({[door]: text.slice(0, at) + character + text.slice(at + 1)}));
      expect(result.ok || problemLines(result.problems)).toSatisfy(value => value === true || (Array.isArray(value) && value.length > 0));
    }
  }
});
