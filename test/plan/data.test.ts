import {expect, test} from 'vitest';
import {goneFrom, type KnownVolume, keptVolumes, lostVolumes, plannedData} from '../../source/plan/data.ts';
import type {VolumeModel} from '../../source/plan/services.ts';

const volumes: readonly VolumeModel[] = [
  {name: 'house_goods', services: ['store', 'backup'], components: ['store']},
  {name: 'house_oil', services: ['lamp'], components: []},
  {name: 'house_idle', services: [], components: []},
];

const known = (name: string, madeAt = 100): KnownVolume => ({name, madeAt, seenAt: 500});

test('what services have of their data is what the engine has of it', () => {
  const present = new Map([
    ['house_goods', 100],
    ['elsewhere', 100],
  ]);
  expect(keptVolumes(['store', 'lamp'], volumes, present)).toEqual([{name: 'house_goods', madeAt: 100}]);
  expect(keptVolumes(['gate'], volumes, present)).toEqual([]);
  expect([plannedData('backup', volumes, present), plannedData('lamp', volumes, present)]).toEqual([{data: ['house_goods']}, {}]);
});

test.each<[string, readonly KnownVolume[], Readonly<Record<string, number>>, readonly string[]]>([
  ['nothing is known', [], {}, []],
  ['it is there', [known('house_goods')], {house_goods: 100}, []],
  ['it is gone', [known('house_goods')], {house_oil: 100}, ['house_goods of store, backup, gone']],
  ['it was made anew', [known('house_goods')], {house_goods: 101}, ['house_goods of store, backup, made at 101']],
  ['the clock was set back', [known('house_goods')], {house_goods: 99}, []],
  ['the engine did not say when it was made', [known('house_goods', 0)], {house_goods: 100}, []],
  ['it does not say so any more', [known('house_goods')], {house_goods: 0}, []],
  ['nothing keeps data in it any more', [known('house_idle')], {}, []],
  ['no overlay names it any more', [known('house_attic')], {}, []],
  ['two are gone', [known('house_oil'), known('house_goods')], {}, ['house_oil of lamp, gone', 'house_goods of store, backup, gone']],
])('when %s', (_, before, present, expected) => {
  const lost = lostVolumes(before, volumes, new Map(Object.entries(present)));
  const text = lost.map(({name, services, madeAnewAt}) => {
    const now = madeAnewAt === undefined ? 'gone' : `made at ${madeAnewAt}`;
    return `${name} of ${services.join(', ')}, ${now}`;
  });
  expect(text).toEqual(expected);
});

test('of a service only what is gone is gone, not what was made anew', () => {
  const lost = lostVolumes([known('house_goods'), known('house_oil')], volumes, new Map([['house_oil', 200]]));
  expect([goneFrom('backup', lost), goneFrom('lamp', lost), goneFrom('gate', lost)]).toEqual([['house_goods'], [], []]);
});
