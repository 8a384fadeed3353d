/** The platform as deployed, on one page of HTML. */
import {readFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import type {Catalog} from '../catalog/catalog.ts';
import {healthSentence, isWellOverall} from '../display/health-sentence.ts';
import type {PlatformReport, ReportNetwork, ReportService} from '../display/page/model.ts';
import {reportHtml, reportMark} from '../display/page/page.ts';
import type {ContainerDetails, NetworkDetails} from '../engine/engine.ts';
import {ExitCode, UserError} from '../errors.ts';
import {linksOf} from '../plan/consequences.ts';
import {type ImageLock, lockedDigest, platformOf} from '../plan/image-lock.ts';
import {withInstances} from '../plan/instances.ts';
import type {Selection} from '../plan/selection.ts';
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {writeFileAtomic} from '../workspace/atomic.ts';
import {hasCode} from '../workspace/fs-problem.ts';
import {loadImageLock} from '../workspace/image-lock.ts';
import type {Command, Context} from './context.ts';
import {type ReadyHost, requireReady} from './host.ts';
import {withHost} from './plan.ts';
import {writtenSelection} from './project.ts';
import {statusOnce} from './status-feed.ts';
import {statusInput} from './status-input.ts';

/** As the overlays call it: the engine's name begins with the project's. */
const networkId = (name: string, project: string) => (name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name);

interface Deployed {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly containers: readonly ContainerDetails[];
  readonly networks: readonly NetworkDetails[];
  readonly services: readonly ServiceStatus[];
  readonly lock: ImageLock;
  readonly platform: string;
}

const serviceOf = (service: ServiceStatus, {catalog, selection, containers, lock, platform}: Deployed): ReportService => {
  const container = containers.find(({id}) => id === service.containerId);
  const components = withInstances(catalog, selection.answers).components;
  return {
    ...service,
    networks: (container?.networks ?? []).map(name => networkId(name, selection.project)),
    title: components.get(service.component ?? '')?.title,
    digest: lockedDigest(lock, service.image, platform),
  };
};

const networksOf = ({networks, containers, selection: {project}}: Deployed): readonly ReportNetwork[] => {
  const used = new Set(containers.flatMap(container => container.networks));
  return networks
    .filter(({name, project: owner}) => owner === project || used.has(name))
    .map(({name, subnets, internal}) => ({id: networkId(name, project), subnets, internal}))
    .sort((one, other) => Number(one.internal) - Number(other.internal) || one.id.localeCompare(other.id));
};

/** In the order of the phases; what belongs to none comes last. */
const phasesOf = (deployed: Deployed): PlatformReport['phases'] => {
  const known = deployed.catalog.platform.phases;
  const groups = [...known, {id: undefined, title: 'Your own'}].map(({id, title}) => ({
    title,
    services: deployed.services
      .filter(({phase}) => (id === undefined ? !known.some(other => other.id === phase) : phase === id))
      .map(service => serviceOf(service, deployed)),
  }));
  return groups.filter(({services}) => services.length > 0);
};

const reportOf = (context: Context, host: ReadyHost, deployed: Deployed, snapshot: StatusSnapshot): PlatformReport => {
  const {selection} = deployed;
  const {at} = snapshot;
  return {
    project: selection.project,
    environment: selection.answers.environment,
    domain: selection.values.get('DOMAIN') ?? '',
    host: host.info.host,
    engine: host.info.version,
    at,
    summary: healthSentence(snapshot, at),
    isWell: isWellOverall(snapshot),
    networks: networksOf(deployed),
    phases: phasesOf(deployed),
    links: linksOf(context.catalog, selection),
  };
};

/** A report is made to be made again; any other file is not ours to replace. */
const refuseOther = async (path: string, isForced: boolean) => {
  const text = await readFile(path, 'utf8').catch(error => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw new UserError(`${path} can not be written.`, {
      why: error.message,
      next: ['Name another file.'],
      exitCode: ExitCode.usage,
      cause: error,
    });
  });
  if (text === undefined || isForced || text.includes(reportMark)) return;
  throw new UserError(`${path} is there already, and is no report of infra-wizard; it was left as it is.`, {
    next: ['Name another file.', 'Or replace it: --yes.'],
    exitCode: ExitCode.usage,
  });
};

/** Writes the page; exits like `status`: 1 when something is not well. */
export const reportCommand: Command = async context => {
  const selection = await writtenSelection(context);
  const path = resolve(context.workingDirectory, context.operands[0] ?? `${selection.project}-report.html`);
  await refuseOther(path, context.flags.yes);
  return withHost(context, async host => {
    const ready = requireReady(host);
    const {project} = selection;
    const [snapshot, containers, networks, lock] = await Promise.all([
      statusOnce(statusInput(context, host, selection), context.signal),
      ready.engine.containers(project),
      ready.engine.networks(),
      loadImageLock(context.directory),
    ]);
    const platform = platformOf(ready.info.architecture);
    const deployed = {catalog: context.catalog, selection, containers, networks, services: snapshot.services, lock, platform};
    const report = reportOf(context, ready, deployed, snapshot);
    await writeFileAtomic(path, reportHtml(report), 0o600);
    context.out(`${path}\n`);
    return report.isWell ? ExitCode.done : ExitCode.failed;
  });
};
