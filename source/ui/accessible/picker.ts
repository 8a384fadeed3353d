/** Picking components, one phase after the other. Pure. */
import {deployedHere, deployedIntro, markDeployed} from '../wizard/deployed.ts';
import {type PickerRow, type PickerSection, pickerSections} from '../wizard/picker.ts';
import type {WizardState} from '../wizard/state.ts';
import {asking, doing, entered, type Moment, moving, movingTo, placeOf, type Reply, saying, sentence, type Talk} from './turn.ts';

interface Place {
  readonly sections: readonly PickerSection[];
  /** Of the phase the cursor is in. */
  readonly index: number;
  readonly section: PickerSection | undefined;
  /** Rows before it. */
  readonly start: number;
}

const placeIn = ({state, catalog}: Moment): Place => {
  const sections = markDeployed(pickerSections(catalog, state.answers), deployedHere(catalog, state));
  let start = 0;
  for (const [index, section] of sections.entries()) {
    if (state.cursors.components < start + section.rows.length) return {sections, index, section, start};
    start += section.rows.length;
  }
  const last = sections.at(-1);
  return {sections, index: sections.length - 1, section: last, start: start - (last?.rows.length ?? 0)};
};

const markText = ({mark, note}: PickerRow): string => {
  switch (mark) {
    case 'picked':
      return 'picked';
    case 'required':
      return `in, ${note}`;
    case 'platform':
      return 'in, always';
    case 'add':
      return 'adds one under a name of its own';
    case 'off':
      return note === '' ? 'not picked' : `not picked, ${note}`;
  }
};

const variantText = ({component, variant}: PickerRow, index: number) =>
  component.variants.length > 1 && variant ? ` Deployed as: ${variant.title}; v ${index + 1} changes that.` : '';

const rowText = (row: PickerRow, index: number) =>
  `${index + 1} ${row.component.title}, ${markText(row)}. ${sentence(row.component.summary)}${variantText(row, index)}`;

const rowsById = (sections: readonly PickerSection[]) => new Map(sections.flatMap(({rows}) => rows).map(row => [row.component.id, row]));

const isIn = (row: PickerRow | undefined) => row !== undefined && row.mark !== 'off' && row.mark !== 'add';

const pickedText = ({component, variant}: PickerRow) =>
  `${component.title} is picked${component.variants.length > 1 && variant ? `: ${variant.title}` : ''}.`;

const inText = (row: PickerRow, otherwise: string) =>
  row.mark === 'picked' ? pickedText(row) : `${row.component.title} ${otherwise}: ${row.note}.`;

/** One sentence for what became of a component, none when nothing did. */
const change = (before: PickerRow | undefined, after: PickerRow | undefined): string | undefined => {
  const title = (after ?? before)?.component.title ?? '';
  if (after && isIn(after) && !isIn(before)) return inText(after, 'comes along');
  if (isIn(before) && !isIn(after)) return before?.mark === 'picked' ? `${title} is left out.` : `${title} goes too.`;
  if (after && isIn(after) && before?.mark !== after.mark) return inText(after, 'stays');
  const {variant} = after ?? {};
  return variant && before?.variant?.id !== variant.id ? `${title}: ${variant.title}. ${sentence(variant.summary)}` : undefined;
};

/** What was picked or left out, and what that brought along or took away. */
const consequences = (
  before: readonly PickerSection[],
  after: readonly PickerSection[],
  isMeant: (row: PickerRow | undefined) => boolean = () => true,
): readonly string[] => {
  const [old, now] = [rowsById(before), rowsById(after)];
  const ids = [...new Set([...now.keys(), ...old.keys()])].filter(id => isMeant(old.get(id)) || isMeant(now.get(id)));
  return ids.flatMap(id => change(old.get(id), now.get(id)) ?? []);
};

/** What comes along with it, or goes with it, the screen's own notice says. */
const isPick = (row: PickerRow | undefined) => row?.mark === 'picked';

const counts = (sections: readonly PickerSection[]) => {
  const rows = sections.flatMap(section => section.rows);
  const picked = rows.filter(({mark}) => mark === 'picked').length;
  return `${picked} picked, ${rows.filter(isIn).length - picked} more come along.`;
};

const listOf = ({sections, index, section}: Place): readonly string[] =>
  section ? [`Phase ${index + 1} of ${sections.length}, ${section.phase.title}. ${section.phase.why}`, ...section.rows.map(rowText)] : [];

/** What changed since something was said last, and what the screen itself says about it. */
const news = (moment: Moment, before: WizardState | undefined, {sections}: Place): readonly string[] => {
  const {answers, notice} = moment.state;
  if (!before || before.answers === answers) return notice ? [notice] : [];
  const sectionsBefore = pickerSections(moment.catalog, before.answers);
  return notice ? [...consequences(sectionsBefore, sections, isPick), notice] : consequences(sectionsBefore, sections);
};

const intro = 'Step 3 of 5, components: what shall run here. The tier made a start; what a pick needs comes along.';

const introOf = ({state, catalog}: Moment): readonly string[] => {
  const deployed = deployedIntro(catalog, deployedHere(catalog, state));
  return deployed === undefined ? [intro] : [intro, deployed];
};

const onRow = (answer: string, place: Place, then: (row: PickerRow) => Reply): Reply => {
  const rows = place.section?.rows ?? [];
  const row = placeOf(answer, rows.length);
  const found = row === undefined ? undefined : rows[row];
  return found ? then(found) : saying(`${answer} is no number from 1 to ${rows.length}.`);
};

const cursorTo = (row: PickerRow, {start, section}: Place) => movingTo(start + (section?.rows.indexOf(row) ?? 0));

const nextPhase = ({sections, index}: Place): Reply =>
  index < sections.length - 1 ? doing({type: 'next-phase'}) : doing({type: 'forward'});

export const pickerTalk: Talk = {
  turn: ({before, ...moment}) => {
    const place = placeIn(moment);
    const begins = entered({state: moment.state, before}) && before?.screen.name !== 'naming';
    const here = place.section?.phase.id;
    const there = before && placeIn({...moment, state: before}).section?.phase.id;
    const list = begins || here !== there ? listOf(place) : [];
    const said = [...(begins ? [...introOf(moment), counts(place.sections)] : news(moment, before, place)), ...list];
    const next = place.index < place.sections.length - 1 ? 'Enter for the next phase' : 'Enter for the plan';
    return asking(said, `${place.section?.phase.title ?? ''}. Number to pick or leave out, ${next}:`);
  },
  reply: (answer, moment) => {
    const place = placeIn(moment);
    if (answer === '') return nextPhase(place);
    if (answer === 'l') return saying(...listOf(place));
    if (answer === 'f') return doing({type: 'forward'});
    if (answer === 's') return doing({type: 'open-settings'}, moving('first'));
    const settings = /^s *(\d+)$/.exec(answer)?.[1];
    if (settings !== undefined) return onRow(settings, place, row => doing(...cursorTo(row, place), {type: 'open-row'}));
    const variant = /^v *(\d+)$/.exec(answer)?.[1];
    if (variant === undefined) return onRow(answer, place, row => doing(...cursorTo(row, place), {type: 'toggle'}));
    return onRow(variant, place, row =>
      row.component.variants.length > 1
        ? doing(...cursorTo(row, place), {type: 'change', by: 1})
        : saying(`${row.component.title} is deployed in one way only.`),
    );
  },
  help: [
    'A number picks a component or leaves it out. v and a number, for example v 2, deploys it in another way, where there is one.',
    'l says the list again. s asks the settings of what was picked; s and a number those of one component. f goes on to the plan without the phases that are left.',
  ],
};

/** Back to the phase before, or from the first one to the basics. */
export const phaseBack = (moment: Moment): Reply => doing(placeIn(moment).index > 0 ? {type: 'previous-phase'} : {type: 'back'});
