/** Things of somebody else on the same engine: whatever happens, they stay as they are. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {EngineView} from './engine-view.ts';

export interface Foreign {
  readonly container: string;
  readonly network: string;
  readonly volume: string;
  /** All three, as they were at first. */
  readonly seen: string;
}

interface Inspected {
  readonly Id?: string;
  readonly CreatedAt?: string;
  readonly State?: {readonly Status: string; readonly StartedAt: string};
}

const look = async (engine: EngineView, {container, network, volume}: Omit<Foreign, 'seen'>): Promise<string> => {
  const found = [
    await engine.inspect('containers', container),
    await engine.inspect('networks', network),
    await engine.inspect('volumes', volume),
  ] as readonly (Inspected | undefined)[];
  return JSON.stringify(found.map(one => one && [one.Id, one.CreatedAt, one.State?.Status, one.State?.StartedAt]));
};

/** Its container bears the name of a service, as an operator's own may. */
export const makeForeign = async (engine: EngineView, image: string, volumes: (volume: string) => string): Promise<Foreign> => {
  const names = {container: 'store', network: 'somebody-elses', volume: 'goods'};
  await engine.post('/networks/create', {Name: names.network, Labels: {of: 'somebody else'}});
  await engine.post('/volumes/create', {Name: names.volume});
  await writeFile(join(volumes(names.volume), 'letter'), 'of somebody else\n');
  const host = {NetworkMode: names.network, Binds: [`${names.volume}:/goods`]};
  await engine.post(`/containers/create?name=${names.container}`, {Image: image, HostConfig: host});
  await engine.post(`/containers/${names.container}/start`);
  return {...names, seen: await look(engine, names)};
};

export const expectForeign = async (engine: EngineView, foreign: Foreign): Promise<readonly string[]> => {
  const now = await look(engine, foreign);
  return now === foreign.seen ? [] : [`what belongs to somebody else was ${foreign.seen} and is ${now}`];
};
