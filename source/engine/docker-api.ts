/**
 * The part of dockerode 5 that is used. Its published types are those of version 4, which know no abort signals;
 * and what an engine answers is not known before it was looked at.
 */
import type {IncomingMessage} from 'node:http';
import type {AuthConfig} from './credentials.ts';

interface Abortable {
  readonly abortSignal: AbortSignal;
}

export type Filters = Readonly<Record<string, readonly string[]>>;

interface DockerContainer {
  inspect(options: Abortable): Promise<unknown>;
  stats(options: {readonly stream: false; readonly 'one-shot': true}): Promise<unknown>;
  restart(options: Abortable): Promise<unknown>;
  start(options: Abortable): Promise<unknown>;
  stop(options: Abortable): Promise<unknown>;
  remove(options: Abortable & {readonly v: false}): Promise<unknown>;
}

interface DockerImage {
  inspect(options: Abortable): Promise<unknown>;
  tag(options: Abortable & {readonly repo: string; readonly tag: string}): Promise<unknown>;
  /** The one method without an abort signal. */
  distribution(options: {readonly authconfig?: AuthConfig | undefined}): Promise<unknown>;
}

interface PullSettings extends Abortable {
  readonly fromImage: string;
  readonly platform?: string;
}

/** A request of our own, for what dockerode's methods do not leave to us. */
interface Dial extends Abortable {
  readonly path: string;
  readonly method: 'GET';
  readonly isStream: true;
  readonly options: Readonly<Record<string, unknown>>;
  readonly statusCodes: Readonly<Record<number, true | string>>;
}

export interface DockerApi {
  readonly modem: {dial(request: Dial, callback: (error: unknown, response: IncomingMessage) => void): void};
  ping(options: Abortable): Promise<unknown>;
  info(options: Abortable): Promise<unknown>;
  version(options: Abortable): Promise<unknown>;
  listContainers(options: Abortable & {readonly all: true; readonly filters: Filters}): Promise<unknown>;
  listNetworks(options: Abortable): Promise<unknown>;
  listVolumes(options: Abortable & {readonly filters?: Filters}): Promise<unknown>;
  createImage(settings: PullSettings): Promise<IncomingMessage>;
  createImage(login: AuthConfig, settings: PullSettings): Promise<IncomingMessage>;
  getEvents(options: Abortable & {readonly filters: Filters; readonly since?: string}): Promise<IncomingMessage>;
  getImage(name: string): DockerImage;
  getContainer(id: string): DockerContainer;
  getNetwork(name: string): {remove(options: Abortable): Promise<unknown>};
}
