import {array, isTree, pairs, type Rule, type Service} from './rule.ts';

interface Port {
  readonly address: string;
  readonly published: string;
}

const portsOf = (service: Service): readonly Port[] =>
  array(service.ports).map(port => {
    if (isTree(port)) return {address: String(port.host_ip ?? ''), published: String(port.published ?? '')};
    const parts = String(port)
      .replace(/\/\w+$/, '')
      .replace(/\$\{[A-Z_]+:-(\d+)\}/g, '$1')
      .split(':');
    return {address: parts.slice(0, -2).join(':'), published: parts.length > 1 ? (parts.at(-2) ?? '') : ''};
  });

export const publishedPorts = (service: Service): readonly string[] =>
  portsOf(service).map(({address, published}) => `${address}:${published}`);

/** Services that the outside is meant to reach. */
const edge = ['traefik'];

const networkNames = (service: Service) => (isTree(service.networks) ? Object.keys(service.networks) : array(service.networks).map(String));

/** Programs that ask nobody who they are. */
const withoutSignIn =
  /^(?:(?:quay\.io\/)?prom(?:etheus)?\/|grafana\/(?:loki|tempo|alloy|promtail)|oliver006\/|ghcr\.io\/prometheus-community\/|proxysql\/|haproxy:|gcr\.io\/etcd|redis:|postgres:|mariadb)/;

export const networkRules: readonly Rule[] = [
  {
    id: 'S26',
    title: 'what asks nobody to sign in can not be reached from outside',
    check: ({service}) => {
      const routed = pairs(service.labels).some(([key, value]) => key === 'traefik.enable' && value === 'true');
      return routed && withoutSignIn.test(String(service.image ?? '')) ? `${String(service.image)} is routed` : undefined;
    },
    violations: [
      {image: 'prom/prometheus:v3.15.0', labels: {'traefik.enable': 'true'}},
      {image: 'grafana/loki:3.7.8', labels: ['traefik.enable=true']},
    ],
    lookAlikes: [{image: 'prom/prometheus:v3.15.0'}, {image: 'grafana/grafana:13.2.3', labels: {'traefik.enable': 'true'}}],
  },
  {
    id: 'S20',
    title: 'says which networks it is on',
    check: ({service}) => {
      if (service.network_mode === 'none') return undefined;
      const names = networkNames(service);
      return names.length > 0 && !names.includes('default') ? undefined : 'is on the default network';
    },
    violations: [{networks: undefined}, {networks: []}, {networks: ['default']}, {networks: {default: null}}],
    lookAlikes: [{networks: {proxy: {aliases: ['default']}}}, {networks: undefined, network_mode: 'none'}],
  },
  {
    id: 'S21',
    title: 'publishes ports on an address of its choice, except at the edge',
    check: ({name, service}) =>
      edge.includes(name) ? undefined : portsOf(service).find(({address}) => /^(|0\.0\.0\.0|::|\[::\])$/.test(address))?.published,
    violations: [
      {ports: ['8080:80']},
      {ports: ['0.0.0.0:8080:80']},
      {ports: ['[::]:8080:80']},
      {ports: ['80']},
      {ports: [{target: 80, published: '8080'}]},
    ],
    lookAlikes: [{ports: ['127.0.0.1:8080:80']}, {ports: [{target: 80, published: '8080', host_ip: '127.0.0.1'}]}, {expose: ['8080']}],
  },
  {
    id: 'S22',
    title: 'publishes no port below 1024, except at the edge',
    check: ({name, service}) =>
      edge.includes(name)
        ? undefined
        : portsOf(service).find(({published}) => published !== '' && Number.parseInt(published, 10) < 1024)?.published,
    violations: [
      {ports: ['127.0.0.1:53:53/udp']},
      {ports: ['127.0.0.1:1000-1010:1000-1010']},
      {ports: [{target: 80, published: '80', host_ip: '127.0.0.1'}]},
    ],
    lookAlikes: [{ports: ['127.0.0.1:8080:80']}],
  },
];
