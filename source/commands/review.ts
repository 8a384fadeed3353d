/** A prepared plan as the operator reviews it. */
import {totalmem} from 'node:os';
import type {Catalog} from '../catalog/catalog.ts';
import {type Consequences, consequencesOf} from '../plan/consequences.ts';
import type {Finding} from '../plan/findings.ts';
import {plainName, selectedComponents} from '../plan/instances.ts';
import {interpolate} from '../plan/interpolate.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {fileOrigin, type Origin} from '../plan/origin.ts';
import type {Selection} from '../plan/selection.ts';
import {findingOrigin} from '../preflight/origins.ts';
import type {Review} from '../ui/services.ts';
import {type Host, isReady} from './host.ts';
import {isLocal} from './preflight.ts';
import type {Prepared} from './prepare.ts';

/** What the plan leads to, on this host. */
export const consequencesFor = (host: Host, catalog: Catalog, {selection, plan}: Prepared): Consequences =>
  consequencesOf({
    catalog,
    selection,
    plan,
    hostMemory: host.info?.memory ?? (isLocal(host) ? totalmem() : undefined),
    rootless: host.info?.rootless ?? false,
  });

const from = (origin: Origin | undefined): {readonly origin?: Origin} => (origin ? {origin} : {});

const filesOf = ({observed, rendered}: Prepared): Review['files'] => {
  const owners = new Map(rendered.files.map(({path, component}) => [path, component]));
  const originOf = ({path, state}: ObservedFile): Origin | undefined =>
    state === 'unneeded' ? {kind: 'picks'} : fileOrigin(path, owners.get(path));
  return observed.files.map(file => ({...file, ...from(originOf(file))}));
};

export const reviewOf = (host: Host, catalog: Catalog, prepared: Prepared, findings: readonly Finding[]): Review => ({
  ...consequencesFor(host, catalog, prepared),
  selection: prepared.selection,
  plan: prepared.plan,
  files: filesOf(prepared),
  findings: findings.map(finding => ({...finding, ...from(findingOrigin(finding))})),
  directory: prepared.compose.directory,
  canRollOut: isReady(host) && findings.every(({level}) => level !== 'blocking'),
});

/** Service to the address that answers for it: a component's first link belongs to the service of its name. */
export const urlsOf = (catalog: Catalog, selection: Selection): ReadonlyMap<string, string> =>
  new Map(
    selectedComponents(catalog, selection).flatMap(component => {
      const [link] = component.links;
      return link ? [[plainName(component), interpolate(link.url, selection.values)] as const] : [];
    }),
  );
