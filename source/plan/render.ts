/** Selection -> everything that is written. Pure. */
import type {Asset, Catalog, Component, Secret} from '../catalog/catalog.ts';
import {renderDotenv} from './dotenv.ts';
import {plainName, renamed, selectedComponents, withInstances} from './instances.ts';
import {interpolate} from './interpolate.ts';
import {overlayFile, renderOverlays} from './overlay.ts';
import {chosen, componentSecrets, isSelected, variantOf} from './parts.ts';
import type {Rendered, RenderedFile} from './rendered.ts';
import type {Selection} from './selection.ts';

const renderAsset = (component: Component, {from, to, into, fill, executable}: Asset, selection: Selection): RenderedFile => ({
  path: `config/${into ?? plainName(component)}/${to}`,
  content: interpolate(renamed(component.assets.get(from) ?? '', component.instance), selection.values, fill),
  mode: executable ? 0o755 : 0o644,
  once: false,
  about: `configuration of ${component.title}`,
  component: component.id,
});

const assetsOf = (component: Component, selection: Selection): readonly Asset[] =>
  [
    ...component.files,
    ...(variantOf(component, selection)?.files ?? []),
    ...chosen(component, selection).flatMap(choice => choice.files),
  ].filter(asset => isSelected(selection, asset.into) && isSelected(selection, asset.with));

const renderConfig = (catalog: Catalog, selection: Selection): readonly RenderedFile[] => {
  const files = new Map<string, RenderedFile>();
  for (const component of selectedComponents(catalog, selection)) {
    for (const asset of assetsOf(component, selection)) {
      const file = renderAsset(component, asset, selection);
      const before = asset.append ? files.get(file.path) : undefined;
      files.set(file.path, before ? {...before, content: before.content + file.content} : file);
    }
  }
  return [...files.values()];
};

const resolveSecret = (secret: Secret, selection: Selection): Secret =>
  secret.kind === 'certificate' ? {...secret, hosts: secret.hosts.map(host => interpolate(host, selection.values))} : secret;

const secretsOf = (catalog: Catalog, selection: Selection): readonly Secret[] =>
  selectedComponents(catalog, selection)
    .flatMap(component => componentSecrets(component, selection))
    .map(secret => resolveSecret(secret, selection));

const ownOverlay = `# Your own changes: this file was created once and is touched again only when you ask for it. It is merged last, so what stands here wins.
# For example:
#   services:
#     some-service:
#       environment:
#         SOME_SETTING: "value"
services: {}
`;

const ignored = `# Written by infra-wizard: none of this belongs into version control.
secrets/
.env
.infra-wizard/
`;

/** The last overlay is the operator's own. */
const ownOverlayFile = (catalog: Catalog, environment: string): string => {
  const last = [...catalog.platform.overlays].sort((a, b) => b.number - a.number)[0];
  return last ? overlayFile(last, environment) : '';
};

/**
 * Everything a workspace holds for a selection; the overlays come first, in the order they are merged. `kept`: content of the
 * configuration files that stay as the operator left them, by path, undefined for one that is gone: services are labelled with what
 * they will really read.
 */
export const render = (base: Catalog, selection: Selection, kept: ReadonlyMap<string, string | undefined> = new Map()): Rendered => {
  const catalog = withInstances(base, selection.answers);
  const config = renderConfig(catalog, selection);
  const read = config.flatMap(file => {
    const content = kept.has(file.path) ? kept.get(file.path) : file.content;
    return content === undefined ? [] : [{...file, content}];
  });
  const overlays = renderOverlays(catalog, selection, read);
  const own = ownOverlayFile(catalog, selection.answers.environment);
  const env = renderDotenv(selection, [...overlays.map(({path}) => path), own]);
  return {
    files: [
      ...overlays,
      {path: own, content: ownOverlay, mode: 0o644, once: true, about: 'your own changes'},
      {path: '.env', content: env, mode: 0o600, once: false, about: 'settings that are not secret'},
      {path: '.gitignore', content: ignored, mode: 0o644, once: false, about: 'keeps secrets out of version control'},
      ...config,
    ],
    secrets: secretsOf(catalog, selection),
  };
};

/** The overlays among the rendered files, in merge order. */
export const overlayPaths = (rendered: Rendered): readonly string[] =>
  rendered.files.flatMap(({path}) => (/^\d\d-docker-compose\..*\.yml$/.test(path) ? [path] : []));
