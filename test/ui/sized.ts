/** The small catalogue with services in it, so that picks take memory and publish ports. */
import {parseDocument} from 'yaml';
import type {Catalog, Component, Fragment} from '../../source/catalog/catalog.ts';
import type {HostFindings} from '../../source/plan/findings.ts';
import {catalogue} from './catalogue.ts';
import {host} from './fixtures.ts';

/** Memory and processors of the one service of a component; a number in the name of its variant is not looked at. */
const sizes: Readonly<Record<string, readonly [memory: string, cpus: string, ports?: string]>> = {
  gateway: ['256M', '1', '"$' + '{HTTPS_PORT:-443}:443"'],
  login: ['2G', '2'],
  'login-db': ['512M', '1'],
  builds: ['2G', '2'],
  shop: ['512M', '1'],
  site: ['256M', '1'],
  sql: ['1G', '2'],
  cache: ['256M', '1'],
  metrics: ['1G', '1'],
  dashboards: ['512M', '1'],
};

const fragmentOf = ({id}: Component, replicas: number): Fragment => {
  const [memory = '', cpus = '', ports = ''] = sizes[id] ?? [];
  const text = `services: {${id}: {ports: [${ports}], deploy: {replicas: ${replicas}, resources: {limits: {cpus: "${cpus}", memory: ${memory}}}}}}\nnetworks: {proxy: {}}\n`;
  return {path: `${id}.yaml`, document: parseDocument(text)};
};

export const sizedCatalogue: Catalog = {
  ...catalogue,
  components: new Map(
    [...catalogue.components].map(([id, component]) => [
      id,
      {
        ...component,
        variants: component.variants.map((variant, index) => ({...variant, fragment: fragmentOf(component, index === 0 ? 1 : 3)})),
      },
    ]),
  ),
};

/** With a web server of its own and a network where ours would be. */
export const busyHost: HostFindings = {
  ...host,
  ports: [{address: '0.0.0.0', port: 443, protocol: 'tcp', holder: 'nginx (process 812)', project: undefined}],
  subnets: [{subnet: '172.30.0.0/16', by: 'a route of this host by eth1', project: undefined}],
};
