/** What can only be known by asking the network. Where nobody answers at all, nothing is said. */
import {type Check, failed, fine, weak} from '../check.ts';
import type {PreflightContext} from '../facts.ts';
import type {Answered} from '../surroundings.ts';

const known = <T>(answer: Answered<T>) => answer.kind !== 'unknown';

/** Behind a proxy, names are looked up there. */
const isProxied = ({session, engine}: PreflightContext) =>
  session?.hasProxy || (engine.kind === 'ready' && engine.engine.info.settings?.hasProxy);

const registries: Check = {
  id: 'D51',
  title: 'Registries answer',
  level: 'warning',
  applies: context =>
    context.reach?.registries.some(({answer}) => answer.kind !== 'unknown' && !(answer.kind === 'unnamed' && isProxied(context))) ?? false,
  run: ({reach}) => {
    const asked = reach?.registries ?? [];
    const unnamed = asked.filter(({answer}) => answer.kind === 'unnamed').map(({name}) => name);
    if (unnamed.length > 0)
      return failed(
        `No name server tells this host where ${unnamed.join(', ')} is: images are fetched from there`,
        `Ask it by hand: getent hosts ${unnamed[0]}`,
        'See which one is asked, and name one that answers: cat /etc/resolv.conf',
      );
    const silent = asked.filter(({answer}) => answer.kind !== 'answered').map(({name}) => name);
    if (silent.length === 0) return fine(asked.map(({name}) => name).join(', '));
    return failed(
      `No answer from ${silent.join(', ')}, where images are fetched from`,
      `See why: curl -sSI https://${silent[0]}/v2/`,
      'An engine with a mirror or a proxy of its own may fetch them all the same.',
    );
  },
};

const privateAddress =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe80:)/i;

const namesOf = ({reach}: PreflightContext) => reach?.names ?? [];

const publicNames: Check = {
  id: 'D55',
  title: 'Names lead here',
  level: 'warning',
  applies: context => namesOf(context).some(({addresses}) => known(addresses)),
  run: context => {
    const names = namesOf(context).filter(({addresses}) => known(addresses));
    const lost = names.filter(({addresses}) => addresses.kind === 'none').map(({name}) => name);
    const remedy = 'Create a DNS record for each, or one for all of them (*.DOMAIN), with the address of this server.';
    if (lost.length > 0) return failed(`${lost.join(', ')} cannot be found in DNS: no certificates are issued for them`, remedy);
    const own = (context.reach?.own ?? []).filter(address => !privateAddress.test(address));
    const found = names.flatMap(({name, addresses}) =>
      addresses.kind === 'answered' ? addresses.value.map(address => ({name, address})) : [],
    );
    const elsewhere = found.filter(({address}) => !own.includes(address));
    if (elsewhere.length === 0) return fine(names.map(({name}) => name).join(', '));
    const what = elsewhere.map(({name, address}) => `${name} leads to ${address}`).join('; ');
    return own.length === 0
      ? weak(`${what}; this host has private addresses only, so something in front of it has to forward ports 80 and 443`)
      : failed(`${what}, which is not an address of this host (${own.join(', ')})`, remedy);
  },
};

export const reachChecks: readonly Check[] = [registries, publicNames];
