/** What was set up from a workspace before. Reads only. */
import type {Catalog} from '../catalog/catalog.ts';
import {type Deployed, deployedOf} from '../plan/deployed.ts';
import {projectName} from '../plan/select.ts';
import {knownAnswers} from '../ui/wizard/known.ts';
import {loadWorkspaceAnswers} from '../workspace/answers.ts';
import {lastWrite} from '../workspace/generations.ts';
import {lastRun} from '../workspace/journal.ts';
import type {Host} from './host.ts';

/** Undefined when nothing was written there yet. Without an engine nothing is known to run. */
export const findDeployed = async ({engine}: Pick<Host, 'engine'>, catalog: Catalog, directory: string): Promise<Deployed | undefined> => {
  const saved = await loadWorkspaceAnswers(directory);
  if (!saved) return undefined;
  const {answers} = knownAnswers(catalog, saved);
  const project = projectName(catalog, answers);
  const [containers, writtenAt, run] = await Promise.all([engine?.containers(project) ?? [], lastWrite(directory), lastRun(directory)]);
  return deployedOf({catalog, answers, project, containers, writtenAt, rolledOutAt: run?.unfinished === false ? run.at : undefined});
};
