/** `npm run survive -- [--kills 1000] [--seed N] [--trace]`: the long run. Exits with 1 at the first end that is not good. */
import {parseArgs} from 'node:util';
import {survive} from './survive.ts';

const {values} = parseArgs({options: {kills: {type: 'string', default: '1000'}, seed: {type: 'string'}, trace: {type: 'boolean'}}});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const say = (line: string) => console.log(line);
const began = performance.now();
console.log(`seed ${seed}, ${values.kills} kills`);
try {
  const result = await survive({kills: Number(values.kills), seed, say, ...(values.trace && {trace: say})});
  console.log(JSON.stringify(result, undefined, 2));
  console.log(`No bad end in ${Math.round((performance.now() - began) / 1000)} s.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
