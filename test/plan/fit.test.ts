import {describe, expect, test} from 'vitest';
import {type Capacity, largestFitting, shortagesOf} from '../../source/plan/fit.ts';
import {theCatalog} from '../catalogue/support.ts';

const {tiers} = (await theCatalog()).platform;
const gibibyte = 2 ** 30;
const sized = (cpus: number, memory: number, disk: number | undefined): Capacity => ({
  cpus,
  memory: memory * gibibyte,
  diskFree: disk === undefined ? undefined : disk * 1e9,
});

describe('the tier a host starts with', () => {
  test.each<readonly [string, Capacity, string | undefined]>([
    ['what is sold as 4 CPUs, 8 GB and 50 GB', sized(4, 7.6, 46), 'minimal'],
    ['what is sold as 8 CPUs, 16 GB and 100 GB', sized(8, 15.6, 91), 'standard'],
    ['a host for ten platforms: clusters want several hosts', sized(64, 512, 4000), 'standard'],
    ['much memory and few processors', sized(4, 64, 400), 'minimal'],
    ['a disk that is full already', sized(8, 15.6, 60), 'minimal'],
    ['a disk that could not be measured', sized(8, 15.6, undefined), 'standard'],
    ['too little memory for any', sized(4, 3.8, 80), undefined],
    ['too few processors for any', sized(2, 7.6, 80), undefined],
  ])('of %s', (_, host, expected) => {
    expect(largestFitting(tiers, host)?.id).toBe(expected);
  });

  test('says of everything how much there is and how much is wanted', () => {
    const largest = tiers.at(-1);
    expect(largest && shortagesOf(largest, sized(4, 8, 20))).toEqual([
      {of: 'hosts', have: 1, want: 3},
      {of: 'cpus', have: 4, want: 8},
      {of: 'memory', have: 8 * gibibyte, want: 16 * gibibyte},
      {of: 'disk', have: 20e9, want: 100e9},
    ]);
  });
});
