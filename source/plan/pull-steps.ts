/** Which images have to be fetched, and why. Pure. */
import {differsFromLock, type ImageLock, lockedDigest, platformOf, shortDigest} from './image-lock.ts';
import type {ServiceModel} from './model.ts';
import type {ObservedEngine} from './observed.ts';
import type {PlannedPhase, Step} from './plan.ts';

/** What an engine has, and what it is built for. */
type Images = Pick<ObservedEngine, 'info' | 'images'>;

/** The build the lock names for this engine. A reference that names its build by itself needs no lock. */
const lockedFor = (image: string, lock: ImageLock, engine: Images | undefined): string | undefined =>
  engine && !image.includes('@') ? lockedDigest(lock, image, platformOf(engine.info.architecture)) : undefined;

/** The host has another build than the lock names. */
export const isOtherBuild = (image: string, lock: ImageLock, engine: Images | undefined): boolean =>
  differsFromLock(engine?.images.get(image), lockedFor(image, lock, engine));

const causeOf = (isThere: boolean, digest: string | undefined): string => {
  if (digest === undefined) return 'not on this host';
  const build = `infra.lock.yml names ${shortDigest(digest)}`;
  return isThere ? `another build is on this host; ${build}` : `not on this host; ${build}`;
};

/** One step an image that is missing, or is another build than the lock names; in the order of the services. */
export const pullSteps = (services: readonly ServiceModel[], lock: ImageLock, engine: ObservedEngine | undefined): readonly Step[] =>
  [...new Set(services.map(({image}) => image))].flatMap((image): readonly Step[] => {
    const isThere = engine?.images.has(image) ?? false;
    if (isThere && !isOtherBuild(image, lock, engine)) return [];
    const digest = lockedFor(image, lock, engine);
    const cause = causeOf(isThere, digest);
    return [{id: `pull/${image}`, op: 'pull', resource: image, cause, dependsOn: [], ...(digest !== undefined && {digest})}];
  });

const pulled = ({steps}: PlannedPhase): readonly string[] => steps.filter(({op}) => op === 'pull').map(({resource}) => resource);

/**
 * By phase, images of its services that need no pull: only where others of the phase are pulled, since where nothing is pulled nobody asks
 * about images. Each is named once, for the first phase that has it.
 */
export const presentImages = (phases: readonly PlannedPhase[]): ReadonlyMap<string, readonly string[]> => {
  const named = new Set(phases.flatMap(pulled));
  return new Map(
    phases
      .filter(phase => pulled(phase).length > 0)
      .map(({id, services}) => {
        const present = [...new Set(services.map(({image}) => image))].filter(image => !named.has(image));
        for (const image of present) named.add(image);
        return [id, present];
      }),
  );
};
