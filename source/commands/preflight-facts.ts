/** What the preflight checks are told about this run, its settings and the network. */
import {lookup, Resolver} from 'node:dns/promises';
import {stat} from 'node:fs/promises';
import {networkInterfaces, userInfo} from 'node:os';
import type {Catalog} from '../catalog/catalog.ts';
import type {Env} from '../engine/process.ts';
import {hostOf} from '../engine/pull-rules.ts';
import {registryOf} from '../engine/reference.ts';
import {platformSettings} from '../plan/answers.ts';
import {linksOf} from '../plan/consequences.ts';
import {domainKind} from '../plan/inputs.ts';
import type {ServiceModel} from '../plan/model.ts';
import {applicableInputs} from '../plan/select.ts';
import type {WantedPort} from '../preflight/facts.ts';
import type {Answered, ReachFacts, SessionFacts} from '../preflight/surroundings.ts';
import {hasCode} from '../workspace/fs-problem.ts';
import {lockedBy} from '../workspace/lock.ts';
import type {Host} from './host.ts';
import type {Prepared} from './prepare.ts';

/** Published ports, each with the setting of its component that says which. */
export const wantedPorts = (catalog: Catalog, {selection, services}: Pick<Prepared, 'selection' | 'services'>): readonly WantedPort[] => {
  const ports = applicableInputs(catalog, selection.answers).filter(({input}) => input.type === 'port');
  const settingOf = ({component: owner}: ServiceModel, port: number) => {
    const found = ports.find(({component, value}) => component === owner && value === String(port));
    return found && {component: found.component, input: found.input.id};
  };
  return services.flatMap(service => service.ports.map(port => ({...port, service: service.name, setting: settingOf(service, port.port)})));
};

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];

/** `sudo` keeps HOME where it is set up so. */
const foreignHomeOf = async ({HOME, SUDO_USER}: Env): Promise<SessionFacts['foreignHome']> => {
  if (process.getuid?.() !== 0 || !HOME || !SUDO_USER || SUDO_USER === 'root') return undefined;
  const owner = (await stat(HOME).catch(() => undefined))?.uid;
  return owner === undefined || owner === 0 || HOME === userInfo().homedir ? undefined : {user: SUDO_USER, path: HOME};
};

/** `directory`: whose lock is looked at. */
export const sessionFacts = async ({env, endpoint}: Host, directory: string | undefined): Promise<SessionFacts> => ({
  remote: endpoint && (endpoint.kind === 'unix' || endpoint.kind === 'npipe') ? undefined : endpoint?.host,
  locale: env.LC_ALL || env.LC_CTYPE || env.LANG || '',
  hasProxy: proxyVariables.some(name => Boolean(env[name])),
  foreignHome: await foreignHomeOf(env),
  lockedBy: directory === undefined ? undefined : await lockedBy(directory),
});

/** For everything that is asked of the network, all at once. */
const limitMs = 2000;

const absent = ['ENOTFOUND', 'ENODATA'];

/** Both families; `unknown` when no server answered in time. */
const addressesOf = async (name: string): Promise<Answered<readonly string[]>> => {
  const resolver = new Resolver({timeout: limitMs, tries: 1});
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length > 0) return {kind: 'answered', value: found};
  const isAbsent = answers.every(answer => answer.status === 'rejected' && absent.some(code => hasCode(answer.reason, code)));
  return {kind: isAbsent ? 'none' : 'unknown'};
};

type RegistryAnswer = ReachFacts['registries'][number]['answer'];

/** Any answer is one: most registries ask who we are first. */
const registryAnswer = async (name: string): Promise<RegistryAnswer> => {
  const named = lookup(new URL(`https://${name}`).hostname).then(
    () => true,
    () => false,
  );
  try {
    const {status} = await fetch(`https://${name}/v2/`, {method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(limitMs)});
    return {kind: 'answered', value: status};
  } catch {
    // A name that is still looked up when the time is over is not known either.
    return {kind: (await Promise.race([named, Promise.resolve(false)])) ? 'none' : 'unnamed'};
  }
};

/** Without an answer from any of them there is no network, or a proxy in between: that says nothing about one. That a name is not known says something. */
const registryAnswers = async (names: readonly string[]): Promise<ReachFacts['registries']> => {
  const asked = await Promise.all(names.map(async name => ({name, answer: await registryAnswer(name)})));
  const offline = asked.every(({answer}) => answer.kind === 'none');
  return offline ? names.map(name => ({name, answer: {kind: 'unknown'}})) : asked;
};

const ownAddresses = () =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.flatMap(({internal, address}) => (internal ? [] : [address])));

/** Never throws; takes little more than two seconds. */
export const reachFacts = async (catalog: Catalog, {selection, services, observed}: Prepared): Promise<ReachFacts> => {
  const domain = applicableInputs(catalog, selection.answers).find(
    ({component, input}) => component === platformSettings && input.type === 'domain',
  );
  const isPublic = domain !== undefined && domain.value !== '' && domainKind(domain.value) === 'public';
  const names = isPublic ? [...new Set(linksOf(catalog, selection).map(({url}) => new URL(url).hostname))] : [];
  const missing = services.map(({image}) => image).filter(image => !observed.engine?.images.has(image));
  const [addresses, registries] = await Promise.all([
    Promise.all(names.map(async name => ({name, addresses: await addressesOf(name)}))),
    registryAnswers([...new Set(missing.map(image => hostOf(registryOf(image))))]),
  ]);
  return {names: addresses, own: ownAddresses(), registries};
};
