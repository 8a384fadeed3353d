/** What is merged or written only together with another component. Pure. */
import {isMap, isSeq} from 'yaml';
import type {Problem} from '../plan/problem.ts';
import {allAssets, allSecrets} from './belongings.ts';
import type {Catalog, Component, Fragment, Wiring} from './catalog.ts';
import {known} from './check-fragment.ts';

const servicesOf = ({document}: Fragment) => {
  const services = document.get('services');
  return isMap(services) ? services : undefined;
};

const kindOf = (node: unknown) => (isMap(node) ? 'a map' : isSeq(node) ? 'a list' : 'a value');

/** Compose merges maps with maps and lists with lists; of two forms the later would replace the earlier. */
const checkForms = (component: Component, {variant, fragment}: Wiring): readonly Problem[] => {
  const targets = component.variants.filter(({id}) => variant === undefined || id === variant);
  return (servicesOf(fragment)?.items ?? []).flatMap(({key: service, value}) =>
    (isMap(value) ? value.items : []).flatMap(({key, value: added}) =>
      targets.flatMap(target => {
        const present = target.fragment.document.getIn(['services', String(service), String(key)], true);
        if (present === undefined || kindOf(present) === kindOf(added)) return [];
        return [
          {
            where: `${fragment.path}:1`,
            what: `"${service}.${key}" is ${kindOf(added)} here and ${kindOf(present)} in ${target.fragment.path}.`,
            next: 'Write both in the same form.',
          },
        ];
      }),
    ),
  );
};

/** The conditions in the name of a wiring file. */
export const checkWiring = ({components}: Catalog, component: Component, wiring: Wiring): readonly Problem[] => {
  const {variant, other, choice, fragment} = wiring;
  const where = `${fragment.path}:1`;
  const inputs = components.get(other)?.inputs ?? [];
  const input = inputs.find(({id}) => id === choice?.input);
  const variants = component.variants.map(({id}) => id);
  return [
    ...checkForms(component, wiring),
    ...known(where, 'component', other, [...components.keys()]),
    ...(variant === undefined ? [] : known(where, `variant of ${component.id}`, variant, variants)),
    ...(choice === undefined || !components.has(other)
      ? []
      : input
        ? known(
            where,
            `choice of ${other}.${input.id}`,
            choice.choice,
            input.choices.map(({id}) => id),
          )
        : known(
            where,
            `input of ${other}`,
            choice.input,
            inputs.map(({id}) => id),
          )),
  ];
};

export const checkConditions = ({components}: Catalog, component: Component, where: string): readonly Problem[] => {
  const ids = [...components.keys()];
  const named = [
    ...allAssets(component).flatMap(({into, with: other}) => [into, other]),
    ...allSecrets(component).map(secret => secret.with),
  ];
  return named.flatMap(id => (id === undefined ? [] : known(where, 'component', id, ids)));
};
