/** What a selection will ask of the host, from the catalogue's fragments: cheap enough to be asked at every key press. Pure. */
import type {Fragment} from '../catalog/catalog.ts';
import {renamed} from './instances.ts';
import type {PublishedPort} from './model.ts';
import {type Piece, piecesOf} from './pieces.ts';
import type {Draft} from './select.ts';
import {interpolated, readServices} from './services.ts';

/** A service that keeps running. */
export interface ServiceDemand {
  readonly service: string;
  readonly component: string;
  /** Sum of the memory limits of its containers, bytes. */
  readonly memory: number;
  /** Processors that one of its containers may use. */
  readonly cpus: number;
  readonly replicas: number;
  readonly ports: readonly PublishedPort[];
}

type Tree = {readonly [key: string]: unknown};

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const tree = (value: unknown): Tree => (isTree(value) ? value : {});

/** Of a service of a fragment, all that says how much it takes. */
const telling = ['deploy', 'mem_limit', 'scale', 'restart', 'profiles', 'ports'] as const;

const servicesIn = ({document}: Fragment): Tree => {
  const {services} = tree(document.toJS());
  return Object.fromEntries(
    Object.entries(tree(services)).map(([name, service]) => [name, Object.fromEntries(telling.map(key => [key, tree(service)[key]]))]),
  );
};

/** As the overlays are merged: maps by key, lists appended, anything else replaced. */
const merged = (one: unknown, other: unknown): unknown => {
  if (other === undefined) return one;
  if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])];
  if (!isTree(one) || !isTree(other)) return other;
  return {...one, ...Object.fromEntries(Object.entries(other).map(([key, value]) => [key, merged(one[key], value)]))};
};

const renamedTree = (value: unknown, instance: Piece['instance']): unknown => {
  if (typeof value === 'string') return renamed(value, instance);
  if (Array.isArray(value)) return value.map(item => renamedTree(item, instance));
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [renamed(key, instance), renamedTree(item, instance)]));
};

const cpuLimit = (service: unknown): number => Number(tree(tree(tree(tree(service).deploy).resources).limits).cpus ?? 0) || 0;

/** How much a draft takes; remembers what it has read of the catalogue's fragments. */
export type DemandReader = (draft: Draft) => readonly ServiceDemand[];

export const demandReader = (): DemandReader => {
  const known = new WeakMap<Fragment, Tree>();
  const read = ({fragment, instance}: Piece): unknown => {
    const services = known.get(fragment) ?? servicesIn(fragment);
    known.set(fragment, services);
    return instance ? renamedTree(services, instance) : services;
  };
  return ({catalog, components, choices, values}) =>
    components.flatMap(selected => {
      const component = catalog.components.get(selected.id);
      if (!component) return [];
      const pieces = piecesOf(component, selected, {components, choices}, catalog).map(read);
      const services = tree(interpolated(pieces.reduce(merged, {}), values));
      return readServices({services}, selected.phase)
        .filter(({isJob}) => !isJob)
        .map(({name, memoryLimit = 0, replicas, ports}) => ({
          service: name,
          component: selected.id,
          memory: memoryLimit * replicas,
          cpus: cpuLimit(services[name]),
          replicas,
          ports,
        }));
    });
};
