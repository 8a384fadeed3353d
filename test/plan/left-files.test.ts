import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {judgeLeftFiles, type LeftInput, namedIn} from '../../source/plan/left-files.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';

const written = (path: string, content = ''): RenderedFile => ({path, content, mode: 0o644, once: false, about: 'a file'});
const overlay = (services: Readonly<Record<string, readonly string[]>>): RenderedFile => {
  const content = JSON.stringify({services: Object.fromEntries(Object.entries(services).map(([name, volumes]) => [name, {volumes}]))});
  return {...written('12-docker-compose.Infra.dev.rooms.yml', content), model: parse(content)};
};

const rule = 'config/watch/rules/lamp.yaml';
const files = [
  overlay({watch: ['./config/watch:/etc/watch:ro', 'data:/data'], door: ['./config/door/door.conf:/etc/door.conf:ro']}),
  written('config/watch/watch.yaml'),
  written('config/watch/rules/door.yaml'),
  written('config/door/door.conf'),
];

const judge = (paths: readonly string[], more: Partial<LeftInput> = {}) => {
  const {removed, stay} = judgeLeftFiles({
    ...{former: paths.map(path => ({path, asWritten: true})), files, named: [], staying: []},
    ...more,
  });
  return [...removed.map(({path, state}) => `${state} ${path}`), ...stay.map(({path, why}) => `${path}: ${why}`)];
};
const edited = [{path: rule, asWritten: false}];

describe('a file that nothing selected writes any more', () => {
  test('is removed where a selected service reads its folder', () => {
    expect(judge([rule, 'config/watch/old.yaml'])).toEqual([`unneeded ${rule}`, 'unneeded config/watch/old.yaml']);
  });

  test('stays when it was edited, and who may read it is said', () => {
    expect(judge([], {former: edited})).toEqual([`${rule}: changed since it was written, and watch may still read it: remove it by hand`]);
    const readers = overlay({
      a: ['./config/watch:/w'],
      b: ['./config/watch/rules/:/r'],
      c: ['./config/watch:/w'],
      d: ['./config/watchers:/w'],
    });
    expect(judge([], {former: edited, files: [readers]})).toEqual([expect.stringContaining('and a and 2 more services may still read it')]);
  });

  test.each([
    ['is mounted by itself at most', 'config/door/chain.conf'],
    ['lies in a folder that only begins with the same letters', 'config/watchman/a.conf'],
    ['belongs to what is not selected', 'config/lamp/lamp.conf'],
    ['is an overlay', '13-docker-compose.Infra.dev.extras.yml'],
    ['is a secret', 'secrets/lamp_password'],
  ])('stays when it %s: nobody reads it', (_, path) => {
    expect(judge([path])).toEqual([expect.stringContaining(': compose does not read it')]);
  });

  test.each([
    ['itself', rule],
    ['with its folder', 'config/watch/rules'],
    ['with the folder of its component', 'config/watch'],
  ])("stays when an overlay of the operator's names it, %s", (_, name) => {
    const why = 'an overlay of yours names it: remove it by hand when nothing needs it';
    expect(judge([rule], {named: [name]})).toEqual([`${rule}: ${why}`]);
    expect(judge([], {former: edited, named: [name]})).toEqual([`${rule}: ${why}`]);
  });

  test('is removed when an overlay of the operator names something beside it', () => {
    expect(judge([rule], {named: ['config/watch/rules/lamp', 'config/wat', 'config/door']})).toEqual([`unneeded ${rule}`]);
  });

  test('stays as long as a service of the same component runs that is not selected', () => {
    const staying = (component: string | undefined) => [{service: 'watch-2', component}];
    expect(judge([rule], {staying: staying('watch')})).toEqual([
      `${rule}: watch-2 is not selected, runs on and may need it; it goes with --remove`,
    ]);
    expect(judge([rule], {staying: [...staying('lamp'), ...staying(undefined)]})).toEqual([`unneeded ${rule}`]);
    const shop = [overlay({shop: ['./config/shop-blue:/c']})];
    expect(judge(['config/shop-blue/a.conf'], {files: shop, staying: staying('shop.blue')})).toEqual([
      expect.stringContaining('watch-2 is not selected'),
    ]);
  });
});

describe('what nobody reads', () => {
  test('is said as its folder, unless something else is in that', () => {
    const why = 'compose does not read it';
    expect(judge(['config/lamp/lamp.conf', 'config/lamp/parts/bulb.conf', 'config/door/chain.conf', '13.yml'])).toEqual([
      `config/lamp/: ${why}`,
      `config/door/chain.conf: ${why}`,
      `13.yml: ${why}`,
    ]);
    expect(judge(['config/lamp/a.conf', 'config/lamp/b.conf'], {named: ['config/lamp/b.conf']})).toEqual([
      `config/lamp/a.conf: ${why}`,
      expect.stringContaining('config/lamp/b.conf: an overlay of yours'),
    ]);
  });
});

test('files are named in overlays however they are written, a whole config folder is no name of a file', () => {
  const text = [
    'services:',
    '  mine:',
    '    env_file: config/shop/mine.env',
    '    volumes: [./config/watch/rules/:/r:ro, "/srv/infra/config/lamp/a.conf:/a", ./config:/backup]',
    '    # - ./config/door:/d',
    '    configs: {a: {file: ./config/x/y.json}}',
    '    image: reconfig/tool:1',
  ].join('\n');
  expect(namedIn(text)).toEqual(['config/shop/mine.env', 'config/watch/rules', 'config/lamp/a.conf', 'config/door', 'config/x/y.json']);
});
