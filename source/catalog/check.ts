/** What a single file can not know: whether the names it uses exist elsewhere. Pure. */
import type {Problem} from '../plan/problem.ts';
import {allAssets, allSecrets} from './belongings.ts';
import type {Catalog, Component} from './catalog.ts';
import {checkFragment, known, namesIn} from './check-fragment.ts';
import {checkInputs, checkRequirement} from './check-inputs.ts';
import {checkConditions, checkWiring} from './check-wiring.ts';
import {placeOf, type YamlFile} from './document.ts';
import {filesOfSecret} from './secret-names.ts';
import {readWiringName} from './wiring-name.ts';

/** A component with the files it was read from, so that a problem can name the line. */
export interface CheckedComponent {
  readonly component: Component;
  readonly file: YamlFile;
  readonly fragments: ReadonlyMap<string, YamlFile>;
  readonly variantIds: readonly string[];
}

type Keys = readonly (string | number)[];

const checkNames = (catalog: Catalog, {component, file}: CheckedComponent): readonly Problem[] => {
  const at = (...keys: Keys) => placeOf(file, keys);
  const {platform, components} = catalog;
  const ids = [...components.keys()];
  const idsOf = (items: readonly {readonly id: string}[]) => items.map(({id}) => id);
  const lists = [
    ['recommends', component.recommends],
    ['requires_one_of', component.requiresOneOf],
  ] as const;
  return [
    ...known(at('phase'), 'phase', component.phase, idsOf(platform.phases)),
    ...known(at('overlay'), 'overlay', component.overlay, idsOf(platform.overlays)),
    ...lists.flatMap(([key, names]) => names.flatMap((name, index) => known(at(key, index), 'component', name, ids))),
    ...component.variants.flatMap(({id, requires, conflicts}) => [
      ...requires.flatMap((requirement, index) => checkRequirement(catalog, requirement, at('variants', id, 'requires', index))),
      ...conflicts.flatMap((name, index) => known(at('variants', id, 'conflicts', index), 'component', name, ids)),
    ]),
    ...component.wiring.flatMap(wiring => checkWiring(catalog, component, wiring)),
    ...checkConditions(catalog, component, at('files')),
    ...component.inputs.flatMap(({id, early}, index) =>
      early && !component.required
        ? [
            {
              where: at('inputs', index),
              what: `"${id}" is early, and what it belongs to is picked later.`,
              next: 'Remove early, or make the component required.',
            },
          ]
        : [],
    ),
    ...checkInputs(
      catalog,
      file,
      component.inputs,
      component.variants.map(({id}) => id),
    ),
  ];
};

const checkFiles = ({component, file, fragments, variantIds}: CheckedComponent): readonly Problem[] => {
  const folder = `compose/${component.id}`;
  const chosen = component.inputs.flatMap(input => input.choices.flatMap(choice => choice.fragment ?? []));
  const expected = new Set([...variantIds.map(id => `${id}.yaml`), ...chosen]);
  const missing = [...expected].filter(name => !fragments.has(name));
  const unused = [...fragments.keys()].filter(name => !expected.has(name) && !readWiringName(name));
  const used = allAssets(component).map(({from}) => from);
  const strayAssets = [...component.assets.keys()].filter(name => !used.includes(name));
  return [
    ...missing.map(name => ({
      where: placeOf(file, ['variants']),
      what: `${folder}/${name} does not exist.`,
      next: 'Add the file, or remove what names it.',
    })),
    ...unused.map(name => ({
      where: `${folder}/${name}:1`,
      what: 'Nothing uses this file.',
      next: 'Name it as a variant, as the fragment of a choice, or [<variant>-]with-<component>.yaml; or remove it.',
    })),
    ...used
      .filter(name => !component.assets.has(name))
      .map(name => ({
        where: placeOf(file, ['files']),
        what: `assets/${component.id}/${name} does not exist.`,
        next: 'Add the file, or remove it from the list.',
      })),
    ...strayAssets.map(name => ({
      where: `assets/${component.id}/${name}:1`,
      what: 'No file list names this asset.',
      next: `List it in ${folder}/component.yaml, or remove it.`,
    })),
  ];
};

const checkSecrets = ({component, file}: CheckedComponent): readonly Problem[] => {
  const secrets = allSecrets(component);
  const where = placeOf(file, ['secrets']);
  const ids = secrets.map(({id}) => id);
  const files = secrets.flatMap(filesOfSecret);
  const links = component.links.flatMap(({secret}) => secret ?? []);
  return [
    ...secrets.flatMap(secret => (secret.kind === 'htpasswd' ? known(where, 'secret', secret.password, ids) : [])),
    ...secrets.flatMap(secret => (secret.kind === 'certificate' ? known(where, 'authority', secret.authority, ids) : [])),
    ...links.flatMap(secret => known(placeOf(file, ['links']), 'secret', secret, files)),
  ];
};

const servicesOf = (checked: CheckedComponent) =>
  checked.component.variants.flatMap(({fragment}) =>
    namesIn(fragment.document, 'services').map(service => ({service, id: checked.component.id})),
  );

const checkUnique = (catalog: Catalog, checked: readonly CheckedComponent[]): readonly Problem[] => {
  const owner = new Map<string, string>();
  const problems: Problem[] = [];
  const claim = (name: string, kind: string, id: string) => {
    const before = owner.get(`${kind} ${name}`);
    if (before !== undefined && before !== id) {
      problems.push({where: `compose/${id}`, what: `The ${kind} "${name}" belongs to ${before} already.`, next: 'Give it another name.'});
    }
    owner.set(`${kind} ${name}`, before ?? id);
  };
  for (const input of catalog.platform.inputs) claim(input.env, 'variable', 'platform');
  for (const item of checked) {
    for (const {service, id} of servicesOf(item)) claim(service, 'service', id);
    for (const input of item.component.inputs) claim(input.env, 'variable', item.component.id);
    for (const secret of allSecrets(item.component)) claim(secret.id, 'secret', item.component.id);
  }
  return problems;
};

const checkPlatform = (catalog: Catalog, file: YamlFile): readonly Problem[] => {
  const {tiers, inputs} = catalog.platform;
  const ofTiers = tiers.flatMap((tier, index) =>
    [...tier.components].flatMap(([id, variant]) => {
      const where = placeOf(file, ['tiers', index, 'components', id]);
      const component = catalog.components.get(id);
      return component
        ? known(
            where,
            `variant of ${id}`,
            variant,
            component.variants.map(item => item.id),
          )
        : known(where, 'component', id, [...catalog.components.keys()]);
    }),
  );
  return [...ofTiers, ...checkInputs(catalog, file, inputs)];
};

/** Every name that leads nowhere, with its file and line. */
export const checkReferences = (catalog: Catalog, platform: YamlFile, checked: readonly CheckedComponent[]): readonly Problem[] => {
  const everySecretFile = checked.flatMap(({component}) => allSecrets(component).flatMap(filesOfSecret));
  return [
    ...checkPlatform(catalog, platform),
    ...checked.flatMap(item => [
      ...checkNames(catalog, item),
      ...checkFiles(item),
      ...checkSecrets(item),
      ...[...item.fragments].flatMap(([name, fragment]) =>
        checkFragment(catalog, fragment, everySecretFile, !item.variantIds.some(id => name === `${id}.yaml`)),
      ),
    ]),
    ...checkUnique(catalog, checked),
  ];
};
