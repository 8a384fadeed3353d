import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {moveProblems, moveToOwn} from '../../source/plan/own-overlay.ts';

const path = '12-docker-compose.Infra.dev.rooms.yml';
const before = `services:
  lamp:
    image: lamp:2.0
    command: [shine, --dim]
    environment: {COLOUR: warm, POWER: "5"}
    labels: [room=hall, floor=1]
    ports: ["80:80"]
    deploy: {resources: {limits: {memory: 64m}}}
networks:
  hall: {}
`;
/** The same with another image, as it is written now. */
const next = before.replace('lamp:2.0', 'lamp:2.1');

const moved = (mine: string, own = '# Mine.\nservices: {}\n') => {
  const result = moveToOwn(own, [{path, before, mine, next}]);
  return result.ok ? result.content : result.problems;
};
const edited = (from: string, to: string) => before.replace(from, to);

describe('a change that an overlay can say', () => {
  test.each<[string, string, string, unknown]>([
    ['a value', 'memory: 64m', 'memory: 128m', {deploy: {resources: {limits: {memory: '128m'}}}}],
    ['a new key', 'image: lamp:2.0', 'image: lamp:2.0\n    init: true', {init: true}],
    ['a variable', 'POWER: "5"', 'POWER: "9", MODE: night', {environment: {POWER: '9', MODE: 'night'}}],
    ['a variable of a list', 'floor=1', 'floor=2', {labels: ['floor=2']}],
    ['an entry more', '["80:80"]', '["80:80", "443:443"]', {ports: ['443:443']}],
    ['another command', '[shine, --dim]', '[shine]', {command: ['shine']}],
    ['a command as text', '[shine, --dim]', 'shine', {command: 'shine'}],
  ])('%s', (_, from, to, lamp) => {
    expect(parse(String(moved(edited(from, to))))).toEqual({services: {lamp}});
  });

  test('a whole service, and a section', () => {
    const mine = edited('networks:', '  shed: {image: "shed:1"}\nvolumes: {shed: {}}\nnetworks:');
    expect(parse(String(moved(mine)))).toEqual({services: {shed: {image: 'shed:1'}}, volumes: {shed: {}}});
  });

  test('comments, spaces and the order of keys are none', () => {
    expect(moved(`# Hands off!\n${edited('{COLOUR: warm, POWER: "5"}', '{POWER: "5", COLOUR: warm}')}`)).toBe('# Mine.\nservices: {}\n');
  });
});

describe('a change that an overlay can not say', () => {
  test.each<[string, string, string, string]>([
    ['a removed key', 'ports: ["80:80"]', '', 'services.lamp.ports was removed, and an overlay can only add and change.'],
    ['a removed variable', 'COLOUR: warm, ', '', 'services.lamp.environment.COLOUR was removed, and an overlay can only add and change.'],
    ['a removed entry', '["80:80"]', '["81:80"]', 'services.lamp.ports has lost an entry, and compose only ever adds to that list.'],
    ['a removed label', 'room=hall, ', '', 'services.lamp.labels has lost an entry, and compose only ever adds to that list.'],
    ['another kind', '{COLOUR: warm, POWER: "5"}', '[COLOUR=warm]', 'services.lamp.environment is of another kind than before.'],
    ['no YAML', 'services:', 'services: [', `${path} can not be read as YAML any more.`],
  ])('%s', (_, from, to, problem) => {
    expect(moved(edited(from, to))).toEqual([problem]);
  });

  test('one to a service that is not written any more', () => {
    const change = {path, before, mine: edited('64m', '128m'), next: 'services: {}\nnetworks: {hall: {}}\n'};
    expect(moveProblems(change)).toEqual(['services.lamp is not part of what is written now.']);
  });
});

describe('the own overlay', () => {
  test('keeps its comments and order, and says where what was moved comes from', () => {
    const own = `# Mine.
services:
  # Never touch this.
  shed:
    image: shed:1
`;
    expect(moved(edited('64m', '128m'), own)).toBe(`# Mine.
services:
  # Never touch this.
  shed:
    image: shed:1
  # Moved here from ${path}.
  lamp:
    deploy:
      resources:
        limits:
          memory: 128m
`);
  });

  test('wins where it says something itself, as it did before', () => {
    const own = 'services:\n  lamp:\n    environment: {POWER: "1"}\n    ports: ["8080:80"]\n';
    const mine = edited('POWER: "5"', 'POWER: "9", MODE: night').replace('["80:80"]', '["80:80", "443:443"]');
    expect(parse(String(moved(mine, own)))).toEqual({
      services: {lamp: {environment: {POWER: '1', MODE: 'night'}, ports: ['443:443', '8080:80']}},
    });
  });

  test.each([
    ['', {services: {lamp: {init: true}}}],
    ['# Only a comment.\n', {services: {lamp: {init: true}}}],
    ['services:\n', {services: {lamp: {init: true}}}],
  ])('that is empty (%j) is begun', (own, expected) => {
    expect(parse(String(moved(edited('image: lamp:2.0', 'image: lamp:2.0\n    init: true'), own)))).toEqual(expected);
  });

  test.each([
    ['services: [', 'Your own overlay can not be read as YAML.'],
    ['- a\n', 'Your own overlay is no compose file.'],
  ])('that is broken (%j) is left alone', (own, problem) => {
    expect(moved(edited('64m', '128m'), own)).toEqual([problem]);
  });
});
