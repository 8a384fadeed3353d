import {Text} from 'ink';
import {expect, test} from 'vitest';
import {createEventStore} from '../../source/ui/event-store.ts';
import {useEvents} from '../../source/ui/hooks/use-events.ts';
import {renderScreen} from '../helpers/render-screen.ts';

const append = (all: readonly number[], one: number): readonly number[] => [...all, one];

test('a thousand events are shown in few steps and none is lost', async () => {
  const store = createEventStore<readonly number[], number>([], append);
  const shown: number[] = [];
  const complete = new Promise<void>(resolve => {
    store.subscribe(() => {
      shown.push(store.snapshot().length);
      if (store.snapshot().length === 1000) resolve();
    });
  });
  for (let event = 0; event < 1000; event++) store.push(event);
  expect(store.snapshot()).toEqual([]);
  await complete;
  expect(shown).toEqual([1000]);
  store.close();
});

test('what was pushed last is seen at once when the stream ends', () => {
  const store = createEventStore<readonly number[], number>([], append);
  store.push(7);
  store.flush();
  expect(store.snapshot()).toEqual([7]);
  store.close();
});

const Counter = ({open}: {readonly open: (signal: AbortSignal) => AsyncIterable<number>}) => {
  const {state, ending} = useEvents({open, reduce: append, initial: [] as readonly number[]});
  return <Text>{`${state.join(' ')}${ending ? ` ended ${String(ending.error)}` : ''}`}</Text>;
};

test('an ended stream says how it ended, with everything it said', async () => {
  const screen = renderScreen(
    <Counter
      open={async function* () {
        yield 1;
        yield 2;
        throw new Error('gone');
      }}
    />,
  );
  expect(await screen.waitFor('ended')).toBe('1 2 ended Error: gone');
  screen.close();
});

test('a view that goes away ends its stream', async () => {
  let signal: AbortSignal | undefined;
  let closed = false;
  const screen = renderScreen(
    <Counter
      open={async function* (given) {
        signal = given;
        try {
          for (let count = 1; ; count++) {
            yield count;
            await new Promise(resolve => setImmediate(resolve));
          }
        } finally {
          closed = true;
        }
      }}
    />,
  );
  await screen.waitFor(/\d \d/);
  screen.close();
  await screen.exited;
  expect(signal?.aborted).toBe(true);
  await expect.poll(() => closed).toBe(true);
});
