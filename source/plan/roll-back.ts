/** Way back x observed -> the plan of a roll back: the steps, each with its cause, or why there is none. Pure. */
import {plannedData} from './data.ts';
import {type ImageLock, type LocalImage, lockedDigest, platformOf, shortDigest} from './image-lock.ts';
import type {ServiceModel} from './model.ts';
import type {ObservedContainer, ObservedEngine} from './observed.ts';
import {inDependencyOrder} from './order.ts';
import type {Plan, PlannedPhase, PlannedService, Step} from './plan.ts';
import {pullSteps} from './pull-steps.ts';
import {removalSteps, removed, step} from './roll-back-removal.ts';
import type {VolumeModel} from './services.ts';

/** What is rolled back: asked for when a phase failed, and written down for as long as it is under way. */
export interface RollBackRequest {
  readonly project: string;
  /** The phase that did not come up. */
  readonly phase: string;
  /** Services that this rollout created in it: what is removed where the phase never came up before. */
  readonly created: readonly string[];
}

/** What can be done about a phase that does not come up. */
export type RollBack =
  /** It goes back to what it last came up from. */
  | {
      readonly kind: 'back';
      readonly phases: readonly string[];
      readonly at: number;
      readonly wider: string | undefined;
      readonly plan: Plan;
    }
  /** It never came up: what was started of it is removed, with all data kept. */
  | {readonly kind: 'remove'; readonly phases: readonly string[]; readonly plan: Plan}
  | {readonly kind: 'not'; readonly phases: readonly string[]; readonly why: string; readonly next: string};

export interface RollBackInput {
  readonly project: string;
  /** Phases of the platform, in order. */
  readonly phases: readonly {readonly id: string; readonly title: string}[];
  /** Those that go back. */
  readonly back: readonly string[];
  /** When the failed phase last came up, milliseconds since 1970. */
  readonly at: number;
  readonly wider: string | undefined;
  /** Files that are not what they will be. */
  readonly files: readonly string[];
  /** Files that were not there, and that would be read. @default none */
  readonly unneeded?: readonly string[];
  /** All services of the merged overlays, as they will be. */
  readonly services: readonly ServiceModel[];
  /** In which they keep data. @default none */
  readonly volumes?: readonly VolumeModel[];
  readonly hashes: ReadonlyMap<string, string>;
  /** As it will be. */
  readonly lock: ImageLock;
  readonly engine: ObservedEngine;
  /** Services of the phases that go back, as the overlays name them now. */
  readonly present: readonly string[];
  /** It was begun before and cut off: what is done of it already is no reason to think that there is nothing to do. */
  readonly begun: boolean;
}

/** `2026-11-20 10:00 UTC`. */
const dateText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const splitImage = (image: string): {readonly name: string; readonly major: number | undefined} => {
  const [, name = image, tag = ''] = /^(.+?)(?::([^:/@]+))?(?:@.+)?$/.exec(image) ?? [];
  const major = /^v?(\d+)(?=[.-]|$)/.exec(tag)?.[1];
  return {name, major: major === undefined ? undefined : Number(major)};
};

/** What a newer major version made of its data, an older one may not read: a database then does not start, or does harm. */
const olderMajor = (from: string, to: string): boolean => {
  const [now, then] = [splitImage(from), splitImage(to)];
  return now.name === then.name && now.major !== undefined && then.major !== undefined && then.major < now.major;
};

/** Services that can not go back. */
const stuck = ({services, back, engine}: RollBackInput): string | undefined => {
  const found = services
    .filter(({phase}) => back.includes(phase))
    .flatMap(service =>
      engine.containers
        .filter(one => one.service === service.name && one.volumes.length > 0 && olderMajor(one.image, service.image))
        .map(
          ({service: name, image, volumes}) =>
            `${name} ran ${image}, which may have changed what is in ${volumes.join(', ')}; ${service.image} may not read it.`,
        ),
    );
  return found.length === 0 ? undefined : found.join(' ');
};

const isRight = (service: ServiceModel, {state, health, exitCode}: ObservedContainer): boolean =>
  service.isJob ? state === 'exited' && exitCode === 0 : state === 'running' && (!service.hasHealthCheck || health !== 'unhealthy');

type Move = readonly [op: PlannedService['op'], cause: string];

const lockedOf = (image: string, {lock, engine}: Pick<RollBackInput, 'lock' | 'engine'>): string | undefined =>
  image.includes('@') ? undefined : lockedDigest(lock, image, platformOf(engine.info.architecture));

/** An image whose name means another build by now is not the one that ran: not even one that was named so by hand. */
const withoutOthers = ({engine, lock}: RollBackInput): ObservedEngine => {
  const isLocked = ([image, {digests}]: readonly [string, LocalImage]) => {
    const locked = lockedOf(image, {lock, engine});
    return locked === undefined || digests.includes(locked);
  };
  return {...engine, images: new Map([...engine.images].filter(isLocked))};
};

const moveOf = (service: ServiceModel, {engine, hashes, lock, at}: RollBackInput): Move => {
  const containers = engine.containers.filter(one => one.service === service.name);
  const [container] = containers;
  if (!container) return service.replicas === 0 ? ['keep', 'none wanted'] : ['create', 'was there and is not any more'];
  const image = containers.find(one => one.image !== service.image)?.image;
  if (image !== undefined) return ['recreate', `goes back from ${image} to ${service.image}`];
  const hash = hashes.get(service.name);
  if (hash !== undefined && containers.some(({configHash}) => configHash !== hash)) {
    return ['recreate', `its settings go back to those of ${dateText(at)}`];
  }
  const locked = lockedOf(service.image, {lock, engine});
  const local = engine.images.get(service.image);
  if (local === undefined && locked !== undefined) return ['recreate', `goes back to the build ${shortDigest(locked)} of ${service.image}`];
  if (local !== undefined && containers.some(({imageId}) => imageId !== local.id))
    return ['recreate', `runs another build of ${service.image}`];
  if (containers.every(one => isRight(service, one)) && containers.length === service.replicas) return ['keep', 'runs as it did before'];
  return ['start', 'did not change, and does not run as it should'];
};

const phaseOf = (input: RollBackInput, {id, title}: RollBackInput['phases'][number], pulled: Set<string>): readonly PlannedPhase[] => {
  const members = inDependencyOrder(input.services).filter(({phase}) => phase === id);
  if (!input.back.includes(id) || members.length === 0) return [];
  const pulls = pullSteps(members, input.lock, input.engine).filter(({resource}) => !pulled.has(resource));
  for (const {resource} of pulls) pulled.add(resource);
  const moves = members.map(service => ({service, move: moveOf(service, input)}));
  return [
    {
      id,
      title,
      steps: [...pulls, ...moves.map(({service, move: [op, cause]}) => step(op, service.name, cause))],
      // Nothing of it can be left out: half of it back is neither the one state nor the other.
      services: moves.map(({service, move: [op]}) => ({
        ...service,
        op,
        neededBy: ['the roll back'],
        ...plannedData(service.name, input.volumes ?? [], input.engine.volumes),
      })),
    },
  ];
};

const withRemovals = (phases: readonly PlannedPhase[], steps: readonly Step[]): readonly PlannedPhase[] =>
  phases.map((phase, index) => (index === 0 ? {...phase, steps: [...steps, ...phase.steps]} : phase));

/** Back to what the phases last came up from. */
export const planRollBack = (given: RollBackInput): RollBack => {
  const input = {...given, engine: withoutOthers(given)};
  const {project, phases, back, at, wider, files, unneeded = [], services, engine, present} = input;
  const why = stuck(input);
  if (why !== undefined) {
    return {
      kind: 'not',
      phases: back,
      why,
      next: 'Mend the newer version, or restore the data from a backup of before and set the older version again.',
    };
  }
  const names = new Set(services.map(({name}) => name));
  const gone = removed(engine.containers.filter(({service}) => present.includes(service) && !names.has(service)));
  const pulled = new Set<string>();
  const planned = phases.flatMap(phase => phaseOf(input, phase, pulled));
  const isSame = planned.every(({steps}) => steps.every(({op}) => op === 'keep' || op === 'start'));
  if (!given.begun && isSame && files.length + unneeded.length + gone.length === 0) {
    return {
      kind: 'not',
      phases: back,
      why: 'It is what it last came up from. What changed lies elsewhere: in your own overlay, in a secret, in its data, or on this host.',
      next: 'Mend that, then try again.',
    };
  }
  const plan: Plan = {
    project,
    files: [
      ...files.map(path => step('write', path, `goes back to what it was on ${dateText(at)}`)),
      ...unneeded.map(path => step('remove', path, `was not there on ${dateText(at)}`)),
    ],
    phases: withRemovals(planned, removalSteps(gone, 'was not there before')),
    removal: {services: gone, networks: []},
    allAtOnce: false,
    changes: true,
  };
  return {kind: 'back', phases: back, at, wider, plan};
};
