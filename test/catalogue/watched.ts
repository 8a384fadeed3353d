/** The platform with what watches it, as it would be written: for the tests of metrics, logs, traces and dashboards. */
import {basename} from 'node:path';
import {parse} from 'yaml';
import type {Catalog, Input} from '../../source/catalog/catalog.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {render} from '../../source/plan/render.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {applicableInputs, defaultAnswers, select} from '../../source/plan/select.ts';
import {stacks} from './support.ts';

export const sources = ['prometheus', 'loki', 'tempo'] as const;

export type Picks = Readonly<Record<string, string>>;

/** An answer to whatever has no default. */
const example = ({type, example: said}: Input) => said ?? (type === 'email' ? 'ops@example.com' : 'example');

export const writtenWith = (
  catalog: Catalog,
  components: Picks,
  settings: Answers['settings'] = stacks['own certificate authority'] ?? {},
): Rendered => {
  const answers = {...defaultAnswers(catalog), components, settings};
  const open = applicableInputs(catalog, answers).filter(({value}) => value === '');
  const answered: Record<string, Record<string, string>> = structuredClone(settings) as Record<string, Record<string, string>>;
  for (const {component, input} of open) answered[component] = {...answered[component], [input.id]: example(input)};
  const result = select(catalog, {...answers, settings: answered});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  return render(catalog, result.value);
};

export const contentOf = (rendered: Rendered, path: string): string => {
  const content = rendered.files.find(file => file.path === path)?.content;
  if (content === undefined) throw new Error(`${path} is not written`);
  return content;
};

export const below = (rendered: Rendered, start: string) => rendered.files.filter(({path}) => path.startsWith(start));

export const all: Picks = {prometheus: 'standalone', loki: 'standalone', tempo: 'standalone', grafana: 'standalone'};

/** Everything that watches, with each component in each variant, and with each choice that brings files for what watches it. */
export const watchedSelections = (catalog: Catalog): readonly (readonly [string, Rendered])[] => {
  const first: Picks = {...all, traefik: 'standalone', keycloak: 'standalone'};
  return [...catalog.components.values()]
    .filter(({hidden}) => !hidden)
    .flatMap(({id, repeatable, variants, inputs}) => {
      const picked = repeatable ? `${id}.shop` : id;
      const ofVariants = variants.map(variant => [`${id}:${variant.id}`, writtenWith(catalog, {...first, [picked]: variant.id})] as const);
      const ofChoices = inputs.flatMap(({id: input, when: {variant: [variant = variants[0]?.id ?? ''] = [], ...when} = {}, choices}) =>
        choices
          .filter(({files}) => files.some(({into}) => into !== undefined))
          .map(choice => {
            // What the question depends on is answered so that it is asked.
            const reasons = Object.fromEntries(Object.entries(when).map(([other, [value = '']]) => [other, value]));
            const settings = {...stacks['own certificate authority'], [picked]: {...reasons, [input]: choice.id}};
            return [`${id}.${input}=${choice.id}`, writtenWith(catalog, {...first, [picked]: variant}, settings)] as const;
          }),
      );
      return [...ofVariants, ...ofChoices];
    });
};

/** A service as it is written, whichever overlay it is in. */
export const serviceOf = (rendered: Rendered, name: string): Record<string, unknown> =>
  rendered.files.flatMap(({path, content}) => (/^\d\d-/.test(path) ? (parse(content).services?.[name] ?? []) : []))[0] ?? {};

interface Target {
  readonly datasource?: {readonly uid?: string};
  readonly expr?: string;
  readonly query?: string;
}
interface Panel {
  readonly type: string;
  readonly title?: string;
  readonly datasource?: {readonly uid?: string};
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
}

export const dashboardsOf = (rendered: Rendered): readonly {readonly name: string; readonly dashboard: Dashboard}[] =>
  below(rendered, 'config/grafana/dashboards/').map(({path, content}) => ({name: basename(path, '.json'), dashboard: JSON.parse(content)}));

export const panelsOf = ({panels}: {readonly panels?: readonly Panel[]}): readonly Panel[] =>
  (panels ?? []).flatMap(panel => (panel.type === 'row' ? panelsOf(panel) : [panel]));

export const questionsOf = (dashboard: Dashboard) =>
  panelsOf(dashboard).flatMap(({title, datasource, targets = []}) =>
    targets.map(target => ({title, uid: target.datasource?.uid ?? datasource?.uid ?? '', text: target.expr ?? target.query ?? ''})),
  );

interface Source {
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

export const sourcesOf = (rendered: Rendered): readonly Source[] =>
  below(rendered, 'config/grafana/provisioning/datasources/').flatMap(({content}) => parse(content).datasources);
