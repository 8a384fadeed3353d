import {useEffect, useEffectEvent} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import type {StatusServices} from '../services.ts';
import {type StatusContext, statusAction} from '../status/keys.ts';
import {reduceStatusView, type StatusAction, type StatusView, startStatusView} from '../status/state.ts';
import {useEvents} from './use-events.ts';
import {type Machine, useMachine} from './use-machine.ts';
import {useServiceActions} from './use-service-actions.ts';

export interface LiveStatus {
  /** Undefined until the first one came. */
  readonly snapshot: StatusSnapshot | undefined;
  readonly ending: {readonly error: unknown} | undefined;
  readonly machine: Machine<StatusView, StatusAction, StatusContext>;
}

const latest = (_: StatusSnapshot | undefined, snapshot: StatusSnapshot): StatusSnapshot | undefined => snapshot;

/** Watches the services for as long as the screen is there, and does to them what the operator asked for. */
export const useStatus = (services: StatusServices, onBug: (error: unknown) => void): LiveStatus => {
  const machine = useMachine({start: startStatusView, reduce: reduceStatusView, actionOf: statusAction});
  const {state: snapshot, ending} = useEvents({open: services.watch, reduce: latest, initial: undefined});
  const send = useEffectEvent(machine.dispatch);
  useEffect(() => {
    if (snapshot) send({type: 'services', services: snapshot.services.map(({name}) => name)});
  }, [snapshot]);
  useServiceActions({services, snapshot, machine, onBug});
  const press: typeof machine.press = (key, context) => machine.press(key, {services: snapshot?.services ?? [], ...context});
  return {snapshot, ending, machine: {...machine, press}};
};
