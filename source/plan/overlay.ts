/** Selection -> the compose files to write: the catalogue's own fragments, merged, with their comments. Pure. */
import {Document, isMap, isSeq, type Node, type Pair, parse, Scalar, visit, YAMLMap} from 'yaml';
import type {Catalog, Network, Overlay} from '../catalog/catalog.ts';
import {subnetVariable} from './inputs.ts';
import {addComment, commentable, mergeMaps} from './merge-yaml.ts';
import {filesHash, mountedPaths} from './mounted-files.ts';
import {contentsOf, piecesOf} from './pieces.ts';
import type {RenderedFile} from './rendered.ts';
import type {Selection} from './selection.ts';

/** Labels by which the wizard knows its services again. */
export const labels = {
  component: 'infra-wizard.component',
  phase: 'infra-wizard.phase',
  /** Hash of the mounted configuration files: compose's own hash does not see their content. */
  files: 'infra-wizard.files',
} as const;

export const overlayFile = (overlay: Overlay, environment: string): string =>
  `${overlay.number}-docker-compose.Infra.${environment}${overlay.name ? `.${overlay.name}` : ''}.yml`;

const mapAt = (map: YAMLMap, key: string): YAMLMap => {
  const value = map.get(key);
  if (isMap(value)) return value;
  const fresh = new YAMLMap();
  map.set(key, fresh);
  return fresh;
};

const servicesOf = (map: YAMLMap): readonly {readonly name: string; readonly service: YAMLMap}[] =>
  mapAt(map, 'services').items.flatMap(({key, value}) => (isMap(value) ? [{name: String(key), service: value}] : []));

const labelOfFiles = (service: YAMLMap, config: readonly RenderedFile[]): string | undefined => {
  const volumes = service.get('volumes');
  const mounted = mountedPaths(
    isSeq(volumes) ? volumes.toJSON() : [],
    config.map(({path}) => path),
  );
  return filesHash(config.filter(({path}) => mounted.includes(path)));
};

const addLabels = (service: YAMLMap, values: readonly (readonly [string, string | undefined])[]) => {
  const present = service.get('labels');
  for (const [key, value] of values) {
    if (value === undefined) continue;
    if (isSeq(present)) present.add(`${key}=${value}`);
    else mapAt(service, 'labels').set(key, value);
  }
};

const networkNode = (document: Document, network: Network): Node =>
  document.createNode({
    driver: 'bridge',
    ...(network.internal && {internal: true}),
    ipam: {config: [{subnet: `\${${subnetVariable(network)}:-${network.subnet}}`}]},
  });

/** Every overlay declares the networks it uses, identically, so that it loads alone and merges with all others. */
const defineNetworks = (document: Document, root: YAMLMap, platform: Catalog['platform']) => {
  const used = root.get('networks');
  if (!isMap(used)) return;
  for (const pair of used.items as Pair<Node, Node | null>[]) {
    const network = platform.networks.find(({id}) => id === String(pair.key));
    if (!network) continue;
    pair.value = networkNode(document, network);
    (pair.key as Node).commentBefore = ` ${network.purpose}`;
  }
};

/** Starts like a word, an option, a path or a variable and holds nothing that YAML could end it at: text to every reader, unless it is a word of `words11`. */
const surelyText = /^(?:\$\{|[/-]{0,2}[A-Za-z])(?:[\w./,;=@%+*$(){}[\]|&?!~'"<>^`\\-]|:(?=\S)| (?=[^\s#]))*$/;
const words11 = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/** A text that a reader of YAML 1.1 (PyYAML, older tools) would take for a number, a date or a boolean. */
const readsDifferently = (text: string): boolean => {
  if (surelyText.test(text) && !words11.test(text)) return false;
  try {
    return typeof parse(text, {version: '1.1', schema: 'yaml-1.1', logLevel: 'silent'}) !== 'string';
  } catch {
    return true;
  }
};

const quoteAmbiguous = (document: Document) => {
  // The same durations and sizes stand in every service.
  const known = new Map<string, boolean>();
  const isAmbiguous = (text: string) => {
    const ambiguous = known.get(text) ?? readsDifferently(text);
    known.set(text, ambiguous);
    return ambiguous;
  };
  visit(document, {
    Scalar: (_, node) => {
      const isPlainText = typeof node.value === 'string' && (node.type === undefined || node.type === Scalar.PLAIN);
      if (isPlainText && isAmbiguous(String(node.value))) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
};

const header = (title: string, selection: Selection) =>
  [
    ` ${title}`,
    ` Written by infra-wizard for ${selection.project}. An ordinary compose file: \`docker compose up -d\` in this folder uses it,`,
    ' together with the others, through COMPOSE_FILE in .env. Your own changes belong into the 90- overlay, which is merged last.',
  ].join('\n');

const order = ['services', 'networks', 'volumes', 'secrets', 'configs'];

const renderOne = (catalog: Catalog, selection: Selection, overlay: Overlay, config: readonly RenderedFile[]): RenderedFile | undefined => {
  const members = selection.components.flatMap(selected => {
    const component = catalog.components.get(selected.id);
    return component?.overlay === overlay.id ? [{component, selected}] : [];
  });
  const [first] = members;
  if (!first) return undefined;
  const title = members.map(({component}) => component.title).join(', ');
  const document = new Document<YAMLMap>(new YAMLMap());
  const root = document.contents as YAMLMap;
  for (const {component, selected} of members) {
    const own = new YAMLMap();
    for (const piece of piecesOf(component, selected, selection, catalog)) {
      const contents = contentsOf(piece);
      if (!contents) continue;
      addComment(mapAt(contents, 'services').items[0]?.key, piece.fragment.document.commentBefore);
      mergeMaps(own, contents);
    }
    for (const {service} of servicesOf(own)) {
      addLabels(service, [
        [labels.component, component.id],
        [labels.phase, selected.phase],
        [labels.files, labelOfFiles(service, config)],
      ]);
    }
    const name = mapAt(own, 'services').items[0]?.key;
    if (commentable(name) && root.items.length > 0) name.spaceBefore = true;
    mergeMaps(root, own);
  }
  defineNetworks(document, root, catalog.platform);
  root.items.sort((a, b) => order.indexOf(String(a.key)) - order.indexOf(String(b.key)));
  for (const pair of root.items.slice(1) as Pair<Node, Node | null>[]) (pair.key as Node).spaceBefore = true;
  quoteAmbiguous(document);
  document.commentBefore = header(title, selection);
  return {
    path: overlayFile(overlay, selection.answers.environment),
    content: document.toString({lineWidth: 0, flowCollectionPadding: false}),
    mode: 0o644,
    once: false,
    about: title,
    component: first.component.id,
    model: document.toJS(),
  };
};

/** The overlays of a selection, in the order in which compose merges them; the operator's own is not among them. */
export const renderOverlays = (catalog: Catalog, selection: Selection, config: readonly RenderedFile[]): readonly RenderedFile[] =>
  [...catalog.platform.overlays]
    .sort((a, b) => a.number - b.number)
    .flatMap(overlay => renderOne(catalog, selection, overlay, config) ?? []);
