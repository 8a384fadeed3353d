/** Services -> compose, one run at a time. */
import {EngineError} from '../engine/engine-error.ts';
import {ExternalError} from '../errors.ts';
import type {PlannedService} from '../plan/plan.ts';
import {dataFailure, startFailure, takenPort} from './failure.ts';
import type {Group, Stage} from './stage.ts';
import {serviceEvent, tell, type Verdicts} from './tell.ts';
import {nextWave} from './waves.ts';

const lastWords = (error: unknown): readonly string[] => (error instanceof ExternalError ? error.lastLines : []);

/** False: the engine went away while compose worked. That is nobody's failure: what was handed over waits, and is handed over again. */
const isEngineThere = ({services}: Stage) =>
  services.containers().then(
    () => true,
    () => false,
  );

/** With who holds the port, where it is one that could not be had. */
const whyNotStarted = async ({services}: Stage, service: PlannedService, said: readonly string[]) => {
  const port = takenPort(said);
  const holder = port && (await services.portHolder(port).catch(() => undefined));
  return startFailure(service, said, holder);
};

/**
 * Compose makes a volume that is missing, and says nothing. So what was there when the plan was made is looked for right before; one that
 * goes in the moments between this and the start is not noticed. Returns what can be handed over.
 */
const withData = async ({stage, services, failures}: Group, names: readonly string[]): Promise<readonly string[]> => {
  const keepers = services.filter(({name, data = []}) => names.includes(name) && data.length > 0);
  if (keepers.length === 0) return names;
  const there = await stage.services.volumes(keepers.flatMap(({data = []}) => data));
  for (const service of keepers) {
    const gone = (service.data ?? []).filter(volume => !there.has(volume));
    if (gone.length > 0) failures.set(service.name, dataFailure(service, gone));
  }
  return names.filter(name => !failures.has(name));
};

/** One compose run; what fails in company is tried again alone, so that a failure is pinned to its service. */
const handOver = async (group: Group, names: readonly string[]): Promise<void> => {
  const {stage, anew, failures} = group;
  const recreate = names.some(name => anew.has(name));
  try {
    const ready = await withData(group, names);
    if (ready.length > 0) await stage.services.up(ready, {recreate});
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof EngineError)) throw error;
    if (stage.signal.aborted || !(await isEngineThere(stage))) return;
    if (error instanceof EngineError) throw error;
    if (names.length > 1) {
      for (const name of names) if (!stage.signal.aborted) await handOver(group, [name]);
      return;
    }
    const service = group.services.find(({name}) => name === names[0]);
    if (service) failures.set(service.name, await whyNotStarted(stage, service, lastWords(error)));
  }
  for (const name of names) {
    anew.delete(name);
    stage.board.resetDeaths(name);
    const now = stage.services.now();
    group.ended.set(name, {handed: !failures.has(name), since: now, deaths: 0, stirred: now});
  }
};

/** Before a look: a compose run that ended has ended for us, too. */
export const takeBack = (group: Group) => {
  if (!group.isBack) return;
  const {tracks} = group.stage;
  for (const [name, track] of group.ended) tracks.set(name, {...track, ill: tracks.get(name)?.ill, ills: tracks.get(name)?.ills});
  group.ended.clear();
  group.handing = undefined;
  group.isBack = false;
};

/** Hands over what waits, has its image, and whose dependencies are right; nothing while an earlier run goes on. */
export const startWave = (group: Group, verdicts: Verdicts, lost: ReadonlySet<string>) => {
  const {stage} = group;
  if (group.handing || stage.signal.aborted) return;
  const open = group.services.filter(service => !lost.has(service.name));
  const ready = nextWave({services: open, verdicts, presentImages: stage.pulls.present});
  // Compose makes all services of a run anew or none, so the two kinds go one after the other.
  const sick = ready.filter(name => group.anew.has(name));
  const wave = sick.length > 0 ? sick : ready;
  if (wave.length === 0) return;
  for (const service of group.services) {
    if (wave.includes(service.name)) tell(stage, {...serviceEvent(service), status: 'working', text: 'Creating'});
  }
  group.handing = handOver(group, wave)
    .catch(error => {
      group.broken = error;
    })
    .finally(() => {
      group.isBack = true;
      stage.doorbell.ring();
    });
};
