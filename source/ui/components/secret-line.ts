import {type Line, segment} from '../text/line.ts';
import {graphemesOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {Field} from '../wizard/fields.ts';
import type {SecretSubject} from '../wizard/secret-fields.ts';
import type {WizardState} from '../wizard/state.ts';
import {textFieldLine} from './text-field/text-field.ts';
import {type TextFieldState, textField} from './text-field/text-field-state.ts';

export type Reveal = WizardState['reveal'];

interface UnderCursor {
  readonly editing: TextFieldState | undefined;
  readonly reveal: Reveal;
  readonly room: number;
  readonly figures: Figures;
}

/** A mark for every character, the caret where it was. */
const masked = ({value, caret}: TextFieldState, mark: string): TextFieldState => {
  const dots = (text: string) => mark.repeat(graphemesOf(text).length);
  return {value: dots(value), caret: dots(value.slice(0, caret)).length};
};

const fileLine = (field: Field, content: NonNullable<Reveal>['content'], {ellipsis}: Figures): Line => {
  if (content?.status === 'ready') return [segment(content.value)];
  if (content?.status === 'failed') return [segment(content.trouble.what, 'warning')];
  return [segment(content ? ellipsis : field.value, 'muted')];
};

/** A secret never shows itself: it says how it stands, and what is typed is dots, until it is asked for. */
export const secretLine = (field: Field, {secret, typed, kept}: SecretSubject, here: UnderCursor | undefined): Line => {
  if (!here) return [segment(field.value, field.problem ? 'bad' : 'muted')];
  const {editing, reveal, room, figures} = here;
  const shown = reveal?.id === secret.id ? reveal : undefined;
  if (kept !== false) return fileLine(field, shown?.content, figures);
  const text = editing ?? textField(typed ?? '');
  return textFieldLine(shown ? text : masked(text, figures.mask), room, field.value);
};
