/**
 * A terminal used line by line. The line is edited and echoed by the terminal itself, so that nothing here ever moves the cursor, and what
 * a screen reader hears is what was typed.
 */
import {printable} from '../printable.ts';
import type {Conversation} from '../ui/accessible/conversation.ts';
import {wrap} from '../ui/text/width.ts';

export interface LineTerminal extends Conversation {
  close(): void;
}

interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
}

/** Words are not torn apart at the edge of the window: a reader that goes from row to row would read the halves. */
const rowsOf = (text: string, {columns}: NodeJS.WriteStream): readonly string[] =>
  columns ? wrap(printable(text), Math.max(20, columns - 1)) : [printable(text)];

/** What was typed unseen: the terminal edits no line for us now. */
interface Unseen {
  readonly text: string;
  readonly end: 'no' | 'enter' | 'interrupt' | 'nothing';
}

const typeUnseen = ({text, end}: Unseen, character: string): Unseen => {
  if (end !== 'no') return {text, end};
  if (character === '\r' || character === '\n') return {text, end: 'enter'};
  if (character === '\u0003') return {text, end: 'interrupt'};
  if (character === '\u0004') return {text, end: text === '' ? 'nothing' : 'enter'};
  if (character === '\u0015') return {text: '', end};
  if (character === '\u007f' || character === '\b') return {text: [...text].slice(0, -1).join(''), end};
  return {text: text + printable(character), end};
};

export const openLineTerminal = ({input, output, signal}: Streams): LineTerminal => {
  const lines: string[] = [];
  let rest = '';
  let ended = false;
  let unseen: Unseen | undefined;
  let waiting: ((line: string | undefined) => void) | undefined;
  const answer = () => {
    if (!waiting || (lines.length === 0 && !ended && !signal.aborted)) return;
    const resolve = waiting;
    waiting = undefined;
    resolve(signal.aborted ? undefined : lines.shift());
  };
  const show = () => {
    unseen = undefined;
    input.setRawMode?.(false);
    output.write('\n');
  };
  const takeUnseen = (before: Unseen, chunk: string) => {
    const {text, end: how} = [...chunk].reduce(typeUnseen, before);
    unseen = {text, end: 'no'};
    if (how === 'no') return;
    show();
    if (how === 'enter') lines.push(text);
    else if (how === 'interrupt') process.kill(process.pid, 'SIGINT');
    else ended = true;
    answer();
  };
  const take = (chunk: string) => {
    if (unseen) return takeUnseen(unseen, chunk);
    const parts = (rest + chunk).split(/\r\n|[\r\n]/);
    rest = parts.pop() ?? '';
    lines.push(...parts.map(printable));
    answer();
  };
  const end = () => {
    ended = true;
    answer();
  };
  input.setEncoding('utf8').on('data', take).on('end', end).on('error', end);
  signal.addEventListener('abort', answer, {once: true});
  const say = (said: readonly string[]) => {
    const rows = said.flatMap(text => rowsOf(text, output));
    if (rows.length > 0) output.write(`${rows.join('\n')}\n`);
  };
  return {
    signal,
    say,
    ask: (prompt, {fresh = false, secret = false} = {}) => {
      if (fresh) lines.length = 0;
      output.write(`${rowsOf(prompt, output).join('\n')} `);
      if (secret && lines.length === 0) {
        unseen = {text: '', end: 'no'};
        input.setRawMode?.(true);
      }
      return new Promise(resolve => {
        waiting = resolve;
        answer();
      });
    },
    close: () => {
      if (unseen) show();
      input.off('data', take).off('end', end).off('error', end).pause();
      signal.removeEventListener('abort', answer);
    },
  };
};
