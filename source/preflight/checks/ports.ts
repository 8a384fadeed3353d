/** Is every port that would be published free, and if not: who has it. */
import {type Check, failed, fine} from '../check.ts';
import type {Listener, PreflightContext, WantedPort} from '../facts.ts';

/** Programs that listen for containers. */
const proxies = new Set(['docker-proxy', 'rootlesskit', 'rootlessport', 'slirp4netns', 'com.docker.backend', 'vpnkit']);

const everywhere = (address: string | undefined) => address === undefined || address === '' || address === '0.0.0.0' || address === '::';

const clashes = (wanted: WantedPort, {address, port, protocol}: Listener) =>
  wanted.port === port && wanted.protocol === protocol && (everywhere(wanted.address) || everywhere(address) || wanted.address === address);

/** A container of our own service that runs has its port by right. */
const isOurs = ({engine}: PreflightContext, {service}: WantedPort, {process}: Listener) =>
  engine.kind === 'ready' &&
  engine.engine.containers.some(container => container.service === service && container.state === 'running') &&
  (process === undefined || proxies.has(process.name));

interface Holder {
  readonly who: string;
  readonly next: string;
}

const holderOf = (context: PreflightContext, wanted: WantedPort): Holder | undefined => {
  const {port, protocol} = wanted;
  const container = context.engine.kind === 'ready' ? context.engine.engine.foreignPorts.get(port) : undefined;
  if (container !== undefined) return {who: `the container ${container}`, next: `If it is not needed: docker stop ${container}`};
  const listener = context.local ? context.host.listeners.find(candidate => clashes(wanted, candidate)) : undefined;
  if (!listener || isOurs(context, wanted, listener)) return undefined;
  const {process} = listener;
  if (!process) return {who: 'a program of another user', next: `See which: sudo ss -lnp 'sport = :${port}'`};
  if (proxies.has(process.name)) return {who: 'a container', next: `See which: docker ps --filter publish=${port}/${protocol}`};
  return {
    who: `${process.name} (process ${process.pid})`,
    next: `If it is not needed, stop it, for example: sudo systemctl stop ${process.name}`,
  };
};

const portsFree: Check = {
  id: 'D49',
  title: 'Ports are free',
  level: 'blocking',
  applies: ({ports}) => ports.length > 0,
  run: context => {
    const taken = context.ports.flatMap(wanted => {
      const holder = holderOf(context, wanted);
      return holder ? [{wanted, holder}] : [];
    });
    if (taken.length === 0) return fine(`${context.ports.map(({port, protocol}) => `${port}/${protocol}`).join(', ')}`);
    return failed(
      taken.map(({wanted, holder}) => `${wanted.port}/${wanted.protocol} for ${wanted.service} is taken by ${holder.who}`).join('; '),
      ...new Set(taken.map(({holder}) => holder.next)),
      'Or choose other ports in the settings.',
    );
  },
};

export const portChecks: readonly Check[] = [portsFree];
