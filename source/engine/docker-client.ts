/** Makes dockerode, which is loaded when it is needed. */
import type {DockerOptions} from 'dockerode';
import {clientOptions, ownConnections} from './client-options.ts';
import type {DockerApi} from './docker-api.ts';
import type {Endpoint} from './endpoint.ts';
import type {OwnConnections} from './sampler.ts';

const create = async (options: DockerOptions): Promise<DockerApi> => {
  const {default: Client} = await import('dockerode');
  return new Client(options) as unknown as DockerApi;
};

/** Throws UserError when a certificate cannot be read. */
export const connectTo = async (endpoint: Endpoint): Promise<DockerApi> => create(await clientOptions(endpoint));

/** The same with connections that nobody else uses. */
export const openConnections = async (endpoint: Endpoint): Promise<OwnConnections> => {
  const options = await ownConnections(endpoint);
  return {api: await create(options), agent: options.agent};
};
