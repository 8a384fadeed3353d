/** The host against what the tier needs. Ratios: half the processors, 7 of 8 GB and 20 of 50 GB are the least that was seen to work. */
import type {Tier} from '../../catalog/catalog.ts';
import {type Check, failed, fine, type Outcome, weak} from '../check.ts';
import type {PreflightContext} from '../facts.ts';

const ratios = {
  cpus: {block: 0.5, warn: 1},
  memory: {block: 0.875, warn: 0.875},
  available: 0.7,
  free: {block: 0.4, warn: 0.7},
  total: 0.9,
};

/** Below this a running platform comes to a halt. Bytes. */
const leastFree = 5e9;

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1).replace(/\.0$/, '')} GB`;

/** Memory is sold and counted in powers of two. */
const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1).replace(/\.0$/, '')} GiB`;

const smaller = ({id}: Tier) => `Choose a smaller tier than ${id}, or leave components out.`;

/** What counts is what the engine has: it may run in a virtual machine or on another host. */
const sizesOf = ({engine, host}: PreflightContext) =>
  engine.kind === 'ready' ? engine.engine.info : {cpus: host.cpus, memory: host.memory};

const isDeployed = ({engine}: PreflightContext) => engine.kind === 'ready' && engine.engine.containers.length > 0;

const hasTier = ({tier}: PreflightContext) => tier !== undefined;

/** A check that is made against a tier, and does not apply without one. */
const ofTier = (
  check: Omit<Check, 'applies' | 'run'>,
  applies: (context: PreflightContext) => boolean,
  run: (tier: Tier, context: PreflightContext) => Outcome,
): Check => ({
  ...check,
  applies: context => hasTier(context) && applies(context),
  run: context => (context.tier ? run(context.tier, context) : fine('')),
});

const cpus = ofTier(
  {id: 'D41', title: 'Processors', level: 'blocking'},
  () => true,
  (tier, context) => {
    const have = sizesOf(context).cpus;
    const what = `${have} processors, and ${tier.title} is made for ${tier.cpus}`;
    if (have < tier.cpus * ratios.cpus.block) return failed(what, smaller(tier), 'Or give this host more processors.');
    if (have < tier.cpus * ratios.cpus.warn) return weak(what, 'It will be slow when everything starts at once.');
    return fine(what);
  },
);

const memory = ofTier(
  {id: 'D42', title: 'Memory', level: 'blocking'},
  () => true,
  (tier, context) => {
    const have = sizesOf(context).memory;
    const what = `${gibibytes(have)} of memory, and ${tier.title} is made for ${gibibytes(tier.memory)}`;
    return have < tier.memory * ratios.memory.block ? failed(what, smaller(tier), 'Or give this host more memory.') : fine(what);
  },
);

const memoryAvailable = ofTier(
  {id: 'D43', title: 'Free memory', level: 'warning'},
  context => context.local && !isDeployed(context),
  (tier, {host}) => {
    const what = `${gibibytes(host.memoryAvailable)} of memory are free now`;
    return host.memoryAvailable < Math.min(tier.memory, host.memory) * ratios.available
      ? failed(`${what}: other programs use much of it`, 'See which: ps aux --sort=-rss | head')
      : fine(what);
  },
);

const diskTotal = ofTier(
  {id: 'D44', title: 'Disk', level: 'warning'},
  ({disk}) => disk !== undefined,
  (tier, {disk}) => {
    const what = `${gigabytes(disk?.total ?? 0)} of disk at ${disk?.path ?? ''}, and ${tier.title} is made for ${gigabytes(tier.disk)}`;
    return (disk?.total ?? 0) < tier.disk * ratios.total ? failed(what, 'Give this host a larger disk before the data grows.') : fine(what);
  },
);

/** Images and data that are there already count as what the tier needs: a running platform is only held to the least. */
const diskFree = ofTier(
  {id: 'D45', title: 'Free disk', level: 'blocking'},
  ({disk}) => disk !== undefined,
  (tier, context) => {
    const free = context.disk?.free ?? 0;
    const what = `${gigabytes(free)} free at ${context.disk?.path ?? ''}`;
    const remedies = ['See what can go: docker system df; then: docker image prune', 'Or give this host a larger disk.'];
    const block = isDeployed(context) ? leastFree : tier.disk * ratios.free.block;
    if (free < block) return failed(`${what}, and at least ${gigabytes(block)} are needed`, ...remedies);
    if (!isDeployed(context) && free < tier.disk * ratios.free.warn) return weak(`${what}: enough to start, little to grow`, ...remedies);
    return fine(what);
  },
);

/** Limits are promises: when all of them are kept at once and there is less, the kernel chooses what it ends. */
const memoryLimits: Check = {
  id: 'D48',
  title: 'Memory of all services',
  level: 'blocking',
  applies: ({memoryLimit}) => memoryLimit > 0,
  run: context => {
    const have = sizesOf(context).memory;
    const what = `the services may use ${gibibytes(context.memoryLimit)} together, and there are ${gibibytes(have)}`;
    if (context.memoryLimit <= have) return fine(what);
    return failed(what, 'Leave components out, or choose smaller variants.', 'Or give this host more memory.');
  },
};

const servers = ofTier(
  {id: 'D59', title: 'Servers', level: 'warning'},
  ({tier}) => (tier?.hosts ?? 1) > 1,
  tier =>
    failed(
      `${tier.title} is made for ${tier.hosts} servers, and this is one: all members of a cluster are lost together with it`,
      'Take it for a rehearsal.',
    ),
);

export const resourceChecks: readonly Check[] = [cpus, memory, memoryAvailable, memoryLimits, diskTotal, diskFree, servers];
