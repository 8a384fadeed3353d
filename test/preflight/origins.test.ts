import {expect, test} from 'vitest';
import {type Origin, originName} from '../../source/plan/origin.ts';
import type {PreflightContext} from '../../source/preflight/facts.ts';
import {runChecks} from '../../source/preflight/run.ts';
import {host, ready, readyWith, well} from './context.ts';

const httpsPort: Origin = {kind: 'setting', component: 'edge', input: 'https_port'};
const ports = well.ports.map(port => (port.port === 443 ? {...port, origin: httpsPort} : port));
const listening = (port: number): PreflightContext['host'] => ({
  ...host,
  listeners: [{address: '0.0.0.0', port, protocol: 'tcp', process: {pid: 812, name: 'nginx'}}],
});
const network = (name: string, subnet: string, project?: string) => ready({networks: [{name, project, subnets: [subnet]}]});

/** The answer that a finding hangs on. */
const decided = async (id: string, change: Partial<PreflightContext>): Promise<string | undefined> => {
  const found = (await runChecks({...well, ...change})).find(finding => finding.id === id);
  return found?.origin && originName(found.origin);
};

test.each<[string, string, Partial<PreflightContext>, string | undefined]>([
  ['D36', 'a subnet that is taken', {engine: network('old', '172.31.0.0/16')}, 'platform.dbnet_subnet'],
  [
    'D36',
    "a subnet of the operator's own network",
    {engine: network('old', '10.0.0.0/8'), networks: [{name: 'own', subnet: '10.1.0.0/24', setting: undefined}]},
    undefined,
  ],
  ['D36', 'subnets that are free', {}, undefined],
  ['D49', 'a port that is taken', {ports, host: listening(443)}, 'edge.https_port'],
  ['D49', 'a port that nobody was asked about', {ports, host: listening(80)}, undefined],
  ['D38', 'names that are taken', {engine: network('shop-dev_proxy', '10.9.0.0/24')}, 'environment'],
  ['D41', 'too few processors', {engine: readyWith({cpus: 1})}, 'tier'],
  ['D42', 'too little memory', {engine: readyWith({memory: 2 ** 30})}, 'tier'],
  ['D45', 'a full disk', {disk: {path: '/d', free: 1e9, total: 50e9}}, 'tier'],
  ['D48', 'limits that do not fit', {memoryLimit: 9 * 2 ** 30}, 'tier'],
  ['D50', 'a firewall', {host: {...host, firewall: 'ufw'}}, undefined],
])('%s, %s, leads to the answer that decides it', async (id, _, change, name) => {
  expect(await decided(id, change)).toBe(name);
});
