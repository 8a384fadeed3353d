/** Is every port that would be published free, and if not: who has it. */
import {type Offer, offerFlag} from '../../plan/findings.ts';
import type {PortHolder} from '../../plan/port-holder.ts';
import {type Check, failed, fine} from '../check.ts';
import type {Listener, PreflightContext, WantedPort} from '../facts.ts';
import {containerHolder, listenerHolder, proxies} from '../port-holder.ts';
import {clashesWithListener, clashesWithPublished, type Place, proposePort} from '../sockets.ts';

/** Services of the project whose containers run and that have the port, or will have it again. */
const servicesAt = ({engine}: PreflightContext, {service, port}: WantedPort): readonly string[] => {
  const running = engine.kind === 'ready' ? engine.engine.containers.filter(({state}) => state === 'running') : [];
  return running.filter(found => found.service === service || found.publishedPorts.includes(port)).map(found => found.service);
};

const isContainer = ({process}: Listener) => process === undefined || proxies.has(process.name);

/** A container of our own service that runs has its port by right; one that is removed before gives it up. */
const isOurs = (context: PreflightContext, wanted: WantedPort, listener: Listener) =>
  isContainer(listener) && servicesAt(context, wanted).some(service => service === wanted.service || context.removed.includes(service));

const unselectedHolder = (context: PreflightContext, wanted: WantedPort): PortHolder | undefined => {
  const service = servicesAt(context, wanted).find(name => !context.services.includes(name));
  return service === undefined
    ? undefined
    : {who: `${service}, which is not selected any more`, next: ['Have it removed before: add --remove. Its data is kept.']};
};

const foreignPorts = ({engine}: PreflightContext) => (engine.kind === 'ready' ? engine.engine.foreignPorts : []);

const programHolder = (context: PreflightContext, wanted: WantedPort): PortHolder | undefined => {
  const others = context.local ? context.host.listeners.filter(listener => !isOurs(context, wanted, listener)) : [];
  const clashing = others.filter(listener => clashesWithListener(wanted, listener));
  return (clashing.some(isContainer) ? unselectedHolder(context, wanted) : undefined) ?? listenerHolder(wanted, clashing);
};

const siblingHolder = (wanted: WantedPort, before: readonly WantedPort[]): PortHolder | undefined => {
  const other = before.find(port => clashesWithPublished(wanted, port));
  return other && {who: `${other.service} of this selection`, next: []};
};

interface Taken {
  readonly wanted: WantedPort;
  readonly holder: PortHolder;
}

const takenPorts = (context: PreflightContext): readonly Taken[] =>
  context.ports.flatMap((wanted, index) => {
    const holder =
      containerHolder(wanted, foreignPorts(context)) ??
      programHolder(context, wanted) ??
      siblingHolder(wanted, context.ports.slice(0, index));
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
