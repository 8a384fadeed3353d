import type {ReactNode} from 'react';
import type {Catalog} from '../../catalog/catalog.ts';
import {Help, helpLayout, helpRows} from '../components/help.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import type {Machine} from '../hooks/use-machine.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, layoutOf, proseWidth, type Size} from '../layout.ts';
import type {Figures} from '../theme.ts';
import {fieldsOf} from '../wizard/edit.ts';
import {wizardHelp} from '../wizard/help.ts';
import type {KeyContext} from '../wizard/keys.ts';
import {directoryOf, missingOf} from '../wizard/leave.ts';
import {takesAway} from '../wizard/profiles.ts';
import {hostRemark} from '../wizard/remark.ts';
import type {WizardAction, WizardState} from '../wizard/state.ts';
import {screenTitles} from '../wizard/titles.ts';
import {Checks, readingLayout, readingRows} from './checks.tsx';
import {Components} from './components.tsx';
import {FormScreen} from './form-screen.tsx';
import {Naming} from './naming.tsx';
import {Profile} from './profile.tsx';
import {Profiles} from './profiles.tsx';
import {Review, reviewLayout, reviewRows} from './review.tsx';
import {Welcome, welcomeLayout, welcomeRows} from './welcome.tsx';
import {Written, type WrittenView, writtenLayout, writtenRows} from './written.tsx';

export interface WizardPagesProps {
  readonly size: Size;
  readonly catalog: Catalog;
  readonly machine: Machine<WizardState, WizardAction, KeyContext>;
}

const writtenView = (state: WizardState): WrittenView => ({
  paths: state.screen.name === 'written' ? state.screen.paths : undefined,
  directory: directoryOf(state),
  missing: missingOf(state),
  trouble: state.trouble,
});

const basicsIntro = 'What kind of platform this is. The defaults are the smallest one.';
const settingsIntro = 'Settings of what was picked. Only the marked ones need an answer.';

/** Rows of the screens that scroll without a cursor, and where they go. */
const scrolled = (state: WizardState, size: Size, figures: Figures): {readonly layout: Layout; readonly count: number} => {
  if (state.help) {
    const layout = helpLayout(size);
    return {layout, count: helpRows(wizardHelp(state.screen.name), layout.width, figures).length};
  }
  if (state.screen.name === 'review') {
    const layout = reviewLayout(size, state.review);
    return {layout, count: reviewRows(state.review, state.showDiffs, layout.width, figures).length};
  }
  if (state.screen.name === 'checks') {
    const layout = readingLayout(size, state);
    return {layout, count: readingRows(state, layout.width, figures).length};
  }
  if (state.screen.name === 'written') {
    const layout = writtenLayout(size, writtenView(state));
    return {layout, count: writtenRows(writtenView(state), layout.width, figures).length};
  }
  const layout = state.screen.name === 'welcome' ? welcomeLayout(size) : layoutOf(size, '');
  return {layout, count: state.screen.name === 'welcome' ? welcomeRows(state, proseWidth(layout), figures).length : 0};
};

const page = ({size, catalog, machine: {state}}: WizardPagesProps): ReactNode => {
  const {screen, cursors, answers, notice, trouble, editing, host, review} = state;
  const common = {size, title: screenTitles[screen.name]};
  const form = {fields: fieldsOf(state, catalog), editing};
  switch (screen.name) {
    case 'welcome':
      return <Welcome {...common} state={state} />;
    case 'checks':
      return <Checks {...common} state={state} confirming={screen.confirming} reading={screen.reading} />;
    case 'basics':
      return (
        <FormScreen
          {...common}
          {...form}
          intro={basicsIntro}
          cursor={cursors.basics}
          remark={hostRemark(catalog, answers, host)}
          empty=""
        />
      );
    case 'settings':
      return (
        <FormScreen
          {...common}
          {...form}
          intro={settingsIntro}
          cursor={cursors.settings}
          remark={undefined}
          empty="What was picked has no settings."
        />
      );
    case 'components':
      return <Components {...common} catalog={catalog} answers={answers} cursor={cursors.components} notice={notice} />;
    case 'naming':
      return <Naming {...common} component={catalog.components.get(screen.base)} name={state.naming} notice={notice} />;
    case 'review':
      return <Review {...common} review={review} showDiffs={state.showDiffs} scroll={cursors.review} />;
    case 'profile':
      return (
        <Profile
          {...common}
          name={state.profile}
          saving={screen.saving}
          intent={state.intent}
          replaces={takesAway(state, catalog, state.profile.value)}
          notice={notice}
          trouble={trouble}
        />
      );
    case 'profiles':
      return <Profiles {...common} catalog={catalog} state={state} />;
    default:
      return <Written {...common} view={writtenView(state)} scroll={cursors.written} />;
  }
};

/** The screens between the first one and the rollout. */
export const WizardPages = (props: WizardPagesProps) => {
  const {figures} = useTheme();
  const {size, machine} = props;
  const {layout, count} = scrolled(machine.state, size, figures);
  useKeys(key => machine.press(key, {page: Math.max(1, layout.height - 2), limit: lastScroll(count, layout.height)}));
  if (machine.state.help) return <Help size={size} topics={wizardHelp(machine.state.screen.name)} scroll={machine.state.cursors.help} />;
  return page(props);
};
