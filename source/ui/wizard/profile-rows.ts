/** The rows of the saved profiles, and what is said about the one under the cursor. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {domainOf, isNewer, type SavedProfile, savedOn} from '../../plan/saved-profile.ts';
import {askLine} from '../components/ask-line.ts';
import {errorPanel} from '../components/error-panel.ts';
import {type Line, line, paragraph, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {type Asked, currentProfile, savedProfiles} from './profiles.ts';
import type {WizardState} from './state.ts';

export interface ProfileRowsView {
  readonly catalog: Catalog;
  readonly width: number;
  readonly figures: Figures;
}

/** From here on the domain and the time of the day have room. */
const wide = 80;
const gap = '  ';

const namesOf = ({components}: Answers) => Object.keys(components).join(', ');
const numberOf = ({components}: Answers) => `${Object.keys(components).length} picked`;

/** Name, and what is known about it; the last cell says what was picked. */
const cellsOf = (saved: SavedProfile, {catalog, width}: ProfileRowsView, picked: (answers: Answers) => string): readonly string[] => {
  if (isNewer(saved)) return [saved.name, `newer version (${saved.version})`];
  const {answers} = saved;
  const {environment, tier} = answers;
  const day = savedOn(saved);
  return width < wide
    ? [saved.name, day.slice(0, 10), environment, tier, picked(answers)]
    : [saved.name, day, environment, tier, domainOf(catalog, answers), picked(answers)];
};

/** A long name or domain leaves room for the other columns. */
const longest = (width: number) => Math.max(4, Math.min(24, Math.floor(width / 3.5)));

/** Columns as wide as their cells, except the last; of a profile of a newer version only the name is a cell. */
const widthsOf = (rows: readonly (readonly string[])[], width: number): readonly number[] => {
  const count = Math.max(0, ...rows.map(row => row.length));
  return Array.from({length: count - 1}, (_, index) => {
    const cells = rows.filter(row => index === 0 || row.length === count).map(row => widthOf(row[index] ?? ''));
    return Math.min(longest(width), Math.max(0, ...cells));
  });
};

const cursorFigure = (focused: boolean, {pointer}: Figures) => segment(focused ? `${pointer} ` : gap, 'focus');

const textsOf = (rows: readonly (readonly string[])[], {width, figures}: ProfileRowsView): readonly (readonly string[])[] => {
  const widths = widthsOf(rows, width);
  return rows.map(cells =>
    cells.map((cell, index) => {
      const own = index === 0 || index < cells.length - 1 ? widths[index] : undefined;
      return own === undefined ? cell : padTo(cell, own, figures.ellipsis);
    }),
  );
};

/** What was picked by name, where every name fits; otherwise how many. */
export const profileRows = ({saved, cursors}: WizardState, view: ProfileRowsView): readonly Line[] => {
  const profiles = savedProfiles(saved);
  const rowsWith = (picked: (answers: Answers) => string) =>
    textsOf(
      profiles.map(profile => cellsOf(profile, view, picked)),
      view,
    );
  const byName = rowsWith(namesOf);
  const fits = byName.every(cells => widthOf(cells.join(gap)) + gap.length <= view.width);
  const cursor = Math.min(cursors.profiles, profiles.length - 1);
  return (fits ? byName : rowsWith(numberOf)).map(([name = '', ...rest], index): Line => {
    const focused = index === cursor;
    return [
      cursorFigure(focused, view.figures),
      segment(name, focused ? 'focus' : 'plain'),
      ...rest.map((text, at) => segment(gap + text, at === 0 ? 'plain' : 'muted')),
    ];
  });
};

const labels: Readonly<Record<Asked, string>> = {rename: 'New name', copy: 'Name of the copy', import: 'File to import'};

const about = (profile: SavedProfile | undefined, {catalog, width}: ProfileRowsView): readonly Line[] => {
  if (!profile) return [];
  if (isNewer(profile)) return paragraph('Saved by a newer infra-wizard. It is shown, and neither read nor changed.', width, 'muted');
  const {answers} = profile;
  const picked = Object.entries(answers.components).map(([id, variant]) => `${catalog.components.get(id)?.title ?? id} (${variant})`);
  return paragraph(`${domainOf(catalog, answers)}: ${picked.join(', ') || 'nothing picked'}`, width, 'muted');
};

/** A question, a line that is typed, what went wrong, what was done, or more about the profile under the cursor. */
export const profilesDetail = (state: WizardState, view: ProfileRowsView): readonly Line[] => {
  const {asking, confirming, running, said, trouble} = state.saved;
  const {width, figures} = view;
  if (running) return [line(`Working ${figures.ellipsis}`, 'muted')];
  if (confirming)
    return [...paragraph(confirming.question, width, 'warning'), line('y does it; any other key leaves everything as it is.')];
  const wrong = trouble ? errorPanel(trouble, width, figures) : [];
  if (asking) return [askLine(labels[asking.what], asking.field, width, figures), ...wrong];
  if (trouble) return wrong;
  return said ? paragraph(said, width, 'accent') : about(currentProfile(state), view);
};
