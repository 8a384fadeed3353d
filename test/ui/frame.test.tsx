import {render} from 'ink-testing-library';
import {describe, expect, test} from 'vitest';
import {Frame} from '../../source/ui/components/frame.tsx';
import {Rows} from '../../source/ui/components/rows.tsx';
import {line} from '../../source/ui/text/line.ts';

test('a frame holds title, rule, sentence, body and key hints, and fills the window', () => {
  const {lastFrame, unmount} = render(
    <Frame
      size={{columns: 60, rows: 12}}
      title="2/5 Basics"
      intro="What this platform is for."
      hints={[
        {keys: 'Enter', does: 'continue'},
        {keys: '?', does: 'help'},
      ]}
    >
      <Rows rows={[line('the body')]} width={56} />
    </Frame>,
  );
  expect(`\n${lastFrame()}\n`).toMatchInlineSnapshot(`
    "
     infra-wizard                                    2/5 Basics
     ──────────────────────────────────────────────────────────
     What this platform is for.
     the body







     Enter continue   ? help
    "
  `);
  unmount();
});

describe('what is said beside the sentence of a frame', () => {
  const frameAt = (columns: number) => {
    const {lastFrame, unmount} = render(
      <Frame
        size={{columns, rows: 8}}
        title="2/5 Basics"
        intro="What this is for."
        asides={[line('the whole of it, in many words'), line('in short')]}
        note={line('/filter')}
        hints={[]}
      >
        <Rows rows={[]} width={columns} />
      </Frame>,
    );
    const rows = (lastFrame() ?? '').split('\n').slice(0, 3);
    unmount();
    return [rows[0]?.trim(), rows[2]?.trim()];
  };

  test('is the longest that fits, at the end of the sentence or else behind the name', () => {
    expect(frameAt(64)[1]).toMatch(/^What this is for\. +the whole of it, in many words$/);
    expect(frameAt(46)).toEqual([
      expect.stringMatching(/^infra-wizard +\/filter {3}2\/5 Basics$/),
      expect.stringMatching(/^What this is for\. +in short$/),
    ]);
    expect(frameAt(36)).toEqual([
      expect.stringMatching(/^infra-wizard +\/filter {3}2\/5 Basics$/),
      expect.stringMatching(/^What this is for\. +in short$/),
    ]);
    expect(frameAt(24)[1]).toBe('What this is for.');
  });
});
