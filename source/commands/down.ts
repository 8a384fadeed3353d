import {composeDown} from '../engine/compose.ts';
import {ExitCode, UserError} from '../errors.ts';
import {goingBack} from '../workspace/going-back.ts';
import {acquireLock} from '../workspace/lock.ts';
import {forgetVolumes} from '../workspace/reached.ts';
import type {Command, Context} from './context.ts';
import {type ReadyHost, requireReady} from './host.ts';
import {withHost} from './plan.ts';
import {writtenSelection} from './project.ts';

const listing = async ({engine}: ReadyHost, project: string, volumes: boolean): Promise<readonly string[]> => {
  const [containers, networks, data] = await Promise.all([engine.containers(project), engine.networks(), engine.volumes(project)]);
  const own = networks.filter(network => network.project === project);
  return [
    ...containers.map(({name}) => `container  ${name}`),
    ...own.map(({name}) => `network    ${name}`),
    ...(volumes ? [...data.keys()].map(name => `volume     ${name}  (data: can not be brought back)`) : []),
  ];
};

const isConfirmed = async (context: Context, project: string): Promise<boolean> => {
  const {yes, volumes} = context.flags;
  if (yes) return true;
  const answer = await context.ask(volumes ? `Type ${project} to remove all of this, data included: ` : 'Remove these? [y/N] ');
  if (answer === undefined) {
    throw new UserError('Nothing was removed: it was not confirmed.', {
      why: 'There is no terminal to ask.',
      next: ['Add --yes to remove without asking.'],
      exitCode: ExitCode.usage,
    });
  }
  return volumes ? answer.trim() === project : /^y(es)?$/i.test(answer.trim());
};

/** What is removed comes back as the roll back would have it, unless that is said. */
const sayUnfinishedRollBack = async (context: Context, project: string) => {
  const unfinished = await goingBack(context.directory);
  if (unfinished?.project !== project || context.mode === 'quiet') return;
  const {phase} = unfinished;
  context.err(
    `A roll back of the phase ${phase} has not ended: the next up goes on with it. To give it up instead: infra-wizard up --forward\n`,
  );
};

/** Stops and removes containers and networks, listing them first; data only with --volumes and the project's name typed. */
export const downCommand: Command = async context => {
  const {project} = await writtenSelection(context);
  const {directory, flags} = context;
  return withHost(context, async host => {
    const ready = requireReady(host);
    const found = await listing(ready, project, flags.volumes);
    context.err(found.length === 0 ? `Nothing of ${project} is there.\n` : `${found.join('\n')}\n`);
    if (found.length === 0 && !flags.volumes) return ExitCode.done;
    if (found.length > 0 && !(await isConfirmed(context, project))) {
      context.err('Nothing was removed.\n');
      return ExitCode.done;
    }
    const lock = await acquireLock(directory, {project, command: 'down'});
    try {
      // Before the first of them goes: one that is missing from now on is missing by intent.
      if (flags.volumes) await forgetVolumes(directory, project);
      if (found.length === 0) return ExitCode.done;
      for await (const {id, word} of composeDown({volumes: flags.volumes}, {project, directory}, {env: host.env, signal: context.signal})) {
        if (context.mode !== 'quiet' && id) context.err(`${id} ${word}\n`);
      }
      await sayUnfinishedRollBack(context, project);
    } finally {
      await lock.release();
    }
    return ExitCode.done;
  });
};
