/** Answers -> everything a command needs to show or execute a plan. Changes nothing. */
import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Catalog} from '../catalog/catalog.ts';
import type {ComposeProject} from '../engine/commands.ts';
import {resolveModel} from '../engine/compose.ts';
import {observeEngine} from '../engine/observe.ts';
import type {Answers} from '../plan/answers.ts';
import {mountedFiles} from '../plan/drift.ts';
import {type EditedAnswer, undecided} from '../plan/edited.ts';
import {makePlan} from '../plan/make-plan.ts';
import type {ServiceModel} from '../plan/model.ts';
import {withNeeds} from '../plan/needs.ts';
import type {Observed, ObservedFile} from '../plan/observed.ts';
import {ownPart} from '../plan/own-variables.ts';
import type {Plan} from '../plan/plan.ts';
import {isAsked, leftContainers} from '../plan/removal.ts';
import {overlayPaths, render} from '../plan/render.ts';
import type {Rendered} from '../plan/rendered.ts';
import {select} from '../plan/select.ts';
import type {Selection} from '../plan/selection.ts';
import {
  mergeRendered,
  type NetworkModel,
  readNetworkNames,
  readNetworks,
  readServices,
  readVolumes,
  type VolumeModel,
} from '../plan/services.ts';
import {loadImageLock} from '../workspace/image-lock.ts';
import {knownVolumes} from '../workspace/reached.ts';
import {inScratchFolder} from '../workspace/scratch.ts';
import {contentsOf, decideFiles, keptContents, observeFiles} from '../workspace/workspace.ts';
import {type Host, isReady} from './host.ts';
import {leftHere} from './left-files.ts';
import {refuseProblems} from './problems.ts';
import {writtenNeeds} from './written-needs.ts';

export interface Prepared {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly rendered: Rendered;
  readonly services: readonly ServiceModel[];
  readonly networks: readonly NetworkModel[];
  readonly volumes: readonly VolumeModel[];
  readonly observed: Observed;
  readonly plan: Plan;
  readonly compose: ComposeProject;
  /** Image to about how many bytes are downloaded for it, where that is known. */
  readonly imageSizes: ReadonlyMap<string, number>;
}

export interface PrepareInput {
  readonly catalog: Catalog;
  /** Absolute path of the workspace. */
  readonly directory: string;
  readonly answers: Answers;
  readonly until?: string | undefined;
  /** What runs and is not selected is removed: all of it, or the services that are named. @default false */
  readonly remove?: boolean | readonly string[] | undefined;
  /** What to do about generated files that the operator edited. @default nothing, which refuses to write */
  readonly edited?: EditedAnswer | undefined;
}

/** The project as it lies, or will lie, in the workspace. */
export const composeProjectOf = (directory: string, {project}: Pick<Selection, 'project'>, rendered: Rendered): ComposeProject => ({
  project,
  directory,
  files: overlayPaths(rendered).map(path => join(directory, path)),
  envFile: join(directory, '.env'),
});

/**
 * What compose makes of the files that would be written, asked before they are: they lie in a temporary folder, while relative paths
 * mean the workspace. The operator's own overlay takes part as it is on disk, and so does what he edited and what stays so.
 */
export const resolveRendered = (host: Host, project: ComposeProject, rendered: Rendered, observed: readonly ObservedFile[]) =>
  inScratchFolder(async folder => {
    const overlays = overlayPaths(rendered);
    const edited = observed.flatMap(({path, state}) => (state === 'edited' ? [path] : []));
    const place = (path: string) => {
      const own = rendered.files.some(file => file.path === path && file.once) && existsSync(join(project.directory, path));
      return join(own || edited.includes(path) ? project.directory : folder, path);
    };
    const variables = (await contentsOf(project.directory, ['.env'])).get('.env') ?? '';
    for (const {path, content} of rendered.files) {
      if (!overlays.includes(path) && path !== '.env') continue;
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), path === '.env' ? content + ownPart(variables) : content, {mode: 0o600});
    }
    return resolveModel({...project, files: overlays.map(place), envFile: place('.env')}, {env: host.env});
  });

/** What would be written here. Services are labelled with the configuration files that they will read, edited ones too. */
const renderHere = async (catalog: Catalog, selection: Selection, directory: string, edited: EditedAnswer) => {
  const bare = render(catalog, selection);
  const seen = await observeFiles(directory, bare.files);
  const kept = await keptContents(directory, seen, edited);
  const labelled = kept.size === 0 ? bare : render(catalog, selection, kept);
  const {files, observed} = await decideFiles(
    directory,
    labelled,
    kept.size === 0 ? seen : await observeFiles(directory, labelled.files),
    edited,
  );
  return {rendered: {...labelled, files}, files: observed};
};

/** Throws UserError with every problem of the answers. */
export const prepare = async (
  host: Host,
  {catalog, directory, answers, until, remove = false, edited = undecided}: PrepareInput,
): Promise<Prepared> => {
  const selection = refuseProblems('This selection is not possible.', select(catalog, answers, host.values));
  const {rendered, files: written} = await renderHere(catalog, selection, directory, edited);
  const compose = composeProjectOf(directory, selection, rendered);
  const lastPhase = catalog.platform.phases.at(-1)?.id ?? '';
  const [lock, resolved] = await Promise.all([
    loadImageLock(directory),
    host.compose === undefined ? undefined : resolveRendered(host, compose, rendered, written),
  ]);
  const model = resolved?.model ?? mergeRendered(rendered, selection.values);
  const services = readServices(model, lastPhase);
  const references = [...new Set(services.map(({image}) => image))];
  const {project} = selection;
  const volumes = readVolumes(model, project);
  const names = volumes.map(({name}) => name);
  const found = isReady(host) ? await observeEngine(host.engine, {project, references, volumes: names}) : undefined;
  const engine = found && {...found, containers: withNeeds(found.containers, await writtenNeeds(directory))};
  const staying = leftContainers({services, observed: {engine}}).filter(container => !isAsked(container, remove));
  const left = await leftHere({directory, files: rendered.files, observed: written, staying});
  const files = [...written, ...left.removed];
  const observed: Observed = {
    engine,
    files,
    leftFiles: left.stay,
    lock,
    hashes: resolved?.hashes ?? new Map(),
    mounted: mountedFiles(rendered.files, files),
    data: await knownVolumes(directory, project),
  };
  return {
    catalog,
    selection,
    rendered,
    services,
    networks: readNetworks(model, project),
    volumes,
    observed,
    compose,
    imageSizes: catalog.imageSizes,
    plan: makePlan({catalog, selection, services, observed, volumes, networks: readNetworkNames(model, project), remove, until}),
  };
};
