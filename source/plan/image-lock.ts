/** What was really pulled: image to digest, per platform. A tag can be moved by its publisher; a digest can not. Pure. */
import type {ServiceModel} from './model.ts';

/** An image of the engine. */
export interface LocalImage {
  readonly id: string;
  /** Digests a registry knows it by; none for an image that was built or loaded on the host. */
  readonly digests: readonly string[];
}

export interface LockedImage {
  /** As the overlays name it: `postgres:17.11`. */
  readonly reference: string;
  /** Services that run it. */
  readonly services: readonly string[];
  /** Platform, as `linux/amd64`, to digest, as `sha256:…`. */
  readonly digests: ReadonlyMap<string, string>;
}

/** One entry a reference, in the order of their names. */
export type ImageLock = readonly LockedImage[];

const architectures: Readonly<Record<string, string>> = {x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm/v7', armv6l: 'arm/v6'};

/** The platform of an engine. It names its processor as the kernel does, images as Go does; its containers are those of Linux. */
export const platformOf = (architecture: string): string => `linux/${architectures[architecture] ?? architecture}`;

/** Short enough for a line, as docker shortens ids. */
export const shortDigest = (digest: string): string => digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');

export const lockedDigest = (lock: ImageLock, reference: string, platform: string): string | undefined =>
  lock.find(entry => entry.reference === reference)?.digests.get(platform);

/** The engine has another build of an image than the lock names. One that no registry knows is the operator's own affair. */
export const differsFromLock = (local: LocalImage | undefined, locked: string | undefined): boolean =>
  local !== undefined && local.digests.length > 0 && locked !== undefined && !local.digests.includes(locked);

type Running = Pick<ServiceModel, 'name' | 'image'>;

const byReference = (services: readonly Running[]): ReadonlyMap<string, readonly string[]> => {
  const references = [...new Set(services.map(({image}) => image))].sort();
  return new Map(
    references.map(reference => [
      reference,
      services
        .filter(({image}) => image === reference)
        .map(({name}) => name)
        .sort(),
    ]),
  );
};

export interface RecordInput {
  readonly services: readonly Running[];
  /** By reference, of those that are there. */
  readonly images: ReadonlyMap<string, LocalImage>;
  readonly platform: string;
}

/**
 * The lock after a rollout. What it names already stays, also where the engine has something else: only an update moves it.
 * What nobody runs any more leaves it, once what came instead is in it.
 */
export const recordImages = (lock: ImageLock, {services, images, platform}: RecordInput): ImageLock => {
  const current = [...byReference(services)].flatMap(([reference, names]): readonly LockedImage[] => {
    const digests = lock.find(entry => entry.reference === reference)?.digests ?? new Map();
    const [found] = images.get(reference)?.digests ?? [];
    const known = digests.has(platform) || found === undefined ? digests : new Map([...digests, [platform, found]]);
    return known.size > 0 ? [{reference, services: names, digests: known}] : [];
  });
  const placed = new Set(current.flatMap(entry => entry.services));
  const expected = new Set(services.map(({name}) => name));
  const earlier = lock.filter(
    ({reference, services: names}) =>
      !services.some(({image}) => image === reference) && names.some(name => expected.has(name) && !placed.has(name)),
  );
  return [...current, ...earlier].sort((one, other) => (one.reference < other.reference ? -1 : 1));
};
