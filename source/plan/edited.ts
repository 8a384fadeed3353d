/** What the operator decides about a generated file that he edited and that would be written otherwise. Pure. */

/** `keep`: what was changed is kept, in the own overlay or as the file is. `take`: the new file is written, the old one is put aside. */
export type EditedChoice = 'keep' | 'take';

/** One choice for all files, or one for each path. */
export type EditedAnswer = EditedChoice | Readonly<Record<string, EditedChoice>>;

/** Nothing is decided: an edited file stops everything. */
export const undecided: EditedAnswer = {};

export const editedChoice = (answer: EditedAnswer, path: string): EditedChoice | undefined =>
  typeof answer === 'string' ? answer : answer[path];
