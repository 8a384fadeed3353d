/** Saved answers x flags -> Answers, or every flag that makes no sense. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import {type Answers, platformSettings, type Strategy, strategies} from '../plan/answers.ts';
import {baseOf, instanceNameRule, withInstances} from '../plan/instances.ts';
import {unknownName} from '../plan/nearest.ts';
import type {Problem, Result} from '../plan/problem.ts';
import {defaultAnswers} from '../plan/select.ts';
import {unknownComponent, unknownComponents} from '../plan/unknown-components.ts';
import type {Flags} from './arguments.ts';

type Selecting = Pick<Flags, 'tier' | 'environment' | 'strategy' | 'domain' | 'with' | 'without' | 'set'>;

const isStrategy = (value: string): value is Strategy => strategies.some(strategy => strategy === value);

const addedBy = (flag: string): readonly [string, string | undefined] => {
  const [id = '', variant] = flag.split(':', 2);
  return [id, variant];
};

/** A repeatable component is picked under a name: `webapp.shop`. */
const unpickable = ({components}: Catalog, flag: string, id: string): readonly Problem[] => {
  const base = components.get(baseOf(id));
  if (base?.repeatable && id !== base.id && components.has(id)) return [];
  if (base?.repeatable)
    return [{where: flag, what: `"${id}" has no name that can be used.`, next: `Write ${base.id}.NAME, with ${instanceNameRule}.`}];
  return components.has(id) ? [] : [unknownName(flag, 'component', id, components.keys())];
};

/** What was saved can be left out, known or not. */
const componentProblems = (catalog: Catalog, saved: Answers | undefined, flags: Selecting): readonly Problem[] => {
  const without = flags.without.filter(id => !Object.hasOwn(saved?.components ?? {}, id));
  const named = [...flags.with.map(flag => ['--with', addedBy(flag)[0]] as const), ...without.map(id => ['--without', id] as const)];
  const unknown = named.flatMap(([flag, id]) => unpickable(catalog, flag, id));
  const needed = flags.without
    .filter(id => catalog.components.get(id)?.required)
    .map(id => ({
      where: '--without',
      what: `${catalog.components.get(id)?.title} is part of every platform.`,
      next: `Leave out --without ${id}.`,
    }));
  return [...unknown, ...needed];
};

interface Setting {
  readonly component: string;
  readonly input: string;
  readonly value: string;
}

const settingOf = (flag: string): Setting | undefined => {
  const [, component, input, value] = /^([^.=]+(?:\.[^.=]+)?)\.([^.=]+)=(.*)$/s.exec(flag) ?? [];
  return component !== undefined && input !== undefined && value !== undefined ? {component, input, value} : undefined;
};

const settingProblems = (flags: Selecting): readonly Problem[] =>
  flags.set
    .filter(flag => !settingOf(flag))
    .map(flag => ({where: '--set', what: `"${flag}" is not a setting.`, next: 'Write --set COMPONENT.INPUT=VALUE.'}));

const strategyProblems = ({strategy}: Selecting): readonly Problem[] =>
  strategy === undefined || isStrategy(strategy) ? [] : [unknownName('--strategy', 'strategy', strategy, strategies)];

const tierProblems = (catalog: Catalog, {tier}: Selecting): readonly Problem[] => {
  const tiers = catalog.platform.tiers.map(({id}) => id);
  return tier === undefined || tiers.includes(tier) ? [] : [unknownName('--tier', 'tier', tier, tiers)];
};

const withComponents = (catalog: Catalog, picked: Answers['components'], flags: Selecting): Answers['components'] => {
  const components = new Map(Object.entries(picked));
  for (const [id, variant] of flags.with.map(addedBy)) components.set(id, variant ?? catalog.components.get(id)?.variants[0]?.id ?? '');
  for (const id of flags.without) components.delete(id);
  return Object.fromEntries(components);
};

/** Settings of what was left out stay for the day it comes back, unless nobody knows them. */
const withSettings = (catalog: Catalog, {components, settings}: Answers, flags: Selecting): Answers['settings'] => {
  const domain = flags.domain === undefined ? [] : [{component: platformSettings, input: 'domain', value: flags.domain}];
  const isLost = (id: string) => Object.hasOwn(components, id) && !catalog.components.has(id);
  const merged = new Map(Object.entries(settings).filter(([id]) => !isLost(id)));
  for (const {component, input, value} of [...domain, ...flags.set.flatMap(flag => settingOf(flag) ?? [])]) {
    merged.set(component, {...merged.get(component), [input]: value});
  }
  return Object.fromEntries(merged);
};

/** `saved`: a profile or what the workspace was last written from; without it, the defaults. `--tier` starts from the tier's components. */
export const chooseAnswers = (bare: Catalog, saved: Answers | undefined, flags: Selecting): Result<Answers> => {
  const named = Object.fromEntries([...flags.with.map(addedBy), ...flags.without.map(addedBy)].map(([id]) => [id, '']));
  const catalog = withInstances(bare, {components: {...saved?.components, ...named}, settings: {}});
  const problems = [
    ...componentProblems(catalog, saved, flags),
    ...settingProblems(flags),
    ...strategyProblems(flags),
    ...tierProblems(catalog, flags),
  ];
  if (problems.length > 0) return {ok: false, problems};
  const start = saved ?? defaultAnswers(catalog, flags.tier);
  const base = flags.tier === undefined ? start.components : defaultAnswers(catalog, flags.tier).components;
  const components = withComponents(catalog, base, flags);
  const unknown = unknownComponents(bare, {components});
  if (unknown.length > 0) return {ok: false, problems: unknown.map(id => unknownComponent(bare, id))};
  const {strategy} = flags;
  return {
    ok: true,
    value: {
      ...start,
      tier: flags.tier ?? start.tier,
      environment: flags.environment ?? start.environment,
      strategy: strategy !== undefined && isStrategy(strategy) ? strategy : start.strategy,
      components,
      settings: withSettings(catalog, start, flags),
    },
  };
};
