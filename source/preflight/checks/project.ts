/** What is there of this project already, and what has its names without belonging to it. */
import {type Check, failed, fine, weak} from '../check.ts';
import type {PreflightContext} from '../facts.ts';

const foreignNetworks = ({engine, networks, project}: PreflightContext) => {
  const names = new Set(networks.map(({name}) => name));
  const present = engine.kind === 'ready' ? engine.engine.networks : [];
  return present.filter(network => names.has(network.name) && network.project !== project).map(({name}) => name);
};

const foreignContainers = ({foreignContainers: present, services, project}: PreflightContext) => {
  const names = new Set(services.map(service => `${project}-${service}-1`));
  return present.filter(container => names.has(container.name)).map(({name}) => name);
};

const foreignNames: Check = {
  id: 'D38',
  title: 'Names are not taken',
  level: 'blocking',
  applies: ({engine}) => engine.kind === 'ready',
  run: context => {
    const networks = foreignNetworks(context);
    const containers = foreignContainers(context);
    const elsewhere = context.workingDirectories.filter(folder => folder !== context.directory);
    const what = [
      ...networks.map(name => `The network ${name} does not belong to ${context.project}`),
      ...containers.map(name => `The container ${name} does not belong to ${context.project}`),
      ...elsewhere.map(folder => `${context.project} was set up from another folder, ${folder}`),
    ];
    if (what.length === 0) return fine(`Nothing else is called as ${context.project} calls its own`);
    return failed(
      what.join('; '),
      ...(networks.length > 0 ? [`Remove or rename what is not needed: docker network rm ${networks.join(' ')}`] : []),
      ...(containers.length > 0 ? [`Remove or rename what is not needed: docker rename ${containers[0]} other-name`] : []),
      ...(elsewhere.length > 0
        ? [`Go on there: --dir ${elsewhere[0]}`, 'Or choose another environment, which has a project of its own.']
        : []),
    );
  },
};

const dataWithoutSecret: Check = {
  id: 'D39',
  title: 'Data and its secrets belong together',
  level: 'blocking',
  applies: ({volumes}) => volumes.length > 0,
  run: ({volumes, secrets, directory}) => {
    const lost = volumes.filter(({component}) => secrets.some(secret => secret.component === component && !secret.present));
    if (lost.length === 0) return fine('Every volume that is there has its secrets in the workspace');
    const missing = secrets.filter(({component, present}) => !present && lost.some(volume => volume.component === component));
    return failed(
      `There is data in ${lost.map(({name}) => name).join(', ')}, but the secrets it was made with are not here: a new password would not open it`,
      `Put the old ones back: ${missing.map(({id}) => `${directory}/secrets/${id}`).join(', ')}`,
      `Or, if the data is not needed, delete it: docker volume rm ${lost.map(({name}) => name).join(' ')}`,
    );
  },
};

const dateText = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const lostData: Check = {
  id: 'D77',
  title: 'Data is where it was',
  level: 'blocking',
  applies: ({lostData: lost, volumes}) => lost.length > 0 || volumes.length > 0,
  run: ({lostData: lost}) => {
    const gone = lost.filter(({madeAnewAt}) => madeAnewAt === undefined);
    const text = lost.map(({name, services, seenAt, madeAnewAt}) => {
      const since = madeAnewAt === undefined ? 'it is gone' : `it was made anew on ${dateText(madeAnewAt)}`;
      return `${services.join(' and ')} had data in the volume ${name} on ${dateText(seenAt)}, and ${since}`;
    });
    if (lost.length === 0) return fine('Every volume that services last came up with is there');
    if (gone.length === 0) {
      return weak(text.join('; '), 'If nobody restored it, what was in it is lost. The next rollout takes it for the data there is.');
    }
    return failed(
      `${text.join('; ')}: started now, ${gone.length === 1 ? 'it' : 'each'} would be empty`,
      `Restore what is missing from a backup, into a volume of the same name: docker volume create ${gone[0]?.name}`,
      'Or, if an empty one is what you want, as for a member of a cluster that gets its data from the others, ignore this check once.',
    );
  },
};

const unfinishedRun: Check = {
  id: 'D40',
  title: 'The last run was finished',
  level: 'warning',
  applies: ({lastRun, goingBack}) => lastRun !== undefined || goingBack !== undefined,
  run: ({lastRun, goingBack}) => {
    if (goingBack !== undefined) {
      return failed(
        `A roll back of the phase ${goingBack} was begun and has not ended`,
        'A rollout goes on with it, and does nothing of what is selected here. Roll out once more when it has ended.',
        'To give it up instead: infra-wizard up --forward',
      );
    }
    if (!lastRun?.unfinished) return fine('It reached its goal');
    const when = dateText(lastRun.at);
    const where = lastRun.phase === undefined ? '' : `, in the phase ${lastRun.phase}`;
    return failed(`It stopped on ${when}${where}`, 'Run infra-wizard up: it goes on from there. Nothing that is right is done twice.');
  },
};

export const projectChecks: readonly Check[] = [foreignNames, dataWithoutSecret, lostData, unfinishedRun];
