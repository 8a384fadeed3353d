/** What holds on every screen. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../source/ui/text/width.ts';
import {createTheme, type Tone} from '../../source/ui/theme.ts';
import {keys} from '../helpers/render-screen.ts';
import {frameOf, openScene} from './open.tsx';
import {type SceneName, scenes} from './scenes.ts';

const names = Object.keys(scenes) as SceneName[];

/** Names from outside are shown as they are. */
const outside = /日本語の店|店の在庫|日本語/g;

describe('where the locale is not UTF-8', () => {
  test.each(names)('%s needs no character beyond ASCII', async name => {
    const frame = (await frameOf(name, 100, 30, {unicode: false})).replace(outside, '');
    expect(frame.split('\n').filter(line => /[^ -~]/.test(line))).toEqual([]);
  });
});

describe('without colours', () => {
  test.each(names)('%s has none, and says the same', async name => {
    const screen = await openScene(name, {colour: false});
    expect(await screen.hasColour()).toBe(false);
    screen.close();
    expect(await frameOf(name, 100, 30, {colour: false})).toBe(await frameOf(name, 100, 30, {colour: true}));
  });

  test('whatever is good, bad or a warning is told by a figure or a word, not by its colour alone', () => {
    const {styles} = createTheme({colour: false});
    const coloured = (Object.keys(styles) as Tone[]).filter(tone => styles[tone].color !== undefined);
    expect(coloured).toEqual([]);
    for (const unicode of [true, false]) {
      const {done, warning, error, waiting} = createTheme({unicode}).figures;
      expect(new Set([done, warning, error, waiting]).size).toBe(4);
    }
  });
});

describe('however narrow the window', () => {
  /** The help is a screen of its own, and so are questions and fields that every letter belongs to. */
  const withoutHelp = new Set<SceneName>([
    'help',
    'checks-ignore',
    'naming',
    'renaming',
    'components-filter',
    'settings',
    'settings-secret',
    'settings-revealed',
    'settings-kept',
    'instances-removing',
    'profile',
    'profiles-rename',
    'profiles-remove',
    'writing',
    'writing-failed',
    'platform-filter',
    'restart',
    'stop',
    'palette',
    'palette-narrowed',
    'logs-typing',
  ]);

  test.each(names)('%s says how to get help and how to get out', async name => {
    const screen = await openScene(name, {oversize: true});
    for (const columns of [100, 60, 20]) {
      await screen.resize(columns, 24);
      const hints = (await screen.screen()).trimEnd().split('\n').at(-1)?.trim().split(/ {3}/) ?? [];
      if (!withoutHelp.has(name)) expect(hints).toContain('? help');
      expect(hints.some(hint => /^(?:q|Esc|Ctrl\+C)(?: |$)/.test(hint)) || hints.join() === 'Enter finish').toBe(true);
    }
    screen.close();
  });
});

describe('with reduced motion', () => {
  test('nothing turns, and what is said stays', async () => {
    const turning = await frameOf('rollout', 100, 30);
    const still = await frameOf('rollout', 100, 30, {still: true});
    const withoutMarks = (frame: string) => frame.replace(/[◐◓◑◒→]/g, '*');
    expect(still).toMatch(/→ 2 Authentication {2}Starting/);
    expect(withoutMarks(still)).toBe(withoutMarks(turning));
  });

  test('there is one mark for what is worked on, at any time', () => {
    for (const unicode of [true, false]) {
      expect(createTheme({unicode, still: true}).figures.working).toHaveLength(1);
      expect(createTheme({unicode}).figures.working.length).toBeGreaterThan(1);
    }
  });
});

describe('a window of any size', () => {
  const sizes = fc.record({columns: fc.integer({min: 20, max: 200}), rows: fc.integer({min: 5, max: 60})});
  const pressed = fc.constantFrom('j', 'k', 'g', 'G', keys.down, keys.up, keys.pageDown, keys.pageUp, keys.tab, '?', keys.escape);
  const steps = fc.array(fc.oneof({weight: 3, arbitrary: sizes}, pressed), {minLength: 3, maxLength: 8});

  test.each(names)('%s is never wider or higher than it, while it changes and keys are pressed', async name => {
    const screen = await openScene(name, {oversize: true});
    await fc.assert(
      fc.asyncProperty(steps, sizes, async (storm, last) => {
        for (const step of [...storm, last]) {
          if (typeof step === 'string') await screen.press(step);
          else await screen.resize(step.columns, step.rows);
        }
        const lines = (await screen.screen()).split('\n');
        expect(lines.length).toBeLessThanOrEqual(last.rows);
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(last.columns);
        expect(lines[0]).toContain('infra-wizard'.slice(0, Math.min(12, last.columns - 2)));
      }),
      {numRuns: 4},
    );
    screen.close();
  });
});
