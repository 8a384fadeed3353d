/**
 * Compose model -> the services a plan is made of. Pure.
 *
 * Reads what `docker compose config --format json` prints, and as well the overlays as they are written (short forms and all),
 * so that a plan can be shown on a host without compose.
 */
import {composeInterpolate} from './compose-interpolate.ts';
import type {Condition, HealthCheckModel, PublishedPort, ServiceModel} from './model.ts';
import {labels} from './overlay.ts';
import type {Rendered} from './rendered.ts';

type Tree = {readonly [key: string]: unknown};

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
export const tree = (value: unknown): Tree => (isTree(value) ? value : {});
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

const conditions: Readonly<Record<string, Condition>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

const dependencies = (value: unknown): ServiceModel['dependsOn'] =>
  Array.isArray(value)
    ? value.map(service => ({service: String(service), condition: 'started' as const}))
    : Object.entries(tree(value)).map(([service, dependency]) => ({
        service,
        condition: conditions[text(tree(dependency).condition) ?? ''] ?? 'started',
      }));

export const labelsOf = (value: unknown): Tree =>
  Array.isArray(value) ? Object.fromEntries(value.map(item => String(item).split(/=(.*)/s).slice(0, 2))) : tree(value);

const unitSeconds: Readonly<Record<string, number>> = {h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9};

/** Compose durations: `1m30s`, `500ms`. */
export const parseDuration = (value: unknown): number | undefined => {
  const parts = [...(text(value) ?? '').matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? ''] ?? 0), 0);
};

const unitBytes: Readonly<Record<string, number>> = {'': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40};

/** Compose sizes: `512m`, `2gb`, or bytes. */
export const parseSize = (value: unknown): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)i?b?$/i.exec(text(value) ?? '');
  return match ? Math.round(Number(match[1]) * (unitBytes[(match[2] ?? '').toLowerCase()] ?? 1)) : undefined;
};

/** `8080:80`, `127.0.0.1:8080:80/udp`; a port that is not published to a fixed one is of no interest here. */
const shortPort = (value: string): PublishedPort | undefined => {
  const match = /^(?:(\[[^\]]+\]|[^:]+):)?(\d+):\d+(?:\/(tcp|udp))?$/.exec(value);
  return match
    ? {address: match[1]?.replace(/^\[|\]$/g, ''), port: Number(match[2]), protocol: match[3] === 'udp' ? 'udp' : 'tcp'}
    : undefined;
};

const longPort = (value: Tree): PublishedPort | undefined => {
  const port = Number(text(value.published));
  if (!Number.isInteger(port) || port <= 0) return undefined;
  return {address: text(value.host_ip), port, protocol: value.protocol === 'udp' ? 'udp' : 'tcp'};
};

const portsOf = (value: unknown): readonly PublishedPort[] =>
  array(value).flatMap(item => (isTree(item) ? longPort(item) : shortPort(String(item))) ?? []);

/** `8080`, `127.0.0.1::8080/udp`, or the long form without `published`: which port of the host it is, the engine decides. */
const unfixedPort = (item: unknown): PublishedPort | undefined => {
  const short = /^(?:(\[[^\]]+\]|[^:]+)::)?(\d+)(?:\/(tcp|udp))?$/.exec(isTree(item) ? '' : String(item));
  const {target, protocol, published, host_ip}: Tree = isTree(item)
    ? item
    : {host_ip: short?.[1]?.replace(/^\[|\]$/g, ''), target: short?.[2], protocol: short?.[3]};
  const port = Number(text(target));
  if (text(published) || !Number.isInteger(port) || port <= 0) return undefined;
  return {address: text(host_ip), port, protocol: protocol === 'udp' ? 'udp' : 'tcp'};
};

/** Docker's defaults where a health check leaves a value out. */
const healthDefaults = {interval: 30, timeout: 30, retries: 3, startPeriod: 0};
const marginSeconds = 30;
const startLimitSeconds = 60;
const jobLimitSeconds = 600;

/** Docker's own value for 0 is its default. */
const judgedBy = (healthcheck: Tree): HealthCheckModel => ({
  retries: Number(text(healthcheck.retries)) || healthDefaults.retries,
  startPeriod: parseDuration(healthcheck.start_period) ?? healthDefaults.startPeriod,
  interval: parseDuration(healthcheck.interval) || healthDefaults.interval,
});

const limitOf = (healthcheck: Tree, isJob: boolean): number => {
  if (isJob) return jobLimitSeconds;
  if (!isTree(healthcheck) || Object.keys(healthcheck).length === 0) return startLimitSeconds;
  const timeout = parseDuration(healthcheck.timeout) ?? healthDefaults.timeout;
  const {retries, startPeriod, interval} = judgedBy(healthcheck);
  return Math.ceil(startPeriod + retries * (interval + timeout) + marginSeconds);
};

const hasHealthCheck = (healthcheck: Tree): boolean => {
  const test = healthcheck.test;
  const first = Array.isArray(test) ? test[0] : test;
  return healthcheck.disable !== true && first !== undefined && first !== 'NONE';
};

/** Compose starts one where nothing is said, and none where that is said. */
const replicasOf = (service: Tree): number => Number(text(tree(service.deploy).replicas) ?? text(service.scale) ?? 1);

const serviceOf = (name: string, value: unknown, lastPhase: string): ServiceModel => {
  const service = tree(value);
  const own = labelsOf(service.labels);
  const healthcheck = tree(service.healthcheck);
  const isJob = service.restart === 'no';
  const checked = hasHealthCheck(healthcheck);
  const unfixed = array(service.ports).flatMap(item => unfixedPort(item) ?? []);
  return {
    name,
    component: text(own[labels.component]),
    phase: text(own[labels.phase]) ?? lastPhase,
    image: text(service.image) ?? '',
    replicas: replicasOf(service),
    dependsOn: dependencies(service.depends_on),
    hasHealthCheck: checked,
    ...(checked && {healthCheck: judgedBy(healthcheck)}),
    isJob,
    limitSeconds: limitOf(checked ? healthcheck : {}, isJob),
    memoryLimit: parseSize(tree(tree(tree(service.deploy).resources).limits).memory) ?? parseSize(service.mem_limit),
    ports: portsOf(service.ports),
    ...(unfixed.length > 0 && {unfixedPorts: unfixed}),
    ...(service.network_mode === 'host' && {hostNetwork: true}),
  };
};

/** Is in a profile: started when somebody asks for it by name, never with the rest. Compose leaves it out of what it resolves. */
const isOnRequest = (service: unknown) => array(tree(service).profiles).length > 0;

/** `lastPhase`: where services without our label go, that is those of the operator's own overlay. */
export const readServices = (model: unknown, lastPhase: string): readonly ServiceModel[] =>
  Object.entries(tree(tree(model).services))
    .filter(([, service]) => !isOnRequest(service))
    .map(([name, service]) => serviceOf(name, service, lastPhase));

/** A network that the model creates with a fixed subnet. */
export interface NetworkModel {
  /** Key in the overlays. */
  readonly id: string;
  /** As the engine names it. */
  readonly name: string;
  readonly subnet: string;
}

/** A named volume, with the services that keep data in it and their components. */
export interface VolumeModel {
  /** As the engine names it. */
  readonly name: string;
  readonly services: readonly string[];
  readonly components: readonly string[];
}

const nameOf = (project: string, id: string, definition: unknown) => text(tree(definition).name) ?? `${project}_${id}`;

export const readNetworks = (model: unknown, project: string): readonly NetworkModel[] =>
  Object.entries(tree(tree(model).networks)).flatMap(([id, definition]) => {
    const subnet = text(tree(array(tree(tree(definition).ipam).config)[0]).subnet);
    return subnet === undefined ? [] : [{id, name: nameOf(project, id, definition), subnet}];
  });

/** All of them, with or without a subnet of their own. */
export const readNetworkNames = (model: unknown, project: string): readonly string[] =>
  Object.entries(tree(tree(model).networks)).map(([id, definition]) => nameOf(project, id, definition));

const volumeSource = (mount: unknown): string | undefined => (isTree(mount) ? text(mount.source) : String(mount).split(':')[0]);

export const readVolumes = (model: unknown, project: string): readonly VolumeModel[] => {
  const services = Object.entries(tree(tree(model).services)).map(([name, service]) => [name, tree(service)] as const);
  return Object.entries(tree(tree(model).volumes)).map(([id, definition]) => {
    const users = services.filter(([, service]) => array(service.volumes).some(mount => volumeSource(mount) === id));
    const components = users.flatMap(([, service]) => text(labelsOf(service.labels)[labels.component]) ?? []);
    return {name: nameOf(project, id, definition), services: users.map(([name]) => name), components: [...new Set(components)]};
  });
};

/** A compose model with its variables filled in, or with their defaults. */
export const interpolated = (value: unknown, values: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return composeInterpolate(value, values);
  if (Array.isArray(value)) return value.map(item => interpolated(item, values));
  return isTree(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, values)])) : value;
};

/** The merged model, from the overlays as they are written: on a host without compose, and without the operator's own overlay. */
export const mergeRendered = (rendered: Rendered, values: ReadonlyMap<string, string>): unknown => {
  const overlays = rendered.files.filter(({model}) => model !== undefined).map(({model}) => tree(interpolated(model, values)));
  const sections = ['services', 'networks', 'volumes'] as const;
  return Object.fromEntries(sections.map(section => [section, Object.assign({}, ...overlays.map(overlay => tree(overlay[section])))]));
};
