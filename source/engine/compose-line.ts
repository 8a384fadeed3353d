import * as v from 'valibot';
import {printableLine} from '../printable.ts';
import {parseJson} from './lines.ts';

/** A line of `docker compose --progress json`, as versions 2 and 5 write it. */
export interface ComposeLine {
  /** For example `Container platform-dev-db-1`; undefined when the line is about the whole command. */
  readonly id: string | undefined;
  /** One word: Creating, Created, Starting, Started, Error. Empty when there is none. */
  readonly word: string;
  readonly message: string;
  readonly error: boolean;
  readonly warning: boolean;
}

const text = v.fallback(v.optional(v.string()), undefined);

const schema = v.object({
  id: text,
  text: text,
  status: text,
  details: text,
  level: text,
  msg: text,
  message: text,
  error: v.fallback(v.optional(v.boolean()), undefined),
});

/** Version 5 says the word in `text` and one of these in `status`; version 2 says it in either, and a message in the other. */
const generalWords = /^(Working|Done|Warning|Error)$/;

/** A line that is not JSON is taken as a message. */
export const decodeComposeLine = (line: string): ComposeLine => {
  const parsed = v.safeParse(schema, parseJson(line));
  if (!parsed.success) return {id: undefined, word: '', message: printableLine(line), error: false, warning: false};
  const {id, text: said, status = '', details, level, msg, message, error = false} = parsed.output;
  const word = said ?? status;
  const explained = details ?? message ?? msg ?? (said && !generalWords.test(status) ? status : '');
  return {
    id: id === undefined ? undefined : printableLine(id),
    word: printableLine(word),
    message: printableLine(explained),
    error: error || word === 'Error' || status === 'Error' || level === 'error' || level === 'fatal',
    warning: word === 'Warning' || status === 'Warning' || level === 'warning',
  };
};

/** For a person: what it is about, the word, the message. */
export const composeLineText = ({id, word, message}: ComposeLine): string =>
  [id, [word, message].filter(Boolean).join(': ')].filter(Boolean).join(' ');
