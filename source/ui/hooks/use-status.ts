import {useState} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import type {StatusServices} from '../services.ts';
import {type StatusContext, statusAction} from '../status/keys.ts';
import {createSight} from '../status/sight.ts';
import {reduceStatusView, type StatusAction, type StatusView, startStatusView} from '../status/state.ts';
import {useEvents} from './use-events.ts';
import {type Machine, useMachine} from './use-machine.ts';
import {useServiceActions} from './use-service-actions.ts';

export interface LiveStatus {
  /** Undefined until the first one came. */
  readonly snapshot: StatusSnapshot | undefined;
  readonly ending: {readonly error: unknown} | undefined;
  readonly machine: Machine<StatusView, StatusAction, StatusContext>;
  /** To be told which containers are on the screen: only those are measured. */
  readonly look: (ids: readonly string[]) => void;
}

const latest = (_: StatusSnapshot | undefined, snapshot: StatusSnapshot): StatusSnapshot | undefined => snapshot;

/** Watches the services for as long as the screen is there, and does to them what the operator asked for. */
export const useStatus = (services: StatusServices, onBug: (error: unknown) => void): LiveStatus => {
  const [sight] = useState(createSight);
  const [told, setTold] = useState<StatusSnapshot>();
  const machine = useMachine({start: startStatusView, reduce: reduceStatusView, actionOf: statusAction});
  const {state: snapshot, ending} = useEvents({open: signal => services.watch(signal, sight), reduce: latest, initial: undefined});
  // While it renders, so that both are one frame: a table that is not filled yet would say that nothing runs.
  if (snapshot && snapshot !== told) {
    setTold(snapshot);
    const {services: rows, phases} = snapshot;
    machine.dispatch({type: 'services', services: rows.map(({name}) => name), rows, phases});
  }
  useServiceActions({services, snapshot, machine, onBug});
  return {snapshot, ending, machine, look: sight.look};
};
