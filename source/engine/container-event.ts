import * as v from 'valibot';
import type {Health} from '../plan/observed.ts';
import {printableLine} from '../printable.ts';
import {healthOf} from './container-record.ts';
import {labels} from './fields.ts';
import {parseJson} from './lines.ts';

/** Something that happened to a container of the project. */
export interface ContainerEvent {
  /** One word: create, start, die, kill, stop, destroy, oom, pause, unpause, restart, rename, update, health_status. */
  readonly action: string;
  readonly containerId: string;
  readonly service: string;
  /** The container's labels, and what the engine adds: image, name, exitCode, signal. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Of `health_status`. */
  readonly health: Health | undefined;
  /** Of `die`. */
  readonly exitCode: number | undefined;
  /** Milliseconds since 1970, of the engine's clock. */
  readonly at: number;
  /** For `since`, when events are asked for again after this one: seconds and nanoseconds. */
  readonly cursor: string;
}

const schema = v.object({
  Action: v.string(),
  Actor: v.object({ID: v.string(), Attributes: labels}),
});

/** From one line of the event stream; undefined for what is no event of a service's container. */
export const decodeContainerEvent = (line: string): ContainerEvent | undefined => {
  const parsed = v.safeParse(schema, parseJson(line));
  // More digits than a number holds: taken from the text.
  const nanoseconds = /"timeNano":(\d{10,20})/.exec(line)?.[1];
  if (!parsed.success || nanoseconds === undefined) return undefined;
  const {Action, Actor} = parsed.output;
  const [action = '', detail] = printableLine(Action).split(': ');
  const service = Actor.Attributes.get('com.docker.compose.service');
  if (service === undefined || Actor.Attributes.get('com.docker.compose.oneoff') === 'True') return undefined;
  const exitCode = Number.parseInt(Actor.Attributes.get('exitCode') ?? '', 10);
  return {
    action,
    containerId: Actor.ID,
    service,
    attributes: Actor.Attributes,
    health: action === 'health_status' ? healthOf(detail) : undefined,
    exitCode: action === 'die' && Number.isFinite(exitCode) ? exitCode : undefined,
    at: Number(nanoseconds.slice(0, -6)),
    cursor: `${nanoseconds.slice(0, -9)}.${nanoseconds.slice(-9)}`,
  };
};
