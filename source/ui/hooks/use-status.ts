import {useEffect, useEffectEvent, useState} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import type {StatusServices} from '../services.ts';
import {type StatusContext, statusAction} from '../status/keys.ts';
import {createSight} from '../status/sight.ts';
import {reduceStatusView, type StatusAction, type StatusView, startStatusView} from '../status/state.ts';
import {troubleOf} from '../trouble.ts';
import {useEvents} from './use-events.ts';
import {type Machine, useMachine} from './use-machine.ts';

export interface LiveStatus {
  /** Undefined until the first one came. */
  readonly snapshot: StatusSnapshot | undefined;
  readonly ending: {readonly error: unknown} | undefined;
  readonly machine: Machine<StatusView, StatusAction, StatusContext>;
  /** To be told which containers are on the screen: only those are measured. */
  readonly look: (ids: readonly string[]) => void;
}

const latest = (_: StatusSnapshot | undefined, snapshot: StatusSnapshot): StatusSnapshot | undefined => snapshot;

/** Watches the services for as long as the screen is there, and restarts what the operator confirmed. */
export const useStatus = ({watch, restart}: Pick<StatusServices, 'watch' | 'restart'>, onBug: (error: unknown) => void): LiveStatus => {
  const [sight] = useState(createSight);
  const [told, setTold] = useState<StatusSnapshot>();
  const machine = useMachine({start: startStatusView, reduce: reduceStatusView, actionOf: statusAction});
  const {state: snapshot, ending} = useEvents({open: signal => watch(signal, sight), reduce: latest, initial: undefined});
  const {state: view, dispatch} = machine;
  const restartOne = useEffectEvent((service: string) => {
    const failed = (error: unknown) => {
      const trouble = troubleOf(error);
      if (trouble) dispatch({type: 'restart-failed', service, trouble});
      else onBug(error);
    };
    restart(service).then(() => dispatch({type: 'restarted', service}), failed);
  });
  // While it renders, so that both are one frame: a table that is not filled yet would say that nothing runs.
  if (snapshot && snapshot !== told) {
    setTold(snapshot);
    const {services: rows, phases} = snapshot;
    dispatch({type: 'services', services: rows.map(({name}) => name), rows, phases});
  }
  const {asked} = view;
  useEffect(() => {
    if (asked) restartOne(asked.service);
  }, [asked]);
  return {snapshot, ending, machine, look: sight.look};
};
