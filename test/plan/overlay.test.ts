import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parse, parseDocument, stringify} from 'yaml';
import {overlayPaths, render} from '../../source/plan/render.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';
import {type Changes, replaced, selected, smallCatalog} from '../helpers/small-catalogue.ts';

const everything = {components: {lamp: 'standalone', mirror: 'standalone', candle: 'standalone'}};

const rendered = (changes: Changes = {}, answers: Parameters<typeof selected>[1] = {}) => {
  const catalog = smallCatalog(changes);
  return render(catalog, selected(catalog, answers));
};
const overlaysOf = (changes: Changes = {}, answers: Parameters<typeof selected>[1] = {}) =>
  rendered(changes, answers).files.filter(({path}) => path.endsWith('.yml'));
const front = (changes: Changes = {}, answers: Parameters<typeof selected>[1] = {}): RenderedFile => {
  const file = overlaysOf(changes, answers)[0];
  if (!file) throw new Error('no overlay was written');
  return file;
};
const doorOf = (changes: Changes = {}, answers: Parameters<typeof selected>[1] = {}) =>
  parse(front(changes, answers).content).services.door;

test('what is written, in the order in which it is merged, with its modes', () => {
  expect(rendered({}, everything).files.map(({path, mode, once}) => [path, mode.toString(8), once])).toEqual([
    ['11-docker-compose.Infra.dev.yml', '644', false],
    ['12-docker-compose.Infra.dev.rooms.yml', '644', false],
    ['90-docker-compose.Infra.dev.local.yml', '644', true],
    ['.env', '600', false],
    ['.gitignore', '644', false],
    ['config/door/door.conf', '644', false],
    ['config/door/bell/ring.sh', '755', false],
  ]);
  expect(overlayPaths(rendered({}, everything))).toEqual([
    '11-docker-compose.Infra.dev.yml',
    '12-docker-compose.Infra.dev.rooms.yml',
    '90-docker-compose.Infra.dev.local.yml',
  ]);
});

test('the secrets that must exist, with the names of certificates resolved', () => {
  expect(rendered().secrets).toEqual([
    {kind: 'random', id: 'door_password', length: 24},
    {kind: 'htpasswd', id: 'door_users', user: 'admin', password: 'door_password'},
    {kind: 'authority', id: 'house_ca', title: 'House authority'},
    {kind: 'certificate', id: 'door_tls', authority: 'house_ca', hosts: ['house.localhost', '*.house.localhost']},
  ]);
});

test('in an asset only the variables that are named are filled in', () => {
  const contentOf = (path: string) => rendered().files.find(file => file.path === path)?.content;
  expect(contentOf('config/door/door.conf')).toBe(`name = door.house.localhost\nother = \${HTTP_PORT}\n`);
  expect(contentOf('config/door/bell/ring.sh')).toBe(`#!/bin/sh\necho "\${DOOR_HOST} \${NAME}"\n`);
});

describe('every overlay', () => {
  test('parses alone and declares all it uses', () => {
    for (const {path, content} of overlaysOf({}, everything)) {
      const document = parseDocument(content, {strict: true, uniqueKeys: true});
      expect([path, document.errors, document.warnings]).toEqual([path, [], []]);
      const {services, networks = {}, secrets = {}, volumes = {}} = document.toJS();
      for (const one of Object.values<Record<string, string[]>>(services)) {
        expect(Object.keys(networks)).toEqual(expect.arrayContaining(one.networks ?? []));
        expect(Object.keys(secrets)).toEqual(expect.arrayContaining(one.secrets ?? []));
        const named = (one.volumes ?? []).map(mount => mount.split(':')[0] ?? '').filter(source => !source.startsWith('.'));
        expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named));
      }
    }
  });

  test('declares a network exactly as every other does', () => {
    const definitions = overlaysOf({}, everything).flatMap(({content}) => Object.entries<unknown>(parse(content).networks ?? {}));
    const byName = new Map<string, Set<string>>();
    for (const [name, definition] of definitions) byName.set(name, (byName.get(name) ?? new Set()).add(JSON.stringify(definition)));
    expect([...byName].map(([name, forms]) => [name, [...forms].map(form => JSON.parse(form))])).toEqual([
      ['hall', [{driver: 'bridge', ipam: {config: [{subnet: `\${HALL_SUBNET:-172.30.0.0/24}`}]}}]],
      ['cellar', [{driver: 'bridge', internal: true, ipam: {config: [{subnet: `\${CELLAR_SUBNET:-172.31.10.0/24}`}]}}]],
    ]);
  });

  test('has neither anchors nor aliases nor a template language', () => {
    for (const {content} of overlaysOf({}, everything)) expect(content).not.toMatch(/(?:^|[\s[{,])[&*][A-Za-z]|\{\{|<%/m);
  });

  test('labels each of its services with component and phase', () => {
    const labels = overlaysOf({}, everything).flatMap(({content}) =>
      Object.entries<{labels: Record<string, string>}>(parse(content).services).map(([name, one]) => [
        name,
        one.labels['infra-wizard.component'],
        one.labels['infra-wizard.phase'],
      ]),
    );
    expect(labels).toEqual([
      ['door', 'door', 'first'],
      ['candle', 'candle', 'second'],
      ['lamp', 'lamp', 'second'],
      ['battery', 'battery', 'second'],
      ['mirror', 'mirror', 'third'],
    ]);
  });
});

describe('merging', () => {
  test('a fragment of the chosen choice and the wiring of what is picked, and no other', () => {
    expect(doorOf().secrets).toEqual(['door_users', 'door_tls.crt', 'door_tls.key']);
    expect(doorOf().environment).toBeUndefined();
    const withLamp = doorOf({}, {...everything, settings: {door: {lock: 'off'}}});
    expect([withLamp.secrets, withLamp.environment, withLamp.networks]).toEqual([
      ['door_users'],
      {LAMP: 'http://lamp'},
      ['hall', 'cellar'],
    ]);
  });

  test('maps by key, sequences appended, anything else replaced', () => {
    const change = (yaml: string): Changes => ({'compose/door/lock-chain.yaml': yaml});
    expect(doorOf(change('services:\n  door: {image: "door:9", ports: ["1:1"], healthcheck: {interval: 9s, retries: 9}}\n'))).toMatchObject(
      {
        image: 'door:9',
        ports: [`\${HTTP_PORT:-80}:80`, '1:1'],
        healthcheck: {test: ['CMD', 'knock'], interval: '9s', timeout: '5s', retries: 9},
      },
    );
    expect(doorOf(change('services:\n  door: {networks: {hall: {aliases: [gate]}}}\n')).networks).toEqual({hall: {aliases: ['gate']}});
  });

  test('what is on a list already is not added again, but an argument may be given twice', () => {
    const change: Changes = {
      'compose/door/standalone.yaml':
        'services:\n  door: {image: "door:1", networks: [hall], command: [--bell, "1"]}\nnetworks: {hall: {}}\n',
      'compose/door/lock-chain.yaml': 'services:\n  door: {networks: [hall, cellar], command: [--bell, "2"]}\nnetworks: {cellar: {}}\n',
    };
    expect(doorOf(change)).toMatchObject({networks: ['hall', 'cellar'], command: ['--bell', '1', '--bell', '2']});
  });

  test('keeps every comment of every file', () => {
    const all = overlaysOf({}, {...everything, settings: {platform: {domain: 'example.com'}, door: {key_email: 'ops@example.com'}}});
    const text = all.map(({content}) => content).join('\n');
    const comments = [
      'The door itself.',
      'Opens and closes.',
      'The front.',
      'A key for everybody.',
      'For those with a key.',
      'Where the light is.',
      'Switched on from here.',
      'Light for all rooms.',
      'Never thrown away.',
    ];
    expect(comments.filter(comment => !text.includes(`# ${comment}\n`))).toEqual([]);
  });

  test('keeps a comment beside what it is about, also where the value is replaced', () => {
    const {content} = front({'compose/door/lock-chain.yaml': 'services:\n  door:\n    # The better one.\n    image: door:9\n'});
    expect(content).toContain('    # The better one.\n    image: door:9\n');
  });

  test('leaves the catalogue as it is', () => {
    const catalog = smallCatalog();
    const before = catalog.components.get('door')?.variants[0]?.fragment.document.toString();
    const first = render(catalog, selected(catalog, everything));
    expect(render(catalog, selected(catalog, everything))).toEqual(first);
    expect(catalog.components.get('door')?.variants[0]?.fragment.document.toString()).toBe(before);
  });

  test('labels may be a list', () => {
    const {labels} = doorOf({'compose/door/lock-chain.yaml': 'services:\n  door: {labels: [a=b]}\n'});
    expect(labels).toEqual([
      'a=b',
      'infra-wizard.component=door',
      'infra-wizard.phase=first',
      expect.stringMatching(/^infra-wizard\.files=[0-9a-f]{16}$/),
    ]);
  });

  test('a service without configuration files has no hash of them', () => {
    const lamp = parse(overlaysOf({}, everything)[1]?.content ?? '').services.lamp;
    expect(Object.keys(lamp.labels)).toEqual(['door.route', 'infra-wizard.component', 'infra-wizard.phase']);
  });

  test('the hash changes with what is mounted, in a folder too, and with nothing else', () => {
    const hash = (changes: Changes = {}, settings = {}) => doorOf(changes, {settings}).labels['infra-wizard.files'];
    const base = hash();
    expect(hash({'assets/door/bell/ring.sh': '#!/bin/sh\n'})).not.toBe(base);
    expect(hash({}, {door: {host: 'gate.example.com'}})).not.toBe(base);
    expect(hash({}, {door: {http_port: '8080'}})).toBe(base);
    expect(hash({'assets/door/lock-key.conf': 'other'})).toBe(base);
    const long = replaced('./config/door/bell:/bell:ro', '{type: bind, source: ./config/door/bell, target: /bell}');
    expect(hash({'compose/door/standalone.yaml': long})).toBe(base);
  });
});

/** Texts that one reader or another takes for something else. */
const traps = [
  'yes',
  'No',
  'ON',
  'off',
  'y',
  'N',
  'true',
  'False',
  'null',
  'Null',
  '~',
  '',
  ' ',
  '0',
  '-0',
  '007',
  '0o17',
  '0x1F',
  '1_000',
  '1e3',
  '1.',
  '.5',
  '+1',
  '1,000',
  '.inf',
  '-.INF',
  '.NaN',
  '12:30',
  '190:20:30',
  '1:20.5',
  '2026-11-23',
  '2026-11-23 10:00:00',
  '<<',
  '=',
  '-',
  '- a',
  '-a',
  '--a',
  '?',
  '? a',
  ':',
  'a:',
  'a: b',
  ':a',
  '#',
  'a #b',
  'a#b',
  '&a',
  '*a',
  '!a',
  '!!str a',
  '@a',
  '`a`',
  '%a',
  '|',
  '>',
  '[a',
  '{a',
  '{{a}}',
  'a]',
  "'a",
  '"a"',
  'a\\n',
  'line\nbreak',
  'tab\tbed',
  ' lead',
  'trail ',
  'é',
  '日本',
  '🙂',
  `\${A:-yes}`,
  '$$',
  '---',
  '...',
  'a\u0085b',
  'a\u2028b',
  '\ufeffa',
  'a\u0007b',
];

const environment = (values: readonly string[]): Changes => ({
  'compose/door/lock-chain.yaml': stringify(
    {services: {door: {environment: Object.fromEntries(values.map((value, index) => [`V${index}`, value])), command: values}}},
    {lineWidth: 0},
  ),
});

const readBack = (values: readonly string[], version: '1.1' | '1.2') => {
  const content = front(environment(values)).content;
  const {door} = parse(content, {version, ...(version === '1.1' && {schema: 'yaml-1.1' as const})}).services;
  return [Object.values(door.environment), door.command];
};

describe('a text that stands in a fragment', () => {
  test.each(['1.1', '1.2'] as const)('is read back by a reader of YAML %s, however much it looks like something else', version => {
    expect(readBack(traps, version)).toEqual([traps, traps]);
  });

  test('is read back by both, whatever it is', () => {
    const text = fc.oneof(
      fc.string({unit: fc.constantFrom(...'aynot01 29:._-+#&*!{}[]|>\'"%@`,?=~$\\/\n\tEexé日')}),
      fc.string({unit: 'grapheme'}),
      fc.constantFrom(...traps),
    );
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 20}), values => {
        for (const version of ['1.1', '1.2'] as const) expect(readBack(values, version)).toEqual([values, values]);
      }),
      {numRuns: 40},
    );
  });

  test('that is plain to everybody stays without quotes', () => {
    const plain = ['warm white', '/bin/sh', '--flag=a,b', '-c', 'a:b', `\${A:-b}`, 'tcp://door:2375', 'Host(a) && Path(b)', 'yes-men'];
    const {content} = front(environment(plain));
    for (const text of plain) expect(content).toMatch(new RegExp(`- ${text.replace(/[$()[\]{}|\\^*+?.]/g, '\\$&')}\n`));
  });

  test('as a key is quoted as well', () => {
    const {content} = front({'compose/door/lock-chain.yaml': 'services:\n  door:\n    environment:\n      "yes": "1"\n      "on": "2"\n'});
    expect(parse(content, {version: '1.1', schema: 'yaml-1.1'}).services.door.environment).toEqual({yes: '1', on: '2'});
  });
});
