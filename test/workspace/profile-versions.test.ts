/** Profiles of every version that ever was, and how one becomes the next. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {migrated, newerVersion, type Step, steps} from '../../source/workspace/profile-versions.ts';
import {importProfile} from '../../source/workspace/profiles.ts';

const recorded = (version: number) => readFileSync(join(import.meta.dirname, 'documents', `profile-v${version}.yml`), 'utf8');

const versions = [...Array(steps.length + 1).keys()].map(index => index + 1);

test.each(versions)('a recorded profile of version %d is read as one of today', version => {
  expect(importProfile(recorded(version), 'recorded.yml')).toEqual({
    version: steps.length + 1,
    name: 'shop',
    savedAt: '2026-03-01T12:00:00.000Z',
    answers: {
      tier: 'standard',
      environment: 'prod',
      strategy: 'incremental',
      components: {gateway: 'standalone', 'app.blog': 'standalone', sql: 'cluster'},
      settings: {platform: {domain: 'example.test'}, 'app.blog': {replicas: '2'}},
    },
  });
});

describe('versions, with steps of a history that is longer:', () => {
  const history: readonly Step[] = [
    ({title, ...rest}) => ({...rest, name: title}),
    ({answers, ...rest}) => ({...rest, answers: {stage: answers}}),
  ];

  test.each([
    ['the first goes through every step', {version: 1, title: 'a', answers: 'dev'}, {version: 3, name: 'a', answers: {stage: 'dev'}}],
    ['the second through the last', {version: 2, name: 'a', answers: 'dev'}, {version: 3, name: 'a', answers: {stage: 'dev'}}],
    ['the newest stays', {version: 3, name: 'a', answers: {stage: 'dev'}}, {version: 3, name: 'a', answers: {stage: 'dev'}}],
    ['a newer one stays', {version: 4, title: 'a'}, {version: 4, title: 'a'}],
    ['none stays', {title: 'a'}, {title: 'a'}],
    ['one that is no number stays', {version: '1', title: 'a'}, {version: '1', title: 'a'}],
    ['one between two stays', {version: 1.5, title: 'a'}, {version: 1.5, title: 'a'}],
    ['what is no mapping stays', ['version', 1], ['version', 1]],
  ])('%s', (_, document, expected) => {
    const before = structuredClone(document);
    expect(migrated(document, history)).toEqual(expected);
    expect(document).toEqual(before);
  });

  test.each([
    [{version: 3}, undefined],
    [{version: 4}, 4],
    [{version: 0}, undefined],
    [{version: -1}, undefined],
    [{version: 'new'}, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j is newer: %s', (document, newer) => {
    expect(newerVersion(document, history)).toBe(newer);
  });
});
