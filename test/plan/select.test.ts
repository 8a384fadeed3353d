import {describe, expect, test} from 'vitest';
import {applicableInputs, closeOver, defaultAnswers, projectName} from '../../source/plan/select.ts';
import {replaced, selected, selectionProblems, smallAnswers, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
const picked = (...ids: readonly string[]) => Object.fromEntries(ids.map(id => [id, 'standalone']));

describe('what is selected', () => {
  test('the answers of somebody who only presses Enter are those of the first tier', () => {
    expect(defaultAnswers(catalog)).toEqual({
      tier: 'small',
      environment: 'dev',
      strategy: 'incremental',
      components: {door: 'standalone'},
      settings: {},
    });
    expect(defaultAnswers(catalog, 'large').components).toEqual({door: 'standalone', lamp: 'cluster'});
  });

  test('every component has its reason, and comes in the earliest phase that needs it', () => {
    expect(selected(catalog, {components: picked('lamp', 'mirror')}).components).toEqual([
      {id: 'door', variant: 'standalone', phase: 'first', because: {kind: 'platform'}, requires: []},
      {id: 'lamp', variant: 'standalone', phase: 'second', because: {kind: 'picked'}, requires: ['battery']},
      {id: 'battery', variant: 'standalone', phase: 'second', because: {kind: 'required', by: 'lamp'}, requires: []},
      {id: 'mirror', variant: 'standalone', phase: 'third', because: {kind: 'picked'}, requires: []},
    ]);
  });

  test('a component that is picked and required counts as picked, with the variant that was picked', () => {
    const two = smallCatalog({
      'compose/battery/component.yaml': replaced('variants:\n', 'variants:\n  spare: {title: Two, summary: Two batteries}\n'),
      'compose/battery/spare.yaml': 'services:\n  battery: {image: "battery:3.1"}\n',
    });
    expect(selected(two, {components: {lamp: 'standalone', battery: 'standalone'}}).components[2]).toEqual({
      id: 'battery',
      variant: 'standalone',
      phase: 'second',
      because: {kind: 'picked'},
      requires: [],
    });
    expect(selected(two, {components: {lamp: 'standalone'}}).components[2]?.variant).toBe('spare');
  });

  test('an early phase is handed down to what is required of the required, also in a circle', () => {
    const chain = smallCatalog({
      'compose/door/component.yaml': replaced('summary: A single door}', 'summary: A single door, requires: [lamp]}'),
      'compose/battery/component.yaml': replaced('summary: A single battery}', 'summary: A single battery, requires: [door]}'),
    });
    expect(selected(chain).components.map(({id, phase}) => `${id} ${phase}`)).toEqual(['door first', 'lamp first', 'battery first']);
  });

  test('what is required stays shown while something else is wrong', () => {
    expect(closeOver(catalog, smallAnswers(catalog, {components: {lamp: 'standalone', lemp: 'standalone'}})).map(({id}) => id)).toEqual([
      'door',
      'lamp',
      'battery',
    ]);
  });

  test('the project is named after platform and environment', () => {
    expect(projectName(catalog, smallAnswers(catalog, {environment: 'prod'}))).toBe('house-prod');
  });
});

describe('what can not be selected', () => {
  test('a wrong variant of what is part of every platform is said once', () => {
    expect(selectionProblems(catalog, {components: {door: 'clustr'}})).toEqual([
      'door: There is no variant of door "clustr". Known: standalone.',
    ]);
  });

  test.each([
    [{components: {lemp: 'standalone'}}, 'components: There is no component "lemp". Did you mean "lamp"?'],
    [
      {components: {television: 'standalone'}},
      'components: There is no component "television". Known: door, candle, lamp, battery, mirror.',
    ],
    [{components: {lamp: 'clustr'}}, 'lamp: There is no variant of lamp "clustr". Did you mean "cluster"?'],
    [{tier: 'smal'}, 'tier: There is no tier "smal". Did you mean "small"?'],
    [{environment: 'test'}, 'environment: There is no environment "test". Known: dev, prod.'],
    [{settings: {lmap: {}}}, 'settings: There is no component "lmap". Did you mean "lamp"?'],
    [{settings: {door: {hots: 'x'}}}, 'door: There is no setting of door "hots". Did you mean "host"?'],
    [{settings: {platform: {domian: 'x'}}}, 'platform: There is no setting of platform "domian". Did you mean "domain"?'],
    [{components: picked('mirror')}, 'mirror: Mirror has nothing to work with. Pick at least one of lamp, candle.'],
    [
      {components: {lamp: 'cluster', candle: 'standalone'}},
      'lamp: Lamp (cluster) and Candle can not run together. Leave out lamp or candle.',
    ],
    [{settings: {door: {http_port: '080'}}}, 'door.http_port: HTTP port can not be "080". It must be a whole number from 1 to 65535.'],
    [
      {settings: {platform: {domain: 'example.com'}, door: {lock: 'key'}}},
      'door.key_email: E-mail of the key maker is needed. Set it with --set door.key_email=VALUE. Example: ops@example.com.',
    ],
    [
      {settings: {door: {lock: 'key', key_email: 'ops@example.com'}}},
      'door.lock: "key" is not possible here: it needs another domain or environment. Possible: chain, off.',
    ],
    [
      {environment: 'prod', settings: {door: {lock: 'off'}}},
      'door.lock: "off" is not possible here: it needs another domain or environment. Possible: chain.',
    ],
  ])('%j', (answers, problem) => {
    expect(selectionProblems(catalog, answers)).toEqual([problem]);
  });

  test('everything that is wrong is said at once', () => {
    const problems = selectionProblems(catalog, {
      tier: 'smal',
      environment: 'tset',
      components: {lemp: 'standalone', lamp: 'three', mirror: 'standalone'},
      settings: {platform: {domain: 'no spaces'}, door: {http_port: '65536', hots: 'x'}},
    });
    expect(problems).toEqual([
      'tier: There is no tier "smal". Did you mean "small"?',
      'environment: There is no environment "tset". Known: dev, prod.',
      'components: There is no component "lemp". Did you mean "lamp"?',
      'lamp: There is no variant of lamp "three". Known: standalone, cluster.',
      'mirror: Mirror has nothing to work with. Pick at least one of lamp, candle.',
      'door: There is no setting of door "hots". Did you mean "host"?',
      expect.stringMatching(/^platform\.domain: Domain can not be "no spaces"\. /),
      'door.http_port: HTTP port can not be "65536". It must be a whole number from 1 to 65535.',
    ]);
  });

  test('two things can not have the same port', () => {
    const two = smallCatalog({
      'compose/lamp/component.yaml': replaced(
        'inputs:\n',
        'inputs:\n  - {id: port, title: Port, help: Of the lamp., type: port, env: LAMP_PORT, default: "8080"}\n',
      ),
    });
    expect(selectionProblems(two, {components: picked('lamp'), settings: {door: {http_port: '8080'}}})).toEqual([
      'lamp.port: Port 8080 is also door.http_port. Give one of them another port.',
    ]);
  });

  test('settings of what is not picked right now are kept and not held against anybody', () => {
    expect(selectionProblems(catalog, {settings: {lamp: {colour: 'red'}, door: {key_email: 'ops@example.com'}}})).toEqual([]);
  });

  test('a subnet of a network that is not used right now is kept too', () => {
    expect(selectionProblems(catalog, {settings: {platform: {cellar_subnet: '10.0.0.0/24'}}})).toEqual([]);
  });
});

describe('values', () => {
  test('defaults and choices refer to what was answered before; facts of the host come first', () => {
    const selection = selected(
      catalog,
      {settings: {platform: {domain: 'example.com'}, door: {key_email: 'ops@example.com', http_port: '8080'}}},
      new Map([['DOCKER_SOCKET_GID', '998']]),
    );
    expect([...selection.values]).toEqual([
      ['COMPOSE_PROJECT_NAME', 'house-dev'],
      ['ENVIRONMENT', 'dev'],
      ['DOCKER_SOCKET_GID', '998'],
      ['DOMAIN', 'example.com'],
      ['HALL_SUBNET', '172.30.0.0/24'],
      ['HTTP_PORT', '8080'],
      ['LOCK', 'key'],
      ['URL_SCHEME', 'https'],
      ['URL', 'https://example.com'],
      ['KEY_EMAIL', 'ops@example.com'],
      ['DOOR_HOST', 'door.example.com'],
    ]);
    expect(selection.choices).toEqual(new Map([['door', new Map([['lock', 'key']])]]));
    expect(selection.notices).toEqual([]);
  });

  test('a choice without default is the first that the domain and the environment allow, with its notice', () => {
    const lockOf = (domain: string, environment: string) =>
      selected(catalog, {environment, settings: {platform: {domain}, door: {key_email: 'ops@example.com'}}});
    expect(lockOf('example.com', 'dev').values.get('LOCK')).toBe('key');
    expect(lockOf('house.localhost', 'prod').values.get('LOCK')).toBe('chain');
    expect(lockOf('house.localhost', 'prod').notices).toEqual(['Visitors have to know the chain.']);
  });

  test('a default that is not offered gives way to the first choice that is', () => {
    const withDefault = smallCatalog({'compose/door/component.yaml': replaced('env: LOCK\n', 'env: LOCK\n    default: "off"\n')});
    expect(selected(withDefault).values.get('LOCK')).toBe('off');
    expect(selected(withDefault, {environment: 'prod'}).values.get('LOCK')).toBe('chain');
  });

  test('a question is asked only when an earlier answer calls for it, and the subnets only of networks that are used', () => {
    const asked = (settings: Record<string, Record<string, string>>, components: Record<string, string>) =>
      applicableInputs(catalog, smallAnswers(catalog, {settings, components})).map(({component, input}) => `${component}.${input.id}`);
    expect(asked({}, {})).toEqual(['platform.domain', 'platform.hall_subnet', 'door.http_port', 'door.lock', 'door.host']);
    expect(asked({platform: {domain: 'example.com'}}, picked('lamp'))).toEqual([
      'platform.domain',
      'platform.hall_subnet',
      'platform.cellar_subnet',
      'door.http_port',
      'door.lock',
      'door.key_email',
      'door.host',
      'lamp.colour',
    ]);
  });
});
