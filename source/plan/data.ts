/** Data that was there when its phase last came up, against what is there now. Pure. */
import type {VolumeModel} from './services.ts';

/** A volume that a phase came up with. */
export interface KeptVolume {
  /** As the engine names it. */
  readonly name: string;
  /** When it was made, as the engine says; milliseconds since 1970, 0 where it does not say. */
  readonly madeAt: number;
}

/** One that a deployed service keeps its data in. */
export interface KnownVolume extends KeptVolume {
  /** When its phase last came up with it, milliseconds since 1970. */
  readonly seenAt: number;
}

/** A volume that is not what its services last came up with. */
export interface LostVolume {
  readonly name: string;
  /** Those that keep their data there. */
  readonly services: readonly string[];
  readonly seenAt: number;
  /** When the one that has its place was made; undefined: there is none. */
  readonly madeAnewAt: number | undefined;
}

/** Volumes that some of the services keep their data in. */
const usedBy = (services: readonly string[], volumes: readonly VolumeModel[]) =>
  volumes.filter(volume => volume.services.some(name => services.includes(name)));

/** What the services have in the engine of their data. `present`: volumes that are there, with the time each was made. */
export const keptVolumes = (
  services: readonly string[],
  volumes: readonly VolumeModel[],
  present: ReadonlyMap<string, number>,
): readonly KeptVolume[] =>
  usedBy(services, volumes).flatMap(({name}) => {
    const madeAt = present.get(name);
    return madeAt === undefined ? [] : [{name, madeAt}];
  });

/** As a part of a planned service. */
export const plannedData = (
  service: string,
  volumes: readonly VolumeModel[],
  present: ReadonlyMap<string, number>,
): {readonly data?: readonly string[]} => {
  const data = keptVolumes([service], volumes, present).map(({name}) => name);
  return data.length === 0 ? {} : {data};
};

/** One that nothing of the model keeps its data in any more is nobody's loss. */
export const lostVolumes = (
  known: readonly KnownVolume[],
  volumes: readonly VolumeModel[],
  present: ReadonlyMap<string, number>,
): readonly LostVolume[] =>
  known.flatMap(({name, madeAt, seenAt}): readonly LostVolume[] => {
    const services = volumes.find(volume => volume.name === name)?.services ?? [];
    const now = present.get(name);
    if (services.length === 0 || (now !== undefined && (madeAt === 0 || now <= madeAt))) return [];
    return [{name, services, seenAt, madeAnewAt: now}];
  });

/** Of a service: volumes that are gone. */
export const goneFrom = (service: string, lost: readonly LostVolume[]): readonly string[] =>
  lost.filter(({services, madeAnewAt}) => madeAnewAt === undefined && services.includes(service)).map(({name}) => name);
