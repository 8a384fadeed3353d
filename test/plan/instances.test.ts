/** Components that are picked any number of times, and what is written only together with another component. */
import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/plan/answers.ts';
import {isInstanceName, renamed, withInstances} from '../../source/plan/instances.ts';
import {render} from '../../source/plan/render.ts';
import {applicableInputs, closeOver} from '../../source/plan/select.ts';
import {replaced, selected, selectionProblems, smallAnswers, smallCatalog} from '../helpers/small-catalogue.ts';

const chair = `title: Chair
summary: A place to sit
phase: third
overlay: rooms
licence: MIT
homepage: https://chair.example
repeatable: true
inputs:
  - {id: image, title: Image, help: What it is made from., type: image, env: CHAIR_IMAGE, example: "carpenter.example/oak:1.0"}
  - {id: host, title: Name, help: Who sits there., type: host, env: CHAIR_HOST, default: "\${CHAIR_NAME}.\${DOMAIN}"}
  - id: light
    title: Light
    help: To read by.
    type: choice
    env: CHAIR_LIGHT
    choices:
      - {id: none, title: None, summary: In the dark}
      - id: lamp
        title: Lamp
        summary: To read by
        requires: [lamp]
        fragment: light.yaml
        secrets: [{id: chair_switch}]
secrets:
  - {id: chair_key}
files:
  - {from: chair.conf, fill: [CHAIR_HOST]}
  - {from: shadow.conf, into: lamp, to: shadows/chair.conf}
links:
  - {title: Seat, url: "https://\${CHAIR_HOST}/", secret: chair_key}
variants:
  standalone: {title: One chair, summary: Stands alone}
`;

const chairStandalone = `services:
  # Somebody sits here.
  chair:
    image: \${CHAIR_IMAGE:-carpenter.example/oak:1.0}
    networks: [hall]
    volumes:
      - chair-cushion:/cushion
      - ./config/chair/chair.conf:/etc/chair.conf:ro
    labels:
      door.route.chair.rule: "Host(\`\${CHAIR_HOST:-chair.house.localhost}\`)"
    secrets: [chair_key]
networks:
  hall: {}
volumes:
  chair-cushion:
secrets:
  chair_key:
    file: ./secrets/chair_key
`;

const chairLight = `services:
  chair:
    networks: [cellar]
    secrets: [chair_switch]
networks:
  cellar: {}
secrets:
  chair_switch:
    file: ./secrets/chair_switch
`;

const lampWithChair = `services:
  lamp:
    secrets:
      - {source: chair_switch, target: switches/chair}
secrets:
  chair_switch:
    file: ./secrets/chair_switch
`;

const catalog = smallCatalog({
  'compose/chair/component.yaml': chair,
  'compose/chair/standalone.yaml': chairStandalone,
  'compose/chair/light.yaml': chairLight,
  'compose/lamp/cluster-with-chair.light-lamp.yaml': lampWithChair,
  'assets/chair/chair.conf': `# chair\nhost = \${CHAIR_HOST}\n`,
  'assets/chair/shadow.conf': 'shadow of chair\n',
});

const oak = 'carpenter.example/oak:2.1';
const two: Partial<Answers> = {
  components: {'chair.red': 'standalone', 'chair.blue-one': 'standalone', lamp: 'cluster'},
  settings: {'chair.red': {image: oak, light: 'lamp'}, 'chair.blue-one': {image: oak}},
};

const modelOf = (answers: Partial<Answers>, file: string) =>
  render(catalog, selected(catalog, answers)).files.find(({path}) => path === file)?.model as {
    services: Record<string, Record<string, unknown>>;
    volumes: Record<string, unknown>;
    secrets: Record<string, unknown>;
  };

test.each([
  ['chair', 'chair-red'],
  ['chair_key', 'chair_red_key'],
  [`\${CHAIR_HOST:-chair.example}`, `\${CHAIR_RED_HOST:-chair-red.example}`],
  ['./secrets/chair_key', './secrets/chair_red_key'],
  ['door.route.chair.rule', 'door.route.chair-red.rule'],
  ['armchair and chairs', 'armchair and chairs'],
  ['CHAIR', 'CHAIR'],
])('the word of what is repeated becomes that of the instance, in the same spelling: %s', (text, expected) => {
  expect(renamed(text, {base: 'chair', name: 'red'})).toBe(expected);
});

test.each([
  ['shop', true],
  ['a', true],
  ['my-shop-2', true],
  ['Shop', false],
  ['2shop', false],
  ['my_shop', false],
  ['my-', false],
  ['my.shop', false],
  ['', false],
  ['a'.repeat(25), false],
])('the name %s of an instance is good: %s', (name, good) => {
  expect(isInstanceName(name)).toBe(good);
});

describe('an instance', () => {
  test('is a component of its own beside what it was made from, and adds nothing when nobody asks for it', () => {
    expect([...withInstances(catalog, smallAnswers(catalog, two)).components.keys()].filter(id => id.startsWith('chair'))).toEqual([
      'chair',
      'chair.red',
      'chair.blue-one',
    ]);
    expect(withInstances(catalog, smallAnswers(catalog))).toBe(catalog);
  });

  test('has services, volumes, secrets, files and variables of its own', () => {
    const rendered = render(catalog, selected(catalog, two));
    const {services, volumes} = modelOf(two, '12-docker-compose.Infra.dev.rooms.yml');
    expect(Object.keys(services).filter(name => name.startsWith('chair'))).toEqual(['chair-red', 'chair-blue-one']);
    expect(services['chair-blue-one']).toMatchObject({
      image: `\${CHAIR_BLUE_ONE_IMAGE:-carpenter.example/oak:1.0}`,
      volumes: ['chair-blue-one-cushion:/cushion', './config/chair-blue-one/chair-blue-one.conf:/etc/chair-blue-one.conf:ro'],
      secrets: ['chair_blue_one_key'],
      labels: {
        'door.route.chair-blue-one.rule': `Host(\`\${CHAIR_BLUE_ONE_HOST:-chair-blue-one.house.localhost}\`)`,
        'infra-wizard.component': 'chair.blue-one',
      },
    });
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(['chair-red-cushion', 'chair-blue-one-cushion']));
    expect(rendered.secrets.map(({id}) => id)).toEqual(expect.arrayContaining(['chair_red_key', 'chair_red_switch', 'chair_blue_one_key']));
    expect(rendered.files.find(({path}) => path === 'config/chair-blue-one/chair-blue-one.conf')?.content).toBe(
      '# chair-blue-one\nhost = blue-one.house.localhost\n',
    );
    expect(rendered.files.find(({path}) => path === '.env')?.content).toContain(`\nCHAIR_RED_IMAGE=${oak}\n`);
  });

  test('is wired by its own choices: a network and a secret only for the one that has them', () => {
    const {services} = modelOf(two, '12-docker-compose.Infra.dev.rooms.yml');
    expect([services['chair-red']?.networks, services['chair-blue-one']?.networks]).toEqual([['hall', 'cellar'], ['hall']]);
    expect(services.lamp?.secrets).toEqual([{source: 'chair_red_switch', target: 'switches/chair-red'}]);
  });

  test('is wired into the variant that the name of the file says, and into no other', () => {
    const single = {...two, components: {...two.components, lamp: 'standalone'}};
    expect(modelOf(single, '12-docker-compose.Infra.dev.rooms.yml').services.lamp?.secrets).toBeUndefined();
  });

  test('brings along what its choice requires, for the reason that it does', () => {
    const {lamp: _, ...components} = two.components ?? {};
    const closed = closeOver(catalog, smallAnswers(catalog, {...two, components}));
    expect(closed.find(({id}) => id === 'lamp')).toMatchObject({variant: 'standalone', because: {kind: 'required', by: 'chair.red'}});
    expect(closed.find(({id}) => id === 'chair.red')?.requires).toEqual(['lamp']);
    expect(closed.find(({id}) => id === 'chair.blue-one')?.requires).toEqual([]);
  });

  test('is asked for its own settings', () => {
    const asked = applicableInputs(catalog, smallAnswers(catalog, two)).map(
      ({component, input, value}) => `${component}.${input.id}=${value}`,
    );
    expect(asked).toEqual(
      expect.arrayContaining([`chair.red.image=${oak}`, 'chair.red.host=red.house.localhost', 'chair.blue-one.light=none']),
    );
  });

  test.each([
    [{components: {chair: 'standalone'}}, 'components: "chair" is no name for Chair. Write chair.NAME, with lower-case letters'],
    [{components: {'chair.Red': 'standalone'}}, 'components: "chair.Red" is no name for Chair. Write chair.NAME, with lower-case letters'],
    [{components: {'lamp.red': 'standalone'}}, 'components: There is no component "lamp.red".'],
    [{components: {'chair.red': 'standalone'}}, 'chair.red.image: Image is needed. Set it with --set chair.red.image=VALUE.'],
    [
      {
        components: {'chair.red': 'standalone', 'chair.blue': 'standalone'},
        settings: {'chair.red': {image: oak}, 'chair.blue': {image: oak, host: 'red.house.localhost'}},
      },
      'chair.blue.host: The name red.house.localhost is also chair.red.host. Give one of them another name.',
    ],
    [
      {components: {'chair.red': 'standalone'}, settings: {'chair.red': {image: 'oak'}}},
      'chair.red.image: Image can not be "oak". It must be an image with a tag or a digest',
    ],
  ] as const)('%o is refused', (answers, problem) => {
    expect(selectionProblems(catalog, answers)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('what belongs to another component', () => {
  test('is written into its folder, and only while it is selected', () => {
    const paths = (answers: Partial<Answers>) => render(catalog, selected(catalog, answers)).files.map(({path}) => path);
    const alone = {components: {'chair.red': 'standalone'}, settings: {'chair.red': {image: oak}}};
    expect(paths(two)).toEqual(expect.arrayContaining(['config/lamp/shadows/chair-red.conf', 'config/lamp/shadows/chair-blue-one.conf']));
    expect(paths(alone).filter(path => path.startsWith('config/lamp/'))).toEqual([]);
  });

  test('is added to the end of a file, or written as one, only together with what it is for', () => {
    const more = smallCatalog({
      'compose/door/component.yaml': replaced(
        'files:\n  - {from: door.conf',
        'files:\n  - {from: door.conf, fill: [DOOR_HOST]}\n  - {from: shade.conf, to: door.conf, with: mirror, append: true}\n  - {from: unused.conf, with: lamp',
      ),
      'assets/door/shade.conf': 'shade = glass\n',
      'assets/door/unused.conf': '',
    });
    const files = (components: Record<string, string>) => {
      const written = render(more, selected(more, {components})).files;
      return {
        door: written
          .find(({path}) => path === 'config/door/door.conf')
          ?.content.split('\n')
          .at(-2),
        unused: written.some(({path}) => path === 'config/door/unused.conf'),
      };
    };
    expect(files({mirror: 'standalone', candle: 'standalone'})).toEqual({door: 'shade = glass', unused: false});
    expect(files({lamp: 'standalone'})).toEqual({door: expect.not.stringContaining('shade'), unused: true});
  });

  test('is a secret only while the other is selected', () => {
    const more = smallCatalog({
      'compose/door/component.yaml': replaced(
        '  - {id: door_password, length: 24}',
        '  - {id: door_password, length: 24}\n  - {id: door_glass, with: lamp}',
      ),
    });
    const secrets = (components: Record<string, string>) => render(more, selected(more, {components})).secrets.map(({id}) => id);
    expect([secrets({}).includes('door_glass'), secrets({lamp: 'standalone'}).includes('door_glass')]).toEqual([false, true]);
  });
});

describe('a variant that something requires', () => {
  const needing = (requires: string) =>
    smallCatalog({
      'compose/mirror/component.yaml': replaced('variants:\n  standalone: {', `variants:\n  standalone: {requires: [${requires}], `),
    });

  test('is the one that comes along', () => {
    const closed = closeOver(needing('lamp:cluster'), smallAnswers(catalog, {components: {mirror: 'standalone'}}));
    expect(closed.find(({id}) => id === 'lamp')).toMatchObject({variant: 'cluster', because: {kind: 'required', by: 'mirror'}});
  });

  test('is refused beside another one that was picked', () => {
    expect(selectionProblems(needing('lamp:cluster'), {components: {mirror: 'standalone', lamp: 'standalone'}})).toEqual([
      'lamp: Mirror needs Lamp as cluster, and you picked another variant. Pick lamp:cluster, or leave out Mirror.',
    ]);
  });
});
