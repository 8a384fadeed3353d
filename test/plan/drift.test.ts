import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {type DriftFacts, driftCause, mountedFiles} from '../../source/plan/drift.ts';
import type {ObservedFile} from '../../source/plan/observed.ts';
import {relabelled} from '../../source/plan/relabel.ts';
import {render} from '../../source/plan/render.ts';
import {container, engineWith, service} from '../helpers/observed.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
const selection = selected(catalog, {});
const path = 'config/door/door.conf';

const statesOf = (state: ObservedFile['state']): readonly ObservedFile[] => [{path, state}];
const doorOf = (kept: Readonly<Record<string, string>>, state: ObservedFile['state'] = 'same') =>
  mountedFiles(render(catalog, selection, new Map(Object.entries(kept))).files, statesOf(state)).get('door');

const written = doorOf({});

const causeOf = (mounted: ReturnType<typeof doorOf>, filesHash: string | undefined, more: Partial<DriftFacts> = {}) =>
  driftCause(
    service('door'),
    {...container('door'), filesHash},
    {
      ...{hashes: new Map(), lock: [], engine: engineWith([], ['door:1'])},
      ...(mounted && {mounted: new Map([['door', mounted]])}),
      ...more,
    },
  );

describe('a service whose configuration', () => {
  test('is what it was started with does not differ', () => {
    expect(written?.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(causeOf(written, written?.hash)).toBeUndefined();
  });

  test('was edited since differs, and the file is named', () => {
    const edited = doorOf({[path]: 'mine'}, 'edited');
    expect(edited).toMatchObject({written: [], edited: [path]});
    expect(edited?.hash).not.toBe(written?.hash);
    expect(causeOf(edited, written?.hash)).toBe(`${path} changed since it was started`);
  });

  test('was edited before it was started does not differ', () => {
    const edited = doorOf({[path]: 'mine'}, 'edited');
    expect(causeOf(edited, edited?.hash)).toBeUndefined();
  });

  test('is written otherwise now differs, and that is said rather than what was edited once', () => {
    expect(causeOf({hash: 'new', written: ['config/a'], edited: ['config/b']}, 'old')).toBe('config/a changes');
    expect(causeOf({hash: 'new', written: ['config/a', 'config/c'], edited: []}, 'old')).toBe('config/a and config/c change');
  });

  test('loses a file now differs, and the file is named, behind what is written', () => {
    const gone = 'config/door/bell/old.sh';
    const mounted = mountedFiles(render(catalog, selection).files, [
      {path: gone, state: 'unneeded'},
      {path: 'config/door/other/old.sh', state: 'unneeded'},
    ]);
    expect(mounted.get('door')).toEqual({...written, removed: [gone]});
    expect(causeOf(mounted.get('door'), 'old')).toBe(`${gone} is removed`);
    expect(causeOf({hash: 'new', written: [], edited: ['config/b'], removed: ['config/a', 'config/c']}, 'old')).toBe(
      'config/a and config/c are removed',
    );
    expect(causeOf({hash: 'new', written: ['config/a'], edited: [], removed: ['config/c']}, 'old')).toBe('config/a and config/c change');
  });

  test('differs in what nobody can name any more', () => {
    expect(causeOf({hash: 'new', written: [], edited: []}, 'old')).toBe('its configuration files changed since it was started');
    expect(causeOf({hash: 'new', written: [], edited: ['a', 'b', 'c']}, 'old')).toBe('a and 2 more files changed since it was started');
  });

  test('is not known, or was not when it was started, is judged by compose alone', () => {
    expect(causeOf(undefined, 'old')).toBeUndefined();
    expect(causeOf(written, undefined)).toBeUndefined();
    expect(causeOf(written, undefined, {hashes: new Map([['door', 'other']])})).toBe('its settings changed');
  });
});

describe('the label in an overlay', () => {
  const overlay = render(catalog, selection).files[0]?.content ?? '';
  const labelIn = (text: string) => parse(text).services.door.labels['infra-wizard.files'];

  test('is changed, and nothing else', () => {
    const next = relabelled(overlay, 'door', '0123456789abcdef') ?? '';
    expect(labelIn(next)).toBe('0123456789abcdef');
    expect(next.replace('0123456789abcdef', labelIn(overlay))).toBe(overlay);
    expect(relabelled(next, 'door', labelIn(overlay))).toBe(overlay);
  });

  test.each(['1234567890123456', '12345678901234e5'])('stays a text when it looks like a number: %s', hash => {
    const next = relabelled(overlay, 'door', hash) ?? '';
    expect(labelIn(next)).toBe(hash);
    expect(relabelled(next, 'door', labelIn(overlay))).toBe(overlay);
  });

  test('is found in a list as well', () => {
    const list = 'services:\n  door:\n    labels: [a=b, "infra-wizard.files=0123456789abcdef"]\n';
    expect(relabelled(list, 'door', 'fedcba9876543210')).toBe(list.replace('0123456789abcdef', 'fedcba9876543210'));
  });

  test('is not looked for in what is no YAML any more', () => {
    expect(relabelled('services: [', 'door', '0123456789abcdef')).toBeUndefined();
  });

  test('of a service that has none, or has it already, needs no change', () => {
    expect(relabelled(overlay, 'lamp', '0123456789abcdef')).toBeUndefined();
    expect(relabelled(overlay, 'door', labelIn(overlay))).toBeUndefined();
  });
});
