/** Answers -> everything a command needs to show or execute a plan. Changes nothing. */
import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Catalog} from '../catalog/catalog.ts';
import type {ComposeProject} from '../engine/commands.ts';
import {resolveModel} from '../engine/compose.ts';
import {observeEngine} from '../engine/observe.ts';
import type {Answers} from '../plan/answers.ts';
import {type EditedAnswer, undecided} from '../plan/edited.ts';
import {makePlan} from '../plan/make-plan.ts';
import type {ServiceModel} from '../plan/model.ts';
import type {Observed} from '../plan/observed.ts';
import type {Plan} from '../plan/plan.ts';
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
import {decideFiles, leftFiles, observeFiles} from '../workspace/workspace.ts';
import {type Host, isReady} from './host.ts';
import {refuseProblems} from './problems.ts';

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
 * mean the workspace. The operator's own overlay takes part as it is on disk.
 */
export const resolveRendered = (host: Host, project: ComposeProject, rendered: Rendered) =>
  inScratchFolder(async folder => {
    const overlays = overlayPaths(rendered);
    const place = (path: string) => {
      const own = rendered.files.some(file => file.path === path && file.once) && existsSync(join(project.directory, path));
      return join(own ? project.directory : folder, path);
    };
    for (const {path, content} of rendered.files) {
      if (!overlays.includes(path) && path !== '.env') continue;
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), content, {mode: 0o600});
    }
    return resolveModel({...project, files: overlays.map(place), envFile: join(folder, '.env')}, {env: host.env});
  });

/** Throws UserError with every problem of the answers. */
export const prepare = async (
  host: Host,
  {catalog, directory, answers, until, remove = false, edited = undecided}: PrepareInput,
): Promise<Prepared> => {
  const selection = refuseProblems('This selection is not possible.', select(catalog, answers, host.values));
  const bare = render(catalog, selection);
  const decided = await decideFiles(directory, bare, await observeFiles(directory, bare.files), edited);
  const rendered = {...bare, files: decided.files};
  const compose = composeProjectOf(directory, selection, rendered);
  const lastPhase = catalog.platform.phases.at(-1)?.id ?? '';
  const [lock, resolved] = await Promise.all([
    loadImageLock(directory),
    host.compose === undefined ? undefined : resolveRendered(host, compose, rendered),
  ]);
  const model = resolved?.model ?? mergeRendered(rendered, selection.values);
  const services = readServices(model, lastPhase);
  const references = [...new Set(services.map(({image}) => image))];
  const {project} = selection;
  const volumes = readVolumes(model, project);
  const names = volumes.map(({name}) => name);
  const engine = isReady(host) ? await observeEngine(host.engine, {project, references, volumes: names}) : undefined;
  const left = await leftFiles(
    directory,
    rendered.files.map(({path}) => path),
  );
  const observed: Observed = {
    ...{engine, files: decided.observed, leftFiles: left, lock, hashes: resolved?.hashes ?? new Map()},
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
