/** What a file of the workspace is, against what would be written and what was written last. Pure. */
import type {ObservedFile} from '../plan/observed.ts';

/** Hashes of one path as the last generation recorded them. */
export interface WrittenFile {
  /** What was, or was about to be, written. */
  readonly sha256: string;
  /** What was there before; only while that write is not known to be finished. */
  readonly before?: string;
}

export interface FileFacts {
  readonly once: boolean;
  /** Hash on disk; undefined when nothing is there. */
  readonly disk: string | undefined;
  /** Hash of what would be written. */
  readonly wanted: string;
  /** Undefined when this path was never written by us. */
  readonly written: WrittenFile | undefined;
}

/** What is there is ours: what we last wrote, or what a write that was cut off was to replace. */
export const isAsWritten = (disk: string, {sha256, before}: WrittenFile): boolean => disk === sha256 || disk === before;

/** A file that is there and was never ours counts as edited by the operator and changed by us: a conflict. */
export const fileState = ({once, disk, wanted, written}: FileFacts): ObservedFile['state'] => {
  if (disk === undefined) return 'new';
  if (once || disk === wanted) return 'same';
  if (written === undefined) return 'conflict';
  if (isAsWritten(disk, written)) return 'outdated';
  return written.sha256 === wanted ? 'edited' : 'conflict';
};
