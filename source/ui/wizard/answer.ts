/** Changing one answer. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import type {ApplicableInput} from '../../plan/inputs.ts';
import {applicableInputs} from '../../plan/select.ts';

type Settings = Answers['settings'];

const without = (settings: Settings, component: string, input: string): Settings => {
  const {[input]: _, ...rest} = settings[component] ?? {};
  const {[component]: __, ...others} = settings;
  return Object.keys(rest).length > 0 ? {...others, [component]: rest} : others;
};

const withValue = (settings: Settings, component: string, input: string, value: string): Settings => ({
  ...settings,
  [component]: {...settings[component], [input]: value},
});

/** Sets an input. What equals the default is not kept, so that a later change of what the default depends on still has its effect; nor is an empty text. */
export const answerInput = (catalog: Catalog, answers: Answers, {component, input}: ApplicableInput, value: string): Answers => {
  const bare: Answers = {...answers, settings: without(answers.settings, component, input.id)};
  const standing = applicableInputs(catalog, bare).find(other => other.component === component && other.input.id === input.id);
  if (value === '' || standing?.value === value) return bare;
  return {...bare, settings: withValue(bare.settings, component, input.id, value)};
};
