import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
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
