/** What a compose file of the catalogue must hold to, beside loading. Pure. */
import {type Document, isMap} from 'yaml';
import {unknownName} from '../plan/nearest.ts';
import type {Problem} from '../plan/problem.ts';
import type {Catalog} from './catalog.ts';
import {placeOf, type YamlFile} from './document.ts';

/** The problem of a name that is none of those known. */
export const known = (where: string, kind: string, name: string, names: readonly string[]): readonly Problem[] =>
  names.includes(name) ? [] : [unknownName(where, kind, name, names)];

/** Keys of a section of a compose file. */
export const namesIn = (document: Document.Parsed, section: string): readonly string[] => {
  const found = isMap(document.contents) ? document.get(section) : undefined;
  return isMap(found) ? found.items.map(({key}) => String(key)) : [];
};

const hasTag = (image: string) => /^[^@]+:[^/@]+(@sha256:[0-9a-f]{64})?$/.test(image) && !/:(latest|stable)$/.test(image);

const checkImage = (fragment: YamlFile, service: string, isWiring: boolean): readonly Problem[] => {
  const image = fragment.document.getIn(['services', service, 'image']);
  if (image === undefined && isWiring) return [];
  if (typeof image === 'string' && hasTag(image)) return [];
  const where = placeOf(fragment, ['services', service, 'image']);
  return [{where, what: `Service "${service}" has no image with a fixed tag.`, next: 'Write image: name:version, not latest.'}];
};

const hasDefinition = (document: Document.Parsed, network: string) => {
  const definition = document.getIn(['networks', network]);
  return isMap(definition) && definition.items.length > 0;
};

/** Images without a version, and names of networks and secrets that lead nowhere. */
export const checkFragment = (
  {platform}: Catalog,
  fragment: YamlFile,
  secretFiles: readonly string[],
  isWiring: boolean,
): readonly Problem[] => {
  const {document} = fragment;
  const networks = platform.networks.map(({id}) => id);
  const at = (section: string, name: string) => placeOf(fragment, [section, name]);
  return [
    ...namesIn(document, 'services').flatMap(service => checkImage(fragment, service, isWiring)),
    ...namesIn(document, 'networks')
      .filter(name => !hasDefinition(document, name))
      .flatMap(name => known(at('networks', name), 'network', name, networks)),
    ...namesIn(document, 'secrets').flatMap(name => known(at('secrets', name), 'generated secret', name, secretFiles)),
  ];
};
