import type {Secret} from '../catalog/catalog.ts';

/** A file of the workspace as it should be. */
export interface RenderedFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly content: string;
  readonly mode: 0o600 | 0o644 | 0o755;
  /** Created when it is missing and never touched again: the operator's own. */
  readonly once: boolean;
  /** One line for the plan: what this file is. */
  readonly about: string;
  /** Component it belongs to; of an overlay, the first of those in it. */
  readonly component?: string;
  /** Of an overlay that is generated: what its YAML says, so that nobody has to read it again. */
  readonly model?: unknown;
}

/** Everything that is written for a selection. Secret values are not part of it: only which ones must exist. */
export interface Rendered {
  readonly files: readonly RenderedFile[];
  /** With all `${NAME}` resolved. */
  readonly secrets: readonly Secret[];
}
