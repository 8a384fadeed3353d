/** What is found out about the host decides where to start, as long as nobody has chosen. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {largestFitting} from '../../plan/fit.ts';
import {chooseTier} from './edit.ts';
import {openReview} from './forward.ts';
import {putCursorOn, shownRows} from './pick.ts';
import type {Loadable, WizardState} from './state.ts';

/** A plan that is on the screen does not change under the operator's eyes. */
const canFollow = ({screen, review, answers, proposed}: WizardState): boolean =>
  answers === proposed &&
  (['welcome', 'basics', 'components'].includes(screen.name) || (screen.name === 'review' && review.status === 'loading'));

/** The largest tier that the host fits, where nothing was chosen; a host too small for any keeps the smallest. */
export const hostFound = (state: WizardState, catalog: Catalog, host: Loadable<HostFindings>): WizardState => {
  const found = {...state, host};
  const {tiers} = catalog.platform;
  if (host.status !== 'ready' || !canFollow(state)) return found;
  const tier = largestFitting(tiers, host.value) ?? tiers[0];
  if (!tier || tier.id === state.answers.tier) return found;
  const here = shownRows(state, catalog)[state.cursors.components]?.component.id;
  const chosen = chooseTier(found, catalog, tier.id);
  const followed = putCursorOn({...chosen, proposed: chosen.answers}, catalog, here);
  if (state.screen.name === 'review') return openReview(followed);
  return state.screen.name === 'components' ? {...followed, notice: `This host fits ${tier.title}: its components are picked.`} : followed;
};
