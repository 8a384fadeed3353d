/**
 * Questions of which there are hundreds a second. A signal for each costs half as much again as the question, and is held until the oldest
 * objects are collected. Instead they have connections of their own: when one gets no answer in time, all of them are closed.
 */
import type {Agent} from 'node:http';
import type {DockerApi} from './docker-api.ts';
import {TimeLimit} from './engine-error.ts';

export interface OwnConnections {
  readonly api: DockerApi;
  /** Holds the connections. */
  readonly agent: Agent;
}

export interface SamplerInput {
  /** Asked once, at the first question. */
  readonly open: () => Promise<OwnConnections>;
  readonly limitMs: number;
  /** Aborted: all questions are given up, with its reason. */
  readonly closing: AbortSignal;
}

/** Rejects with TimeLimit where this question, or one beside it, got no answer in time. */
export type Sampler = <T>(question: (docker: DockerApi) => Promise<T>) => Promise<T>;

export const createSampler = ({open, limitMs, closing}: SamplerInput): Sampler => {
  const waiting = new Set<(reason: unknown) => void>();
  let opened: Promise<OwnConnections> | undefined;
  const hangUp = (reason: unknown) => {
    for (const giveUp of waiting) giveUp(reason);
    opened?.then(
      ({agent}) => agent.destroy(),
      () => undefined,
    );
  };
  closing.addEventListener('abort', () => hangUp(closing.reason), {once: true});
  return async question => {
    closing.throwIfAborted();
    opened ??= open();
    const {api} = await opened;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => hangUp(new TimeLimit(limitMs)), limitMs);
      const settle = () => {
        clearTimeout(timer);
        waiting.delete(giveUp);
      };
      // Does not wait for dockerode to notice: it never settles when a connection breaks within an answer.
      const giveUp = (reason: unknown) => {
        settle();
        reject(reason);
      };
      waiting.add(giveUp);
      question(api).then(resolve, reject).finally(settle);
    });
  };
};
