import {array, isJob, isTree, type Service, type StackRule, tree} from './rule.ts';
import {namedVolumes} from './rules-mounts.ts';
import {publishedPorts} from './rules-network.ts';

const services = (compose: {readonly services?: Readonly<Record<string, Service>>}) => Object.entries(compose.services ?? {});
const networksOf = (service: Service) => (isTree(service.networks) ? Object.keys(service.networks) : array(service.networks).map(String));

/** Every value that more than one service has, with their names. */
const shared = (entries: readonly (readonly [string, string])[]): readonly string[] => {
  const owners = new Map<string, string[]>();
  for (const [value, owner] of entries) owners.set(value, [...(owners.get(value) ?? []), owner]);
  return [...owners].filter(([, names]) => names.length > 1).map(([value, names]) => `${value}: ${names.join(', ')}`);
};

/** The way in, and no other: everything else must do without the internet. */
const open = ['proxy'];

export const stackRules: readonly StackRule[] = [
  {
    id: 'S19',
    title: 'two running services never write to the same volume',
    check: compose =>
      shared(
        services(compose).flatMap(([name, service]) =>
          isJob(service) ? [] : namedVolumes(service).map(volume => [volume, name] as const),
        ),
      ),
    violations: [{services: {a: {volumes: ['data:/a']}, b: {volumes: [{type: 'volume', source: 'data', target: '/b'}]}}}],
  },
  {
    id: 'S23',
    title: 'no two services publish the same port',
    check: compose => shared(services(compose).flatMap(([name, service]) => publishedPorts(service).map(port => [port, name] as const))),
    violations: [{services: {a: {ports: ['80:80']}, b: {ports: [{target: 8080, published: '80'}]}}}],
  },
  {
    id: 'S24',
    title: 'only the network of the way in reaches the internet',
    check: compose =>
      Object.entries(compose.networks ?? {}).flatMap(([name, network]) =>
        open.includes(name) || tree(network).internal === true ? [] : [name],
      ),
    violations: [{networks: {dbnet: {}}}, {networks: {dbnet: null}}, {networks: {dbnet: {internal: false}}}],
  },
  {
    id: 'S24',
    title: 'who can reach a socket proxy: its client and nobody else',
    check: compose =>
      services(compose).flatMap(([name, service]) =>
        networksOf(service).flatMap(network => {
          const client = /^(.+)-socket$/.exec(network)?.[1];
          return client === undefined || name === client || name === `${client}-socket-proxy` ? [] : [`${name} on ${network}`];
        }),
      ),
    violations: [{services: {keycloak: {networks: ['traefik-socket']}}}, {services: {alloy: {networks: {'traefik-socket': {}}}}}],
  },
  {
    id: 'S24',
    title: 'databases and the socket proxy are not where people come in',
    check: compose =>
      services(compose).flatMap(([name, service]) =>
        /(postgres|socket-proxy)$/.test(name) && networksOf(service).includes('proxy') ? [name] : [],
      ),
    violations: [{services: {'keycloak-postgres': {networks: ['proxy']}}}],
  },
];
