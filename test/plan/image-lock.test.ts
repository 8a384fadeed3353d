import {describe, expect, test} from 'vitest';
import {type ImageLock, platformOf, recordImages} from '../../source/plan/image-lock.ts';
import {acceptMoves, imageMoves, type MovesInput} from '../../source/plan/image-moves.ts';

const digest = (figure: string) => `sha256:${figure.repeat(64)}`;
const [a, b, c] = [digest('a'), digest('b'), digest('c')];
const amd = 'linux/amd64';
const arm = 'linux/arm64';

const entry = (reference: string, services: readonly string[], digests: Readonly<Record<string, string>>): ImageLock[number] => ({
  reference,
  services,
  digests: new Map(Object.entries(digests)),
});
const local = (images: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(images).map(([reference, digests]) => [reference, {id: `id of ${reference}`, digests}]));
const running = (services: Readonly<Record<string, string>>) =>
  Object.entries(services).map(([name, image]) => ({name, image, component: name}));

test.each([
  ['x86_64', amd],
  ['aarch64', arm],
  ['armv7l', 'linux/arm/v7'],
  ['riscv64', 'linux/riscv64'],
])('an engine on %s runs images of %s', (architecture, platform) => {
  expect(platformOf(architecture)).toBe(platform);
});

describe('what a rollout writes down', () => {
  const record = (lock: ImageLock, services: Readonly<Record<string, string>>, images: Readonly<Record<string, readonly string[]>>) =>
    recordImages(lock, {services: running(services), images: local(images), platform: amd});

  test('the digest of each image that is there, with all services that run it', () => {
    expect(record([], {lamp: 'lamp:2', door: 'door:1', gate: 'door:1'}, {'lamp:2': [b], 'door:1': [a]})).toEqual([
      entry('door:1', ['door', 'gate'], {[amd]: a}),
      entry('lamp:2', ['lamp'], {[amd]: b}),
    ]);
  });

  test('not what is not there yet, nor what no registry knows', () => {
    expect(record([], {lamp: 'lamp:2', own: 'own:1'}, {'own:1': []})).toEqual([]);
  });

  test('nothing else where the lock has spoken, and its word for other platforms stays', () => {
    const lock = [entry('door:1', ['door'], {[arm]: c, [amd]: a})];
    expect(record(lock, {door: 'door:1'}, {'door:1': [b]})).toEqual(lock);
    expect(record([entry('door:1', ['door'], {[arm]: c})], {door: 'door:1'}, {'door:1': [a]})).toEqual([
      entry('door:1', ['door'], {[arm]: c, [amd]: a}),
    ]);
  });

  test('nothing while the engine is away: what was written stays', () => {
    const lock = [entry('door:1', ['door'], {[amd]: a})];
    expect(record(lock, {door: 'door:1', lamp: 'lamp:2'}, {})).toEqual(lock);
  });

  test('an earlier version stays until the next one is there, and goes with its service', () => {
    const lock = [entry('door:1', ['door'], {[amd]: a})];
    expect(record(lock, {door: 'door:2'}, {})).toEqual(lock);
    expect(record(lock, {door: 'door:2'}, {'door:2': [b]})).toEqual([entry('door:2', ['door'], {[amd]: b})]);
    expect(record(lock, {lamp: 'lamp:2'}, {})).toEqual([]);
  });
});

describe('what an update would move', () => {
  const moves = (lock: ImageLock, services: Readonly<Record<string, string>>, remote: MovesInput['remote'], settings = {}) =>
    imageMoves({lock, services: running(services), remote, platform: amd, answers: {settings}});
  const lock = [entry('door:1', ['door', 'gate'], {[amd]: a, [arm]: a})];

  test.each([
    ['the tag means what is locked', {door: 'door:1'}, a, 'same', 'the lock names what the tag means'],
    ['the tag was moved', {door: 'door:1'}, b, 'moved', `its publisher moved the tag from ${a.slice(0, 19)}`],
    ['the version of the catalogue moved', {door: 'door:2'}, b, 'replaced', 'was door:1; this version of infra-wizard brings it'],
    ['something new', {lamp: 'lamp:2'}, b, 'new', 'not pulled from here yet'],
  ])('%s', (_, services, now, change, cause) => {
    const [reference = ''] = Object.values(services);
    expect(moves(lock, services, new Map([[reference, {digest: now}]]))).toMatchObject([{reference, change, cause, now}]);
  });

  test('an image that the operator chose is said to be his', () => {
    const remote = new Map([['shop:9', {digest: b}]]);
    const before = [entry('shop:8', ['shop'], {[amd]: a})];
    expect(moves(before, {shop: 'shop:9'}, remote, {shop: {image: 'shop:9'}})).toMatchObject([
      {change: 'replaced', cause: 'was shop:8; shop.image says so'},
    ]);
  });

  test('a registry that can not be asked is said, with its words made harmless', () => {
    expect(moves(lock, {door: 'door:1'}, new Map([['door:1', {reason: 'no\u001b[2J'}]]))).toMatchObject([{change: 'unknown', locked: a}]);
    expect(moves(lock, {door: 'door:1'}, new Map([['door:1', {reason: 'no\u001b[2J'}]]))[0]?.cause).not.toContain('\u001b');
  });

  test('accepted, it moves every platform that had the old build, and leaves what could not be asked', () => {
    const own = entry('lamp:2', ['lamp'], {[amd]: c});
    const found = moves([...lock, own], {door: 'door:1', gate: 'door:1', lamp: 'lamp:2'}, new Map([['door:1', {digest: b}]]));
    expect(acceptMoves([...lock, own], found, amd)).toEqual([entry('door:1', ['door', 'gate'], {[amd]: b, [arm]: b}), own]);
  });

  test('accepted, a service that changed its image leaves the entry of the old one', () => {
    const found = moves(
      lock,
      {door: 'door:2', gate: 'door:1'},
      new Map([
        ['door:2', {digest: b}],
        ['door:1', {digest: a}],
      ]),
    );
    expect(acceptMoves(lock, found, amd)).toEqual([entry('door:1', ['gate'], {[amd]: a, [arm]: a}), entry('door:2', ['door'], {[amd]: b})]);
  });
});
