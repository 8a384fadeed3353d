/** Facts of this run, gathered for the preflight checks and for the wizard's first screen. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {allSecrets} from '../catalog/belongings.ts';
import type {Catalog} from '../catalog/catalog.ts';
import {filesOfSecret} from '../catalog/secret-names.ts';
import {EngineError} from '../engine/engine-error.ts';
import {UserError} from '../errors.ts';
import {platformSettings} from '../plan/answers.ts';
import {lostVolumes} from '../plan/data.ts';
import type {Finding, HostFindings} from '../plan/findings.ts';
import {selectedComponents} from '../plan/instances.ts';
import {unknownName} from '../plan/nearest.ts';
import {replacedVariants} from '../plan/variants.ts';
import type {DiskFacts, EngineFacts, HostFacts, PreflightContext} from '../preflight/facts.ts';
import {inspectHostFacts, diskOf as readDisk} from '../preflight/host.ts';
import {missingForRollout} from '../preflight/missing.ts';
import {checkIds, runChecks} from '../preflight/run.ts';
import {type Held, takenPorts, takenSubnets} from '../preflight/taken.ts';
import {goingBack} from '../workspace/going-back.ts';
import {lastRun} from '../workspace/journal.ts';
import type {Flags} from './arguments.ts';
import {type Host, isReady} from './host.ts';
import {reachFacts, sessionFacts, wantedPorts} from './preflight-facts.ts';
import type {Prepared} from './prepare.ts';
import {refuseProblems} from './problems.ts';

const engineFacts = (host: Host, prepared: Prepared | undefined): EngineFacts => {
  const {engineProblem} = host;
  if (engineProblem) {
    const reason = engineProblem.why ?? engineProblem.message;
    const kind = engineProblem instanceof EngineError ? engineProblem.kind : 'unreachable';
    if (kind === 'permission') return {kind: 'denied', reason};
    return kind === 'unreachable' ? {kind: 'absent', reason} : {kind: 'absent', reason, remedies: engineProblem.next};
  }
  const engine = prepared?.observed.engine;
  if (engine) return {kind: 'ready', engine};
  if (host.info)
    return {
      kind: 'ready',
      engine: {info: host.info, containers: [], networks: [], images: new Map(), volumes: new Map(), foreignPorts: []},
    };
  return {kind: 'absent', reason: 'it was not found'};
};

export const isLocal = ({endpoint}: Host) => endpoint === undefined || endpoint.kind === 'unix' || endpoint.kind === 'npipe';

const composeVersion = ({composeProbe}: Host) => ('version' in composeProbe ? composeProbe.version : undefined);

const secretsOf = (catalog: Catalog, {compose, rendered, selection}: Prepared): PreflightContext['secrets'] =>
  rendered.secrets.map(secret => {
    const owner = selectedComponents(catalog, selection).find(component => allSecrets(component).some(({id}) => id === secret.id));
    const present = filesOfSecret(secret).every(file => existsSync(join(compose.directory, 'secrets', file)));
    return {id: secret.id, component: owner?.id ?? '', present};
  });

const diskOf = async (host: Host, facts: HostFacts): Promise<DiskFacts | undefined> => {
  if (!isLocal(host)) return undefined;
  return (host.info && (await readDisk(host.info.rootDirectory))) ?? facts.folder.disk;
};

const engineSide = async (host: Host, {selection, volumes, observed}: Prepared) => {
  if (!isReady(host)) return {foreignContainers: [], workingDirectories: [], volumes: [], lostData: []};
  const present = observed.engine?.volumes ?? new Map<string, number>();
  const others = await host.engine.neighbours(selection.project);
  const ofVolumes = volumes
    .filter(({name}) => present.has(name))
    .flatMap(({name, components}) => components.map(component => ({name, component})));
  const lostData = lostVolumes(observed.data ?? [], volumes, present);
  return {foreignContainers: others.foreign, workingDirectories: others.workingDirectories, volumes: ofVolumes, lostData};
};

/** An engine that is silent for so long is stuck: whoever only looks at a host is told everything within five seconds. */
export const checkLimitMs = 2000;

export interface PreflightOptions {
  /** Ids of checks that do not forbid a rollout. */
  readonly ignored?: readonly string[];
  /** Also what a rollout finds out by itself: the lock, registries, names in DNS. Takes two seconds more at most. @default false */
  readonly thorough?: boolean;
}

const replacedVariantsOf = (catalog: Catalog, {selection, services, observed, plan}: Prepared): PreflightContext['replaced'] =>
  replacedVariants({catalog, selection, services, observed}).map(({component, deployed, selected, containers}) => {
    const names = [...new Set(containers.map(({service}) => service))];
    return {
      component: component.id,
      title: component.title,
      variant: deployed.id,
      before: deployed.title,
      after: selected.title,
      services: names,
      volumes: [...new Set(containers.flatMap(({volumes}) => volumes))],
      removed: names.every(name => plan.removal.services.some(({service}) => service === name)),
    };
  });

const preflightContext = async (
  host: Host,
  catalog: Catalog,
  prepared: Prepared,
  {thorough = false}: PreflightOptions,
): Promise<PreflightContext> => {
  const {selection, compose} = prepared;
  const [facts, side, session, reach] = await Promise.all([
    inspectHostFacts({directory: compose.directory}),
    engineSide(host, prepared),
    sessionFacts(host, thorough ? compose.directory : undefined),
    thorough ? reachFacts(catalog, prepared) : undefined,
  ]);
  return {
    host: facts,
    engine: engineFacts(host, prepared),
    local: isLocal(host),
    compose: composeVersion(host),
    disk: await diskOf(host, facts),
    tier: catalog.platform.tiers.find(({id}) => id === selection.answers.tier),
    project: selection.project,
    directory: compose.directory,
    ports: wantedPorts(catalog, prepared),
    networks: prepared.networks.map(({id, name, subnet}) => ({
      name,
      subnet,
      setting: catalog.platform.networks.some(network => network.id === id)
        ? {component: platformSettings, input: `${id}_subnet`}
        : undefined,
    })),
    services: prepared.services.map(({name}) => name),
    removed: prepared.plan.removal.services.filter(({first}) => first).map(({service}) => service),
    replaced: replacedVariantsOf(catalog, prepared),
    memoryLimit: prepared.services
      .filter(({isJob}) => !isJob)
      .reduce((sum, {memoryLimit = 0, replicas}) => sum + memoryLimit * replicas, 0),
    ...side,
    session,
    reach,
    secrets: secretsOf(catalog, prepared),
    lastRun: await lastRun(compose.directory),
    goingBack: (await goingBack(compose.directory))?.phase,
  };
};

/** All preflight checks of this host against the selection. */
export const preflight = async (
  host: Host,
  catalog: Catalog,
  prepared: Prepared,
  options: PreflightOptions = {},
): Promise<readonly Finding[]> => runChecks(await preflightContext(host, catalog, prepared, options), options.ignored);

/** Ids given with `--ignore`, each of which has to be one of a check. Throws UserError (exit 2). */
export const ignoredChecks = ({ignore}: Pick<Flags, 'ignore'>): readonly string[] => {
  const ids = ignore.flatMap(text => text.split(',')).map(id => id.trim().toUpperCase());
  const unknown = ids.filter(id => !checkIds.includes(id));
  refuseProblems(
    'There is no such check.',
    unknown.length === 0
      ? {ok: true, value: ids}
      : {ok: false, problems: unknown.map(id => unknownName('--ignore', 'check', id, checkIds))},
  );
  return ids;
};

/** What containers and networks of the engine hold; nothing when it does not answer. */
const heldByEngine = async (host: Host): Promise<Held> => {
  const nothing: Held = {ports: [], networks: []};
  if (!isReady(host)) return nothing;
  const {engine} = host;
  try {
    // No project is called so: the containers of all projects are asked for.
    const [ports, networks] = await Promise.all([engine.foreignPorts(''), engine.networks()]);
    return {ports, networks};
  } catch (error) {
    if (error instanceof UserError) return nothing;
    throw error;
  }
};

/** What the wizard says of this host before anything was chosen. */
export const hostFindings = async (host: Host, directory: string): Promise<HostFindings> => {
  const [facts, held] = await Promise.all([inspectHostFacts({directory}), heldByEngine(host)]);
  const disk = await diskOf(host, facts);
  const local = isLocal(host);
  return {
    host: facts.host,
    distribution: facts.distribution,
    cpus: host.info?.cpus ?? facts.cpus,
    memory: host.info?.memory ?? facts.memory,
    diskFree: disk?.free,
    engine: host.info,
    compose: host.compose,
    ports: takenPorts(local ? facts.listeners : [], held),
    subnets: takenSubnets(local ? facts.subnets : [], held),
    missing: missingForRollout(facts, engineFacts(host, undefined), composeVersion(host)),
  };
};
