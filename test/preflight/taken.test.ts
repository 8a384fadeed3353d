import {expect, test} from 'vitest';
import type {Listener} from '../../source/preflight/facts.ts';
import {takenPorts, takenSubnets} from '../../source/preflight/taken.ts';

const listener = (port: number, process: Listener['process'], protocol: Listener['protocol'] = 'tcp'): Listener => ({
  address: '0.0.0.0',
  port,
  protocol,
  process,
});

test('a port is held by its process, by the container behind the proxy, or by a program one may not see', () => {
  const listeners = [
    listener(80, {pid: 812, name: 'nginx'}),
    listener(443, {pid: 900, name: 'docker-proxy'}),
    listener(53, undefined, 'udp'),
  ];
  const ports = [
    {port: 443, container: 'infra-dev-gateway-1', project: 'infra-dev'},
    {port: 8080, container: 'old-web', project: undefined},
  ];
  expect(takenPorts(listeners, {ports}).map(({port, protocol, holder, project}) => [port, protocol, holder, project])).toEqual([
    [80, 'tcp', 'nginx (process 812)', undefined],
    [443, 'tcp', 'the container infra-dev-gateway-1', 'infra-dev'],
    [53, 'udp', 'a program of another user', undefined],
    [8080, 'tcp', 'the container old-web', undefined],
  ]);
});

test("a network's bridge is named as the network, and other routes by their interface", () => {
  const routes = [
    {subnet: '172.30.0.0/24', via: 'br-1a2b'},
    {subnet: '10.0.0.0/8', via: 'eth1'},
  ];
  const networks = [{name: 'infra-dev_proxy', project: 'infra-dev', subnets: ['172.30.0.0/24']}];
  expect(takenSubnets(routes, {networks})).toEqual([
    {subnet: '172.30.0.0/24', by: 'the Docker network infra-dev_proxy', project: 'infra-dev'},
    {subnet: '10.0.0.0/8', by: 'a route of this host by eth1', project: undefined},
  ]);
});
