/**
 * `npm run bench [start|core|keys|status|rollout]`: ratios taken in one run, since machines differ and are busy. Nothing here passes or fails.
 *
 * Of `rollout`: `--store overlay2|containerd`, `--runs N`, `--rate MB` a second (0: no limit), `--tier T`, `--strategy S`, `--ignore CHECK` (repeatable), `--start SERVICE=SECONDS`
 * (how long a service takes to get healthy, repeatable). Of `rollout` and `status`: `--build NAME=FILE` (another build of the program in the same run, repeatable).
 */
import {parseArgs} from 'node:util';
import {sandboxSupport} from '../sandbox/sandbox.ts';
import {parse, readSources, runCore} from './core.ts';
import {measureKeys} from './keys.ts';
import {compareRollouts, type RolloutTimes} from './rollout.ts';
import {measureStart} from './start.ts';
import {median, spread} from './statistics.ts';
import {type Cost, measureStatus} from './status.ts';

const ratios = (values: readonly number[], base: readonly number[]) => values.map((value, index) => value / (base[index] ?? Number.NaN));

const benchStart = async () => {
  const {node, version, frame} = await measureStart(11);
  console.log(`start, against \`node -e 0\` (${median(node).toFixed(0)} ms), Node ${process.version}`);
  console.log(`  --version    ${spread(ratios(version, node))}   goal 1.3`);
  console.log(`  first frame  ${spread(ratios(frame, node))}   goal 3.5`);
};

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const benchCore = async () => {
  const sources = await readSources();
  const load = timed(() => parse(sources));
  const catalog = parse(sources);
  const {services, files} = runCore(catalog);
  const times = Array.from({length: 15}, () => timed(() => runCore(catalog)));
  console.log(`core, ${services} services in ${files} files`);
  console.log(`  catalogue read and checked, first time  ${load.toFixed(0)} ms`);
  console.log(`  selection, overlays, plan               ${spread(times, 1)} ms   goal 50 ms`);
};

const benchKeys = async () => {
  const {moves, picks, phases, filter} = await measureKeys(10);
  console.log('keys, from the press to the changed frame, picker with the whole catalogue at 80x24');
  console.log(`  moving the cursor         ${spread(moves, 1)} ms   goal 50 ms`);
  console.log(`  picking, other variant    ${spread(picks, 1)} ms   goal 50 ms`);
  console.log(`  all of a phase            ${spread(phases, 1)} ms   goal 50 ms`);
  console.log(`  typing a filter           ${spread(filter, 1)} ms   goal 50 ms`);
};

const {values: options, positionals: asked} = parseArgs({
  allowPositionals: true,
  options: {
    store: {type: 'string', multiple: true, default: ['overlay2', 'containerd']},
    runs: {type: 'string', default: '3'},
    rate: {type: 'string', default: '25'},
    tier: {type: 'string', default: 'minimal'},
    strategy: {type: 'string', default: 'incremental'},
    ignore: {type: 'string', multiple: true, default: []},
    build: {type: 'string', multiple: true, default: []},
    start: {type: 'string', multiple: true, default: []},
  },
});

const pairs = (values: readonly string[]) => new Map(values.map(value => [value.split('=')[0] ?? '', value.split('=')[1] ?? ''] as const));

const seconds = (values: readonly number[]) =>
  spread(
    values.map(ms => ms / 1000),
    1,
  );

const costText = ({cpu, memory}: Cost) => `${cpu.toFixed(1).padStart(5)} % of a core, ${memory.toFixed(0)} MB`;

const benchStatus = async () => {
  if (process.platform !== 'linux') return console.log('status: not measured, processor time is read from /proc');
  const {all, window, polling, dockerStats, deaths, keys, requests, builds} = await measureStatus(20, pairs(options.build));
  console.log('status, 200 services at a sample a second, the built program in a terminal');
  console.log(`  all 200 on the screen           ${costText(all)}, ${requests.toFixed(0)} requests a second   goal 10 %, 150 MB`);
  console.log(`  in a window of 60 rows          ${costText(window)}`);
  console.log(`  list, inspect and stats of all  ${costText(polling)}`);
  console.log(`  docker stats                    ${dockerStats ? costText(dockerStats) : 'not measured: no docker program'}`);
  console.log(`  from a death to the terminal    ${spread(deaths, 0)} ms   goal 500 ms`);
  console.log(`  1,000 services, key to frame    ${spread(keys, 0)} ms   goal 100 ms`);
  const cpus = (costs: readonly Cost[] = []) => costs.map(({cpu}) => cpu);
  const own = cpus(builds.get('this build'));
  for (const [name, costs] of builds) {
    const share = name !== 'this build' ? `, of which this build takes ${spread(ratios(own, cpus(costs)))}` : '';
    console.log(`  side by side: ${name.padEnd(17)} ${spread(cpus(costs), 1)} % of a core, ${costs.at(-1)?.memory.toFixed(0)} MB${share}`);
  }
};

const benchStore = async (store: 'overlay2' | 'containerd') => {
  const {runs, rate, tier, strategy, ignore, build, start} = options;
  const {wizard, compose} = await compareRollouts({
    ...{store, runs: Number(runs), bytesPerSecond: Number(rate) > 0 ? Number(rate) * 1e6 : undefined},
    ...{tier, strategy, ignore, builds: pairs(build)},
    starts: new Map([...pairs(start)].map(([service, value]) => [service, Number(value)])),
  });
  const of = (times: readonly RolloutTimes[], key: keyof RolloutTimes) => times.map(time => time[key]);
  const speed = Number(rate) > 0 ? `${rate} MB/s` : 'no limit';
  console.log(`rollout of all phases, ${tier}, ${strategy}, cold engine, ${speed}, ${store}, against compose pull && compose up --wait`);
  console.log(`  compose, seconds       ${seconds(of(compose, 'whole'))}, first healthy ${seconds(of(compose, 'firstHealthy'))}`);
  for (const [name, times] of wizard) {
    console.log(`  ${name}, seconds    ${seconds(of(times, 'whole'))}, first healthy ${seconds(of(times, 'firstHealthy'))}`);
    console.log(`    whole rollout          ${spread(ratios(of(times, 'whole'), of(compose, 'whole')))}   goal 0.7`);
    console.log(`    first healthy service  ${spread(ratios(of(times, 'firstHealthy'), of(compose, 'firstHealthy')))}   goal 0.4`);
  }
};

const benchRollout = async () => {
  const support = await sandboxSupport();
  if (!support.ok) return console.log(`rollout: not measured, ${support.reason}`);
  for (const store of ['overlay2', 'containerd'] as const) if (options.store.includes(store)) await benchStore(store);
};

const benches: Readonly<Record<string, () => Promise<void>>> = {
  start: benchStart,
  core: benchCore,
  keys: benchKeys,
  status: benchStatus,
  rollout: benchRollout,
};
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
process.exit(0);
