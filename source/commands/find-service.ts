import type {ContainerDetails, Engine} from '../engine/engine.ts';
import {ExitCode, UserError} from '../errors.ts';
import {inPlace, rowName} from './status-rows.ts';

/** The container of a row, or the first of a service; undefined when there is none. */
export const containerOfRow = async (engine: Engine, project: string, row: string): Promise<ContainerDetails | undefined> => {
  const containers = inPlace(await engine.containers(project));
  return containers.find(container => rowName(container, containers) === row) ?? containers.find(container => container.service === row);
};

/** The same; throws UserError (exit 2) that names those there are. */
export const findService = async (engine: Engine, project: string, row: string): Promise<ContainerDetails> => {
  const found = await containerOfRow(engine, project, row);
  if (found) return found;
  const containers = await engine.containers(project);
  throw new UserError(`There is no service ${row} in ${project}.`, {
    next: [`Services: ${containers.map(container => rowName(container, containers)).join(', ') || 'none'}.`],
    exitCode: ExitCode.usage,
  });
};
