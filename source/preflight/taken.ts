/** Ports and subnets that are in use, and by whom: what listens on the host and what the engine's containers and networks hold. Pure. */
import type {TakenPort, TakenSubnet} from '../plan/findings.ts';
import type {ObservedNetwork} from '../plan/observed.ts';
import type {Listener, UsedSubnet} from './facts.ts';

export interface Held {
  readonly ports: readonly {readonly port: number; readonly container: string; readonly project: string | undefined}[];
  readonly networks: readonly ObservedNetwork[];
}

const programOf = ({process}: Listener) => (process ? `${process.name} (process ${process.pid})` : 'a program of another user');

/** A published port is a listener of a proxy too: then its container is named. */
export const takenPorts = (listeners: readonly Listener[], {ports}: Pick<Held, 'ports'>): readonly TakenPort[] => {
  const containers = new Map(ports.map(({port, container, project}) => [port, {holder: `the container ${container}`, project}]));
  const heard = listeners.map(listener => ({
    address: listener.address,
    port: listener.port,
    protocol: listener.protocol,
    ...(containers.get(listener.port) ?? {holder: programOf(listener), project: undefined}),
  }));
  const unheard = [...containers].filter(([port]) => !listeners.some(listener => listener.port === port));
  return [...heard, ...unheard.map(([port, by]) => ({address: '0.0.0.0', port, protocol: 'tcp' as const, ...by}))];
};

/** A network's own bridge is among the host's routes too: then the network is named. */
export const takenSubnets = (routes: readonly UsedSubnet[], {networks}: Pick<Held, 'networks'>): readonly TakenSubnet[] => {
  const bridged = networks.flatMap(({name, project, subnets}) =>
    subnets.map(subnet => ({subnet, by: `the Docker network ${name}`, project})),
  );
  const routed = routes
    .filter(({subnet}) => !bridged.some(network => network.subnet === subnet))
    .map(({subnet, via}) => ({subnet, by: `a route of this host by ${via}`, project: undefined}));
  return [...bridged, ...routed];
};
