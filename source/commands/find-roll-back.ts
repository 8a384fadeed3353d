/** What a roll back would do: what a phase last came up from, against what is there. Changes nothing. */
import type {Catalog} from '../catalog/catalog.ts';
import type {ComposeProject} from '../engine/commands.ts';
import {observeEngine} from '../engine/observe.ts';
import {withNeeds} from '../plan/needs.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {leftContainers} from '../plan/removal.ts';
import {render} from '../plan/render.ts';
import type {Rendered, RenderedFile} from '../plan/rendered.ts';
import {planRollBack, type RollBack, type RollBackRequest} from '../plan/roll-back.ts';
import {planRemoval} from '../plan/roll-back-removal.ts';
import {closeOver, select} from '../plan/select.ts';
import {readServices, readVolumes, type VolumeModel} from '../plan/services.ts';
import {type WayBack, wayBack} from '../plan/way-back.ts';
import type {EarlierState, WorkspaceState} from '../plan/way-back-files.ts';
import {isOverlay, overlaysOf, parsedOverlay} from '../plan/way-back-parts.ts';
import {loadWorkspaceAnswers} from '../workspace/answers.ts';
import {type EarlierFile, filesAt, filesNow} from '../workspace/earlier-files.ts';
import {goingBack} from '../workspace/going-back.ts';
import {loadImageLock} from '../workspace/image-lock.ts';
import {loadReached, type Reached} from '../workspace/reached.ts';
import {observeFiles} from '../workspace/workspace.ts';
import type {ReadyHost} from './host.ts';
import {leftHere} from './left-files.ts';
import {composeProjectOf, resolveRendered} from './prepare.ts';
import {writtenNeeds} from './written-needs.ts';

export interface Ground {
  readonly catalog: Catalog;
  /** Absolute path of the workspace. */
  readonly directory: string;
}

/** The same, and whether a roll back was begun there. */
type Begun = Ground & {readonly begun: boolean};

/** What the workspace has to become. */
export interface Target extends Pick<WayBack, 'phases' | 'lock' | 'answers'> {
  readonly files: readonly RenderedFile[];
  readonly observed: readonly ObservedFile[];
  readonly compose: ComposeProject;
  readonly volumes: readonly VolumeModel[];
}

export interface FoundRollBack {
  readonly rollBack: RollBack;
  /** Of kind `back`. */
  readonly target: Target | undefined;
}

type Files = ReadonlyMap<string, EarlierFile>;

const textsOf = (files: Files) => new Map([...files].map(([path, {content}]) => [path, content] as const));

const not = (phase: string, why: string, next: string): FoundRollBack => ({
  rollBack: {kind: 'not', phases: [phase], why, next},
  target: undefined,
});

const byHand = 'Mend what is said, then try again; or stop, and set back by hand what was changed.';

/** What is known about earlier times; a phase whose files are not kept any more is left out. */
const earlierStates = async (directory: string, reached: ReadonlyMap<string, Reached>) => {
  const files = new Map<string, Files>();
  const states = new Map<string, EarlierState>();
  for (const [phase, {generation, lock, answers, at}] of reached) {
    const found = await filesAt(directory, generation);
    if (!found) continue;
    files.set(phase, found);
    states.set(phase, {at, lock, answers, files: textsOf(found)});
  }
  return {files, states};
};

const modeOf = (path: string, content: string, known: readonly Files[]): RenderedFile['mode'] => {
  if (path === '.env') return 0o600;
  const file = known.map(files => files.get(path)).find(one => one?.content === content);
  return (file?.mode ?? 0) & 0o100 ? 0o755 : 0o644;
};

/** The operator's own overlay stays as it is on disk. */
const renderedOf = (way: WayBack, known: readonly Files[]): Rendered => {
  const generated = [...way.files].map(([path, content]): RenderedFile => {
    const model = isOverlay(path) ? {model: parsedOverlay(content)} : {};
    return {path, content, mode: modeOf(path, content, known), once: false, about: 'as it was', ...model};
  });
  const own = way.overlays.filter(path => !way.files.has(path));
  const kept = own.map((path): RenderedFile => ({path, content: 'services: {}\n', mode: 0o644, once: true, about: 'your own changes'}));
  return {files: [...generated, ...kept], secrets: []};
};

const nowOf = async (directory: string, files: Files): Promise<WorkspaceState | undefined> => {
  const answers = await loadWorkspaceAnswers(directory);
  return answers && {files: textsOf(files), lock: await loadImageLock(directory), answers};
};

const phasesOf = (catalog: Catalog) => (answers: WorkspaceState['answers']) =>
  new Map(closeOver(catalog, answers).map(({id, phase}) => [id, phase]));

const dotenvOf =
  ({values}: ReadyHost, catalog: Catalog) =>
  (answers: WorkspaceState['answers']) => {
    const selection = select(catalog, answers, values);
    return selection.ok ? render(catalog, selection.value).files.find(({path}) => path === '.env')?.content : undefined;
  };

const neverUp = async (host: ReadyHost, {catalog, directory, begun}: Begun, request: RollBackRequest): Promise<FoundRollBack> => {
  const title = catalog.platform.phases.find(({id}) => id === request.phase)?.title ?? request.phase;
  const containers = withNeeds(await host.engine.containers(request.project), await writtenNeeds(directory));
  return {rollBack: planRemoval(request, title, containers, begun), target: undefined};
};

const backTo = async (
  host: ReadyHost,
  ground: Begun,
  request: RollBackRequest,
  way: WayBack,
  known: readonly Files[],
): Promise<FoundRollBack> => {
  const {catalog, directory} = ground;
  const {phases} = catalog.platform;
  const lastPhase = phases.at(-1)?.id ?? '';
  const rendered = renderedOf(way, known);
  const written = await observeFiles(directory, rendered.files);
  const edited = written.filter(({state}) => state === 'conflict').map(({path}) => path);
  if (edited.length > 0)
    return not(request.phase, `${edited.join(', ')} was changed by hand since it was written, and is not overwritten.`, byHand);
  const compose = composeProjectOf(directory, request, rendered);
  const resolved = await resolveRendered(host, compose, rendered, written);
  const services = readServices(resolved.model, lastPhase);
  const volumes = readVolumes(resolved.model, request.project);
  const found = await observeEngine(host.engine, {
    project: request.project,
    references: [...new Set(services.map(({image}) => image))],
    volumes: volumes.map(({name}) => name),
  });
  const engine = {...found, containers: withNeeds(found.containers, await writtenNeeds(directory))};
  const [files = new Map()] = known.map(textsOf);
  const present = overlaysOf(files, lastPhase).flatMap(overlay =>
    overlay.services.flatMap(({name, phase}) => (way.phases.includes(phase) ? [name] : [])),
  );
  const staying = leftContainers({services, observed: {engine}}).filter(({service}) => !present.includes(service));
  const {removed} = await leftHere({directory, files: rendered.files, observed: written, staying});
  const rollBack = planRollBack({
    project: request.project,
    phases,
    back: way.phases,
    at: way.at,
    wider: way.wider,
    begun: ground.begun,
    files: written.filter(({state}) => state === 'new' || state === 'outdated').map(({path}) => path),
    unneeded: removed.map(({path}) => path),
    services,
    volumes,
    hashes: resolved.hashes,
    lock: way.lock,
    engine,
    present,
  });
  const {lock, answers} = way;
  const observed = [...written, ...removed];
  return {rollBack, target: {phases: way.phases, lock, answers, files: rendered.files, observed, compose, volumes}};
};

/** Throws EngineError, or ExternalError when compose does not accept what was there before. */
export const findRollBack = async (host: ReadyHost, ground: Ground, request: RollBackRequest): Promise<FoundRollBack> => {
  const {catalog, directory} = ground;
  const reached = await loadReached(directory, request.project);
  const begun = {...ground, begun: (await goingBack(directory)) !== undefined};
  if (!reached.has(request.phase)) return neverUp(host, begun, request);
  const [files, earlier] = [await filesNow(directory), await earlierStates(directory, reached)];
  const now = await nowOf(directory, files);
  if (!now || !earlier.states.has(request.phase)) return not(request.phase, 'What it last came up from is not kept any more.', byHand);
  const way = wayBack({
    phases: catalog.platform.phases.map(({id}) => id),
    from: request.phase,
    now,
    earlier: earlier.states,
    phaseOf: phasesOf(catalog),
    dotenvOf: dotenvOf(host, catalog),
  });
  if ('clash' in way) return not(request.phase, `It can not be told apart from what came up: ${way.clash}.`, byHand);
  return backTo(host, begun, request, way, [files, ...earlier.files.values()]);
};
