/** Is every port that would be published free, and if not: who has it. */
import {type Offer, offerFlag} from '../../plan/findings.ts';
import {type Check, failed, fine} from '../check.ts';
import type {Listener, PreflightContext, WantedPort} from '../facts.ts';
import {clashesWithListener, clashesWithPublished, type Place, proposePort} from '../sockets.ts';

/** Programs that listen for containers; the engine itself does where it has no proxy. */
const proxies = new Set(['docker-proxy', 'dockerd', 'rootlesskit', 'rootlessport', 'slirp4netns', 'com.docker.backend', 'vpnkit']);

/** Services of the project whose containers run and that have the port, or will have it again. */
const servicesAt = ({engine}: PreflightContext, {service, port}: WantedPort): readonly string[] => {
  const running = engine.kind === 'ready' ? engine.engine.containers.filter(({state}) => state === 'running') : [];
  return running.filter(found => found.service === service || found.publishedPorts.includes(port)).map(found => found.service);
};

const isContainer = ({process}: Listener) => process === undefined || proxies.has(process.name);

/** A container of our own service that runs has its port by right; one that is removed before gives it up. */
const isOurs = (context: PreflightContext, wanted: WantedPort, listener: Listener) =>
  isContainer(listener) && servicesAt(context, wanted).some(service => service === wanted.service || context.removed.includes(service));

const unselectedHolder = (context: PreflightContext, wanted: WantedPort): Holder | undefined => {
  const service = servicesAt(context, wanted).find(name => !context.services.includes(name));
  return service === undefined
    ? undefined
    : {who: `${service}, which is not selected any more`, next: ['Have it removed before: add --remove. Its data is kept.']};
};

interface Holder {
  readonly who: string;
  readonly next: readonly string[];
}

const foreignPorts = ({engine}: PreflightContext) => (engine.kind === 'ready' ? engine.engine.foreignPorts : []);

const containerHolder = (context: PreflightContext, wanted: WantedPort): Holder | undefined => {
  const found = foreignPorts(context).find(published => clashesWithPublished(wanted, published));
  if (!found) return undefined;
  const {container, project} = found;
  if (project === undefined) return {who: `the container ${container}`, next: [`If it is not needed: docker stop ${container}`]};
  return {
    who: `the container ${container} of the compose project ${project}`,
    next: [`If it is not needed: docker stop ${container}, or the whole project: docker compose -p ${project} stop`],
  };
};

const listenerHolder = (context: PreflightContext, wanted: WantedPort): Holder | undefined => {
  const clashing = context.local ? context.host.listeners.filter(listener => clashesWithListener(wanted, listener)) : [];
  const listener = clashing.find(candidate => !isOurs(context, wanted, candidate));
  if (!listener) return undefined;
  const unselected = isContainer(listener) ? unselectedHolder(context, wanted) : undefined;
  if (unselected) return unselected;
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
  return {
    who: `${process.name} (process ${process.pid})`,
    next: [`If it is not needed, stop it: sudo systemctl stop ${process.name}, or: sudo kill ${process.pid}`],
  };
};

const siblingHolder = (wanted: WantedPort, before: readonly WantedPort[]): Holder | undefined => {
  const other = before.find(port => clashesWithPublished(wanted, port));
  return other && {who: `${other.service} of this selection`, next: []};
};

interface Taken {
  readonly wanted: WantedPort;
  readonly holder: Holder;
}

const takenPorts = (context: PreflightContext): readonly Taken[] =>
  context.ports.flatMap((wanted, index) => {
    const holder =
      containerHolder(context, wanted) ?? listenerHolder(context, wanted) ?? siblingHolder(wanted, context.ports.slice(0, index));
    return holder ? [{wanted, holder}] : [];
  });

/** One for each that can be set, none twice. */
const offersFor = (taken: readonly Taken[], context: PreflightContext): readonly Offer[] => {
  const used: Place[] = [...context.ports, ...foreignPorts(context), ...(context.local ? context.host.listeners : [])];
  return taken.flatMap(({wanted}) => {
    const port = wanted.setting && proposePort(wanted, used);
    if (!wanted.setting || port === undefined) return [];
    used.push({...wanted, port});
    return [{...wanted.setting, value: String(port)}];
  });
};

const free = (offers: readonly Offer[]): readonly string[] =>
  offers.length === 0
    ? ['Or choose other ports in the settings.']
    : offers.map(offer => `Or take port ${offer.value}, which is free: ${offerFlag(offer)}`);

const portsFree: Check = {
  id: 'D49',
  title: 'Ports are free',
  level: 'blocking',
  applies: ({ports}) => ports.length > 0,
  run: context => {
    const taken = takenPorts(context);
    if (taken.length === 0) return fine(context.ports.map(({port, protocol}) => `${port}/${protocol}`).join(', '));
    const offers = offersFor(taken, context);
    const what = taken.map(({wanted, holder}) => `${wanted.port}/${wanted.protocol} for ${wanted.service} is taken by ${holder.who}`);
    return {...failed(what.join('; '), ...new Set(taken.flatMap(({holder}) => holder.next)), ...free(offers)), offers};
  },
};

export const portChecks: readonly Check[] = [portsFree];
