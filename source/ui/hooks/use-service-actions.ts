import {useEffect, useEffectEvent} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import type {Applied, StatusServices} from '../services.ts';
import type {Verb} from '../status/actions.ts';
import type {StatusAction, StatusView} from '../status/state.ts';
import type {Task} from '../status/tasks.ts';
import {troubleOf} from '../trouble.ts';
import {useLendTerminal} from './use-lend-terminal.ts';
import type {Machine} from './use-machine.ts';

export interface ServiceActionsOptions {
  readonly services: StatusServices;
  readonly snapshot: StatusSnapshot | undefined;
  readonly machine: Pick<Machine<StatusView, StatusAction, never>, 'state' | 'dispatch'>;
  readonly onBug: (error: unknown) => void;
}

const applied: Readonly<Record<Applied, string>> = {
  anew: 'was made anew from its overlay.',
  started: 'was started as its overlay says.',
  unchanged: 'is as its overlay says: there was nothing to do.',
};

/** Does what the operator asked for, and says what came of it. */
export const useServiceActions = ({services, snapshot, machine, onBug}: ServiceActionsOptions): void => {
  const lend = useLendTerminal();
  const {state: view, dispatch} = machine;

  /** What is said when it is done; undefined: what was done shows itself. */
  const doing: Readonly<Record<Verb, (service: string) => Promise<string | undefined>>> = {
    restart: async service => {
      await services.restart(service);
      return `${service} was restarted.`;
    },
    stop: async service => {
      await services.stop(service);
      return `${service} was stopped. S starts it again.`;
    },
    start: async service => {
      await services.start(service);
      return `${service} was started.`;
    },
    apply: async service => {
      const how = await services.apply(service, said => dispatch({type: 'told', verb: 'apply', service, said}));
      return `${service} ${applied[how]}`;
    },
    shell: async service => {
      await lend(() => services.shell(service));
      return undefined;
    },
    open: async service => {
      const {how, url} = await services.open(snapshot?.services.find(({name}) => name === service)?.url ?? '');
      return how === 'opened' ? `Opened in the browser: ${url}` : `There is no browser here. Copied for your terminal to paste: ${url}`;
    },
    save: async service => `The log is in ${await services.saveLog(service, view.page?.log.timestamps ?? false)}`,
  };

  const begin = ({verb, service}: Task) => {
    const failed = (error: unknown) => {
      const trouble = troubleOf(error);
      if (trouble) dispatch({type: 'failed', verb, service, trouble});
      else onBug(error);
    };
    doing[verb](service).then(said => dispatch({type: 'ended', verb, service, said}), failed);
  };
  const beginAll = useEffectEvent((tasks: readonly Task[]) => {
    if (tasks.length === 0) return;
    dispatch({type: 'begun', tasks});
    for (const task of tasks) begin(task);
  });
  const {asked} = view;
  useEffect(() => beginAll(asked), [asked]);

  const lookAround = useEffectEvent((service: string) => {
    services.dependents(service).then(
      dependents => dispatch({type: 'dependents', service, dependents}),
      error => (troubleOf(error) ? dispatch({type: 'dependents', service, dependents: 'unknown'}) : onBug(error)),
    );
  });
  const confirming = view.confirm?.service;
  useEffect(() => {
    if (confirming !== undefined) lookAround(confirming);
  }, [confirming]);
};
