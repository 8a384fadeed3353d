/** A prepared plan as the operator reviews it. */
import type {Catalog} from '../catalog/catalog.ts';
import type {Finding} from '../plan/findings.ts';
import {plainName, selectedComponents} from '../plan/instances.ts';
import {interpolate} from '../plan/interpolate.ts';
import type {Selection} from '../plan/selection.ts';
import type {Review} from '../ui/services.ts';
import {type Host, isReady} from './host.ts';
import type {Prepared} from './prepare.ts';

/** What answers once everything runs, and where the password for it lies. */
export const linksOf = (catalog: Catalog, selection: Selection): Review['links'] =>
  selectedComponents(catalog, selection).flatMap(({links}) =>
    links.map(({title, url, user, secret}) => ({
      title,
      url: interpolate(url, selection.values),
      login: secret === undefined ? undefined : `${user ? `${user}, ` : ''}password in secrets/${secret}`,
    })),
  );

const portsOf = ({services}: Prepared): readonly string[] =>
  services.flatMap(({name, ports}) =>
    ports.map(({address, port, protocol}) => `${port}/${protocol} on ${address === undefined ? 'all addresses' : address}: ${name}`),
  );

export const reviewOf = (host: Host, catalog: Catalog, prepared: Prepared, findings: readonly Finding[]): Review => ({
  selection: prepared.selection,
  plan: prepared.plan,
  files: prepared.observed.files,
  findings,
  ports: portsOf(prepared),
  links: linksOf(catalog, prepared.selection),
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
