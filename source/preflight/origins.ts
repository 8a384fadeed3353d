/** Which answer a finding hangs on: the setting that would mend it, or what the whole check is about. Pure. */
import type {Origin} from '../plan/origin.ts';

const tier: Origin = {kind: 'basics', field: 'tier'};
const environment: Origin = {kind: 'basics', field: 'environment'};

/** Sizes are those of the tier; names are made from the environment. */
const byCheck: Readonly<Record<string, Origin>> = {
  D38: environment,
  D41: tier,
  D42: tier,
  D43: tier,
  D44: tier,
  D45: tier,
  D48: tier,
  D59: tier,
};

/** A finding may offer settings that mend it. */
interface Mendable {
  readonly id: string;
  readonly offers?: readonly {readonly component: string; readonly input: string}[];
}

export const findingOrigin = ({id, offers}: Mendable): Origin | undefined => {
  const [offer] = offers ?? [];
  return offer ? {kind: 'setting', component: offer.component, input: offer.input} : byCheck[id];
};
