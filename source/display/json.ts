/** One event a line, for programs. Pure. */
import type {ResourceEvent} from '../events.ts';

/** JSON escapes only the first 32 characters; the others that could move a cursor or hide are escaped here, which changes no value. */
const unsafe = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const escaped = (text: string) =>
  [...Array(text.length).keys()].map(at => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** JSON on one line that is safe to show on a terminal. */
export const jsonText = (value: unknown): string => (JSON.stringify(value) ?? 'null').replace(unsafe, escaped);

export const jsonLine = (event: ResourceEvent): string => jsonText(event);
