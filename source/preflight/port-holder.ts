/** Who has a port, from what the engine and the kernel say. Pure. */
import type {ForeignPort} from '../plan/observed.ts';
import type {PortHolder} from '../plan/port-holder.ts';
import type {Listener, ListeningProcess} from './facts.ts';
import {clashesWithListener, clashesWithPublished, type Place} from './sockets.ts';

/** Programs that listen for containers; the engine itself does where it has no proxy. */
export const proxies: ReadonlySet<string> = new Set([
  'docker-proxy',
  'dockerd',
  'rootlesskit',
  'rootlessport',
  'slirp4netns',
  'com.docker.backend',
  'vpnkit',
]);

export const containerHolder = (wanted: Place, published: readonly ForeignPort[]): PortHolder | undefined => {
  const found = published.find(port => clashesWithPublished(wanted, port));
  if (!found) return undefined;
  const {container, project} = found;
  if (project === undefined) return {who: `the container ${container}`, next: [`If it is not needed: docker stop ${container}`]};
  return {
    who: `the container ${container} of the compose project ${project}`,
    next: [`If it is not needed: docker stop ${container}, or the whole project: docker compose -p ${project} stop`],
  };
};

/** A unit that is killed instead would be started again. systemd escapes with backslashes, which a shell would take away. */
const endOf = ({pid, unit}: ListeningProcess): string => {
  if (unit === undefined) return `end it: sudo kill ${pid}`;
  return `stop it: sudo systemctl stop ${unit.includes('\\') ? `'${unit}'` : unit}`;
};

export const listenerHolder = (wanted: Place, listeners: readonly Listener[]): PortHolder | undefined => {
  const listener = listeners.find(candidate => clashesWithListener(wanted, candidate));
  if (!listener) return undefined;
  const {process} = listener;
  const {port, protocol} = wanted;
  const kind = protocol === 'tcp' ? 't' : 'u';
  if (!process) return {who: 'a program of another user', next: [`See which: sudo ss -ln${kind}p 'sport = :${port}'`]};
  if (proxies.has(process.name)) {
    return {
      who: `a container, through ${process.name} (process ${process.pid})`,
      next: [`See which: docker ps --filter publish=${port}/${protocol}`],
    };
  }
  return {who: `${process.name} (process ${process.pid})`, next: [`If it is not needed, ${endOf(process)}`]};
};
