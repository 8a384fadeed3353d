import * as v from 'valibot';
import {printableLine} from '../printable.ts';

/** One line of the engine's answer to a pull, reduced to what it means on both image stores. */
export interface PullMessage {
  /** Layer; also the tag, in the first message. */
  readonly id: string | undefined;
  readonly status: string;
  /** Bytes. */
  readonly current: number | undefined;
  readonly total: number | undefined;
  /** The pull has failed: nothing follows. */
  readonly error: string | undefined;
}

const bytes = v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined);
const text = v.fallback(v.optional(v.string()), undefined);

const schema = v.object({
  id: text,
  status: text,
  // `units: s` are seconds of unpacking, not bytes: the containerd image store says so.
  progressDetail: v.fallback(v.optional(v.object({current: bytes, total: bytes, units: text})), undefined),
  error: text,
  errorDetail: v.fallback(v.optional(v.object({message: text})), undefined),
});

/** Undefined for what is no such message; nothing in a stream may stop its reader. */
export const decodePullMessage = (value: unknown): PullMessage | undefined => {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return undefined;
  const {id, status, progressDetail, error, errorDetail} = parsed.output;
  const failed = errorDetail?.message ?? error;
  if (status === undefined && failed === undefined) return undefined;
  const counted = progressDetail?.units ? undefined : progressDetail;
  return {
    id: id === undefined ? undefined : printableLine(id),
    status: printableLine(status ?? ''),
    current: counted?.current,
    total: counted?.total || undefined,
    error: failed === undefined ? undefined : printableLine(failed),
  };
};
