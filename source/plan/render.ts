/** Selection -> everything that is written. Pure. */
import type {Asset, Catalog, Choice, Component, Secret, Variant} from '../catalog/catalog.ts';
import {renderDotenv} from './dotenv.ts';
import {baseOf, plainName, renamed, selectedComponents, withInstances} from './instances.ts';
import {interpolate} from './interpolate.ts';
import {overlayFile, renderOverlays} from './overlay.ts';
import type {Rendered, RenderedFile} from './rendered.ts';
import type {Selection} from './selection.ts';

const chosen = (component: Component, selection: Selection): readonly Choice[] =>
  [...(selection.choices.get(component.id) ?? [])].flatMap(
    ([input, value]) => component.inputs.find(({id}) => id === input)?.choices.find(({id}) => id === value) ?? [],
  );

/** Whether a component, or an instance of it, is selected. */
const isSelected = (selection: Selection, id: string | undefined): boolean =>
  id === undefined || selection.components.some(({id: selected}) => selected === id || baseOf(selected) === id);

const variantOf = (component: Component, selection: Selection): Variant | undefined => {
  const selected = selection.components.find(({id}) => id === component.id);
  return component.variants.find(({id}) => id === selected?.variant);
};

const renderAsset = (component: Component, {from, to, into, fill, executable}: Asset, selection: Selection): RenderedFile => ({
  path: `config/${into ?? plainName(component)}/${to}`,
  content: interpolate(renamed(component.assets.get(from) ?? '', component.instance), selection.values, fill),
  mode: executable ? 0o755 : 0o644,
  once: false,
  about: `configuration of ${component.title}`,
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
    .flatMap(component => [
      ...component.secrets,
      ...(variantOf(component, selection)?.secrets ?? []),
      ...chosen(component, selection).flatMap(choice => choice.secrets),
    ])
    .filter(secret => isSelected(selection, secret.with))
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

/** Everything a workspace holds for a selection; the overlays come first, in the order they are merged. */
export const render = (base: Catalog, selection: Selection): Rendered => {
  const catalog = withInstances(base, selection.answers);
  const config = renderConfig(catalog, selection);
  const overlays = renderOverlays(catalog, selection, config);
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
