/** Three hundred kills at random moments, judged from files and from the engine: no end is a bad one. `npm run survive` makes more of them. */
import {describe, expect, test} from 'vitest';
import {engineSupport, titled} from '../helpers/engine-for-tests.ts';
import {survive} from '../survival/survive.ts';

const support = await engineSupport();

/** The same blows each time, so that what one run finds the next one can look at. */
const {SURVIVAL_SEED: seed = '20261125', SURVIVAL_KILLS: kills = '300'} = process.env;

describe.runIf(support.kind === 'sandbox')(titled('survival', support, 'faults'), () => {
  test(`${kills} kills at random moments (seed ${seed}) leave whole files, the same data, and a run that reaches the goal`, async () => {
    const result = await survive({kills: Number(kills), seed: Number(seed), say: line => console.log(line)});
    console.log(JSON.stringify(result));
    expect(result.kills).toBeGreaterThanOrEqual(Number(kills));
    expect(result.resumes).toBeGreaterThanOrEqual(Math.floor(Number(kills) / 10));
  }, 900_000);
});
