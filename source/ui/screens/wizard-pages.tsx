import type {ReactNode} from 'react';
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {withInstances} from '../../plan/instances.ts';
import {noRemoval} from '../../plan/removal.ts';
import {Help} from '../components/help.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import type {Machine} from '../hooks/use-machine.ts';
import {type KnownOutlook, useOutlook} from '../hooks/use-outlook.ts';
import {useReview} from '../hooks/use-review.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth, type Size} from '../layout.ts';
import type {Figures} from '../theme.ts';
import {editedQuestion, removalIn} from '../wizard/decisions.ts';
import {deployedHere} from '../wizard/deployed.ts';
import {fieldsOf} from '../wizard/edit.ts';
import type {Field} from '../wizard/fields.ts';
import {wizardHelp} from '../wizard/help.ts';
import {instanceRows} from '../wizard/instances.ts';
import type {KeyContext} from '../wizard/keys.ts';
import {openRemark} from '../wizard/open-fields.ts';
import {takesAway} from '../wizard/profiles.ts';
import {budgetAsides, hostRemark, sizeRemark, tierRemarks} from '../wizard/remark.ts';
import {type DrawnItems, pageFrom} from '../wizard/review-lines.ts';
import type {WizardAction, WizardState} from '../wizard/state.ts';
import {screenTitles} from '../wizard/titles.ts';
import {Checks} from './checks.tsx';
import {Components} from './components.tsx';
import {Edited} from './edited.tsx';
import {FormScreen} from './form-screen.tsx';
import {Instances} from './instances.tsx';
import {Naming} from './naming.tsx';
import {Profile} from './profile.tsx';
import {Profiles} from './profiles.tsx';
import {Removal} from './removal.tsx';
import {Review} from './review.tsx';
import {scrolled, writtenView} from './scrolled.ts';
import {Welcome} from './welcome.tsx';
import {Written} from './written.tsx';

export interface WizardPagesProps {
  readonly size: Size;
  readonly catalog: Catalog;
  readonly machine: Machine<WizardState, WizardAction, KeyContext>;
}

const settingsIntro = (fields: readonly Field[]) => `Settings of what was picked. ${openRemark(fields)}`;

/** What Enter takes: a proposal, or what somebody has said. */
const basicsIntro = ({answers, proposed, host}: WizardState, catalog: Catalog): string => {
  if (answers !== proposed) return 'The kind of platform. Enter goes on with what is chosen.';
  return sizeRemark(catalog, host)?.fits === false
    ? 'The kind of platform. Enter takes the smallest tier: this host is small.'
    : 'The kind of platform. Enter takes the largest tier that fits this host.';
};

const componentIntro = (catalog: Catalog, answers: Answers, id: string, back: string) =>
  `Settings of ${withInstances(catalog, answers).components.get(id)?.title ?? id}. Enter goes back to the ${back}.`;

/** What hooks made for a page. */
interface Drawn {
  readonly drawn: DrawnItems;
  readonly outlook: KnownOutlook | undefined;
  readonly figures: Figures;
}

const pageOf = ({size, catalog, machine: {state}}: WizardPagesProps, {drawn, outlook, figures}: Drawn): ReactNode => {
  const {screen, cursors, answers, notice, trouble, editing, host, review} = state;
  const common = {size, title: screenTitles[screen.name]};
  const form = {fields: fieldsOf(state, catalog), editing, reveal: state.reveal, asides: outlook ? budgetAsides(outlook.budget) : []};
  const tierIntro = basicsIntro(state, catalog);
  switch (screen.name) {
    case 'welcome':
      return <Welcome {...common} state={state} fitness={sizeRemark(catalog, host)} />;
    case 'checks':
      return <Checks {...common} state={state} confirming={screen.confirming} reading={screen.reading} />;
    case 'basics':
      return (
        <FormScreen
          {...common}
          {...form}
          intro={tierIntro}
          cursor={cursors.basics}
          remark={hostRemark(catalog, answers, host)}
          tiers={tierRemarks(catalog, host, proseWidth(layoutOf(size, tierIntro)), figures)}
          empty=""
        />
      );
    case 'settings':
      return (
        <FormScreen
          {...common}
          {...form}
          intro={
            screen.only === undefined
              ? settingsIntro(form.fields)
              : componentIntro(catalog, answers, screen.only, screen.list === undefined ? 'picks' : 'list')
          }
          cursor={cursors.settings}
          remark={undefined}
          empty="What was picked has no settings."
        />
      );
    case 'components':
      return (
        <Components
          {...common}
          {...{catalog, answers, outlook, notice}}
          deployed={deployedHere(catalog, state)}
          filter={state.filter}
          cursor={cursors.components}
        />
      );
    case 'naming':
      return (
        <Naming {...common} component={catalog.components.get(screen.base)} name={state.naming} renames={screen.renames} notice={notice} />
      );
    case 'instances':
      return (
        <Instances
          {...common}
          component={catalog.components.get(screen.base)}
          rows={instanceRows(catalog, answers, screen.base)}
          cursor={cursors.instances}
          removing={screen.removing}
        />
      );
    case 'review':
      return <Review {...common} review={review} drawn={drawn} cursor={cursors.review} notice={notice} />;
    case 'removal':
      return <Removal {...common} removal={removalIn(state) ?? noRemoval} scroll={cursors.removal} />;
    case 'edited': {
      const question = editedQuestion(state);
      return question ? <Edited {...common} {...question} cursor={screen.cursor} scroll={cursors.edited} /> : null;
    }
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
  const {layout, count} = scrolled(machine.state, props.catalog, size, figures);
  const outlook = useOutlook(props.catalog, machine.state);
  const drawn = useReview(machine.state, size, figures);
  const inPage = Math.max(1, layout.height - 2);
  const isReview = drawn.starts.length > 0 && !machine.state.help;
  const page = isReview ? pageFrom(drawn, machine.state.cursors.review, inPage) : inPage;
  useKeys(key => machine.press(key, {page, limit: lastScroll(count, layout.height)}));
  if (machine.state.help) return <Help size={size} topics={wizardHelp(machine.state.screen.name)} scroll={machine.state.cursors.help} />;
  return pageOf(props, {drawn, outlook, figures});
};
