import {Body} from '../components/body.tsx';
import {formDetail, formRows} from '../components/form.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import type {Reveal} from '../components/secret-line.ts';
import type {TextFieldState} from '../components/text-field/text-field-state.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, layoutOf, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import type {Field} from '../wizard/fields.ts';

export interface FormScreenProps {
  readonly size: Size;
  readonly title: string;
  readonly intro: string;
  readonly fields: readonly Field[];
  readonly cursor: number;
  readonly editing: TextFieldState | undefined;
  /** The secret that is shown as it is. */
  readonly reveal: Reveal;
  /** Said below the details of the field, for example that the host is too small. */
  readonly remark: string | undefined;
  /** Said at the question of the tier instead: which ones fit. @default nothing */
  readonly tiers?: readonly Line[];
  /** As of the frame. */
  readonly asides: readonly Line[];
  /** Said when there is nothing to ask. */
  readonly empty: string;
}

const choiceHints: readonly Hint[] = [
  {keys: 'Enter', does: 'continue'},
  {keys: 'left/right', does: 'choose'},
  {keys: 'up/down', does: 'field'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const typedHints: readonly Hint[] = [
  {keys: 'Enter', does: 'continue'},
  {keys: 'type', does: 'to change'},
  {keys: 'Ctrl+U', does: 'default'},
  {keys: 'up/down', does: 'field'},
  {keys: 'Esc', does: 'back'},
  {keys: 'Ctrl+C', does: 'quit'},
];

const secretHints = (kept: boolean): readonly Hint[] => [
  {keys: 'Enter', does: 'continue'},
  {keys: 'Ctrl+R', does: 'show'},
  ...(kept ? [] : [{keys: 'type', does: 'one of your own'}]),
  {keys: 'up/down', does: 'field'},
  {keys: 'Esc', does: 'back'},
  {keys: 'Ctrl+C', does: 'quit'},
];

const hintsOf = (field: Field | undefined): readonly Hint[] => {
  if (field?.subject.kind === 'secret') return secretHints(field.subject.kept === true);
  return field?.choices.length === 0 ? typedHints : choiceHints;
};

const remarkRows = (remark: string | undefined, width: number): readonly Line[] => (remark ? paragraph(remark, width, 'warning') : []);

/** What the list leaves free is for the details; a long list gives some of its rows. */
const detailRoom = ({roomy, height}: Layout, rows: number) => Math.max(roomy ? 6 : 3, Math.min(height - rows, 9));

/** Questions below each other; the one under the cursor is explained. */
export const FormScreen = ({size, title, intro, fields, cursor, editing, reveal, remark, tiers = [], asides, empty}: FormScreenProps) => {
  const {figures} = useTheme();
  const layout = layoutOf(size, intro);
  const field = fields[Math.min(cursor, fields.length - 1)];
  const place = field ? fields.indexOf(field) : 0;
  const {rows, cursorRow} = formRows({fields, cursor: place, editing, reveal, width: layout.width, figures});
  const width = proseWidth(layout);
  const ofTiers = field?.subject.kind === 'tier' && tiers.length > 0;
  const detail = [
    ...(layout.roomy ? [blank] : []),
    ...formDetail(field, width, ofTiers ? tiers : []),
    ...(ofTiers ? [] : remarkRows(remark, width)),
  ];
  const shown = fields.length > 0 ? rows : [line(empty, 'muted')];
  const hints = hintsOf(field);
  return (
    <Frame size={size} title={title} intro={intro} asides={asides} hints={hints}>
      <Body layout={layout} rows={shown} cursor={cursorRow} detail={detail} detailHeight={detailRoom(layout, shown.length)} />
    </Frame>
  );
};
