/** Answers of another version, cut down to what this catalogue can still ask about: what is not asked can not be mended on a screen. Pure. */
import type {Catalog, Input} from '../../catalog/catalog.ts';
import {type Answers, platformSettings} from '../../plan/answers.ts';
import {withInstances} from '../../plan/instances.ts';

export interface KnownAnswers {
  readonly answers: Answers;
  /** Names that were left out: components, and settings as `component.input`. */
  readonly dropped: readonly string[];
}

/** Subnets are asked by name of the network, not as inputs of the catalogue. */
const isSubnet = (component: string, input: string) => component === platformSettings && input.endsWith('_subnet');

const inputsOf = ({platform, components}: Catalog, component: string): readonly Input[] =>
  component === platformSettings ? platform.inputs : (components.get(component)?.inputs ?? []);

export const knownAnswers = (base: Catalog, answers: Answers): KnownAnswers => {
  const catalog = withInstances(base, answers);
  const isKnown = (component: string, input: string) =>
    isSubnet(component, input) || inputsOf(catalog, component).some(({id}) => id === input);
  const picks = Object.entries(answers.components);
  const settings = Object.entries(answers.settings).map(([component, values]) => ({component, values: Object.entries(values)}));
  const kept = settings.map(({component, values}) => [component, values.filter(([input]) => isKnown(component, input))] as const);
  return {
    answers: {
      ...answers,
      components: Object.fromEntries(picks.filter(([id]) => catalog.components.has(id))),
      settings: Object.fromEntries(
        kept.filter(([, values]) => values.length > 0).map(([component, values]) => [component, Object.fromEntries(values)]),
      ),
    },
    dropped: [
      ...picks.map(([id]) => id).filter(id => !catalog.components.has(id)),
      ...settings.flatMap(({component, values}) =>
        values.filter(([input]) => !isKnown(component, input)).map(([input]) => `${component}.${input}`),
      ),
    ],
  };
};
