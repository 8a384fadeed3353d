/** What is deployed already, where components are picked: what is marked, where the cursor starts, what leaving something out means. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {type Deployed, type DeployedComponent, nextPhase} from '../../plan/deployed.ts';
import {closeOver, projectName} from '../../plan/select.ts';
import {type PickerRow, type PickerSection, pickerSections} from './picker.ts';
import type {WizardState} from './state.ts';

type Known = Pick<WizardState, 'host' | 'answers'>;

/** Undefined when nothing was set up here, or what was set up is another project than the one that is asked about now. */
export const deployedHere = (catalog: Catalog, {host, answers}: Known): Deployed | undefined => {
  const deployed = host.status === 'ready' ? host.value.deployed : undefined;
  return deployed && deployed.components.length > 0 && deployed.project === projectName(catalog, answers) ? deployed : undefined;
};

const mark = (row: PickerRow, deployed: ReadonlySet<string>): PickerRow => {
  if (!deployed.has(row.component.id)) return row;
  if (row.mark === 'off') return {...row, note: 'will be removed'};
  return {...row, note: row.mark === 'platform' || row.mark === 'picked' ? 'deployed' : `${row.note}, deployed`};
};

/** The rows of the picker, those of deployed components marked. */
export const markDeployed = (sections: readonly PickerSection[], deployed: Deployed | undefined): readonly PickerSection[] => {
  if (!deployed) return sections;
  const ids = new Set(deployed.components.map(({id}) => id));
  return sections.map(section => ({...section, rows: section.rows.map(row => mark(row, ids))}));
};

/** What is there, and which phase comes next; undefined where nothing is. */
export const deployedIntro = (catalog: Catalog, deployed: Deployed | undefined): string | undefined => {
  if (!deployed) return undefined;
  const titles = catalog.platform.phases.filter(({id}) => deployed.components.some(({phase}) => phase === id)).map(({title}) => title);
  const next = catalog.platform.phases.find(({id}) => id === nextPhase(catalog, deployed));
  const there = `Deployed: ${titles.join(', ')}.`;
  return next ? `${there} Next: ${next.title}, which has nothing yet.` : `${there} Each phase has something; pick what is to come.`;
};

/** Position of the first row of the phase that comes next. */
const startRow = (catalog: Catalog, {answers}: WizardState, deployed: Deployed): number => {
  const next = nextPhase(catalog, deployed);
  const sections = pickerSections(catalog, answers);
  const index = sections.findIndex(({phase}) => phase.id === next);
  return sections.slice(0, Math.max(0, index)).reduce((sum, {rows}) => sum + rows.length, 0);
};

/** Deployed components that one set of answers has and the other has not. */
const lostBy = (base: Catalog, before: Known, after: Known): readonly DeployedComponent[] => {
  const deployed = deployedHere(base, after)?.components ?? [];
  const idsOf = ({answers}: Known) => new Set(closeOver(base, answers).map(({id}) => id));
  const [had, has] = [idsOf(before), idsOf(after)];
  return deployed.filter(({id}) => had.has(id) && !has.has(id));
};

const lossText = (lost: readonly DeployedComponent[]): string => {
  const volumes = lost.flatMap(component => component.volumes);
  const one = lost.length === 1;
  const data = volumes.length === 0 ? '' : `; the data stays in ${volumes.join(', ')}`;
  return `${lost.map(({title}) => title).join(', ')} ${one ? 'is' : 'are'} deployed and will be removed${data}.`;
};

/** What a step of the wizard means for what is deployed. */
export const withDeployed = (before: WizardState, after: WizardState, catalog: Catalog): WizardState => {
  if (after.screen.name !== 'components') return after;
  const deployed = deployedHere(catalog, after);
  if (!deployed) return after;
  if (before.screen.name === 'basics' && after.cursors.components === 0) {
    return {...after, cursors: {...after.cursors, components: startRow(catalog, after, deployed)}};
  }
  if (before.answers === after.answers) return after;
  const lost = lostBy(catalog, before, after);
  // A removal first: little of a notice may fit.
  return lost.length === 0 ? after : {...after, notice: [lossText(lost), after.notice].filter(Boolean).join(' ')};
};
