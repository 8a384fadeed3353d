/** Which view is shown, and the single exit. */
import {useApp, useWindowSize} from 'ink';
import {type ReactNode, useEffect, useEffectEvent, useState} from 'react';
import {statusSummary} from '../display/summary.ts';
import {ExitCode} from '../errors.ts';
import {phaseTitles} from '../plan/removal.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';
import {KeyReader} from './hooks/use-keys.tsx';
import {type Clock, ClockContext} from './hooks/use-now.ts';
import {useSettledScreen} from './hooks/use-settled-screen.ts';
import {type Stop, useSuspend} from './hooks/use-suspend.ts';
import {ThemeContext} from './hooks/use-theme.ts';
import {useWizard, type WizardOptions} from './hooks/use-wizard.ts';
import type {Size} from './layout.ts';
import type {Outcome} from './outcome.ts';
import {Rollout, type RolloutProps} from './screens/rollout.tsx';
import {Status} from './screens/status.tsx';
import {Welcome, type WelcomeProps} from './screens/welcome.tsx';
import {WizardPages} from './screens/wizard-pages.tsx';
import type {StatusServices} from './services.ts';
import type {Theme} from './theme.ts';
import {removedServices} from './wizard/decisions.ts';
import {noCursors} from './wizard/state.ts';
import {screenTitles} from './wizard/titles.ts';

/** What every view gets from the shell around it. */
interface ViewProps {
  readonly size: Size;
  readonly onLeave: (outcome: Outcome) => void;
  /** An error that is ours: the terminal is restored and the error thrown again. */
  readonly onBug: (error: unknown) => void;
}

export type WizardProps = Omit<WizardOptions, 'onBug'>;

const WizardView = ({size, onLeave, onBug, ...props}: WizardProps & ViewProps) => {
  const {catalog, services} = props;
  const machine = useWizard({...props, onBug});
  const {screen, review, answers, secrets, ignored, edited, leaving} = machine.state;
  const [rolledOut, setRolledOut] = useState<Outcome>();
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    if (leaving) leave(leaving);
  }, [leaving]);
  const finished = (outcome: Outcome, how: 'forward' | 'quit') => {
    setRolledOut(outcome);
    machine.dispatch(how === 'forward' ? {type: 'show-status'} : {type: 'leave', outcome});
  };
  if (screen.name === 'status') {
    const outcome = rolledOut ?? {exitCode: ExitCode.done, summary: []};
    return <Status size={size} title={screenTitles.status} services={services.status} onLeave={() => onLeave(outcome)} onBug={onBug} />;
  }
  if (screen.name !== 'rollout' || review.status !== 'ready') return <WizardPages size={size} catalog={catalog} machine={machine} />;
  return (
    <Rollout
      size={size}
      title={screenTitles.rollout}
      open={controls => services.rollout({answers, secrets, ignored, edited, removed: removedServices({review}), ...controls})}
      titles={phaseTitles(review.value.plan)}
      links={review.value.links}
      forward="watch what runs"
      onLeave={finished}
    />
  );
};

export interface OpeningProps {
  /** Reads what the wizard starts with. What it throws ends the program. */
  readonly open: () => Promise<WizardProps>;
}

const nothingYet: WelcomeProps['state'] = {host: {status: 'loading'}, dropped: [], notice: undefined, cursors: noCursors};

/** The first screen, before anything was read: keys that are pressed meanwhile wait in the key reader. */
const OpeningView = ({open, ...view}: OpeningProps & ViewProps) => {
  const [props, setProps] = useState<WizardProps>();
  const begin = useEffectEvent(() => open().then(setProps, view.onBug));
  useEffect(() => void begin(), []);
  if (props) return <WizardView {...props} {...view} />;
  return <Welcome size={view.size} title={screenTitles.welcome} state={nothingYet} />;
};

export type RolloutViewProps = Pick<RolloutProps, 'open' | 'titles' | 'links'>;

const RolloutView = ({onLeave, onBug: _, ...props}: RolloutViewProps & ViewProps) => (
  <Rollout {...props} title="Rollout" forward="finish" onLeave={onLeave} />
);

export interface StatusViewProps {
  readonly services: StatusServices;
}

const statusOutcome = (how: 'quit' | 'interrupt', snapshot: StatusSnapshot | undefined): Outcome => ({
  exitCode: how === 'quit' ? ExitCode.done : ExitCode.interrupted,
  summary: snapshot ? [`${snapshot.project}: ${statusSummary(snapshot.services)}.`] : [],
});

const StatusView = ({size, services, onLeave, onBug}: StatusViewProps & ViewProps) => (
  <Status
    size={size}
    title={screenTitles.status}
    services={services}
    onLeave={(how, snapshot) => onLeave(statusOutcome(how, snapshot))}
    onBug={onBug}
  />
);

export type View =
  | ({readonly kind: 'opening'} & OpeningProps)
  | ({readonly kind: 'wizard'} & WizardProps)
  | ({readonly kind: 'rollout'} & RolloutViewProps)
  | ({readonly kind: 'status'} & StatusViewProps);

const viewOf = (view: View, props: ViewProps): ReactNode => {
  switch (view.kind) {
    case 'opening':
      return <OpeningView {...view} {...props} />;
    case 'wizard':
      return <WizardView {...view} {...props} />;
    case 'rollout':
      return <RolloutView {...view} {...props} />;
    case 'status':
      return <StatusView {...view} {...props} />;
  }
};

export interface AppProps {
  readonly view: View;
  readonly theme: Theme;
  /** @default Date.now */
  readonly clock?: Clock;
  /** On Ctrl+Z, once the terminal is given back. @default nothing stops */
  readonly stop?: Stop;
  /** Empties the screen before it is drawn anew. @default it is left as it is */
  readonly wipe?: () => void;
}

const doNothing = () => undefined;

const interrupted: Outcome = {exitCode: ExitCode.interrupted, summary: ['Nothing was changed.']};

/** Ends by `exit(outcome)`, or by `exit(error)` for an error that is ours; an error while drawing takes the same way through Ink. */
export const App = ({view, theme, clock = Date.now, stop = doNothing, wipe = doNothing}: AppProps) => {
  const {exit} = useApp();
  const size = useWindowSize();
  const suspend = useSuspend(stop);
  useSettledScreen(size, wipe);
  const onBug = (error: unknown) => exit(error instanceof Error ? error : new Error(String(error)));
  return (
    <ThemeContext value={theme}>
      <ClockContext value={clock}>
        <KeyReader onInterrupt={() => exit(interrupted)} onSuspend={suspend}>
          {viewOf(view, {size, onLeave: exit, onBug})}
        </KeyReader>
      </ClockContext>
    </ThemeContext>
  );
};
