/** Recorded pulls of several images as the events that a rollout would make of them. */
import {decodePull, emptyPull, imageEvent, type PullState, pullEvents} from '../../source/engine/decode.ts';
import {decodePullMessage} from '../../source/engine/pull-message.ts';
import type {ResourceEvent} from '../../source/events.ts';
import {recordedLines} from './recordings.ts';

/** Of a recording made by record-throttled.ts; `at` in milliseconds since its start. */
export const recordedEvents = (name: string, isMeant: (image: string) => boolean = () => true): readonly ResourceEvent[] => {
  const states = new Map<string, PullState>();
  return recordedLines(name).flatMap(line => {
    const {at, image: reference, message: raw} = JSON.parse(line);
    if (!isMeant(reference)) return [];
    const image = {reference, parentId: 'phase/data'};
    const message = decodePullMessage(raw);
    const before = states.get(reference) ?? emptyPull;
    const first = states.has(reference) ? [] : [imageEvent(image, emptyPull, at)];
    const after = message ? decodePull(before, message) : before;
    states.set(reference, after);
    return message && after !== before ? [...first, ...pullEvents(image, after, message, at)] : first;
  });
};
