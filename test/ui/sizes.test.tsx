import fc from 'fast-check';
import {expect, test} from 'vitest';
import {widthOf} from '../../source/ui/text/width.ts';
import {openScene} from './open.tsx';
import {type SceneName, scenes} from './scenes.ts';

const names = Object.keys(scenes) as SceneName[];

const sizes = fc.record({columns: fc.integer({min: 20, max: 200}), rows: fc.integer({min: 5, max: 70})});

test.each(names)('%s fits a terminal of any size from 20 to 200 columns', async name => {
  const screen = await openScene(name, {oversize: true});
  await fc.assert(
    fc.asyncProperty(sizes, async ({columns, rows}) => {
      await screen.resize(columns, rows);
      const lines = (await screen.screen()).split('\n');
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(lines[0]?.trimStart().startsWith('infra-wizard'.slice(0, Math.min(12, columns - 1)))).toBe(true);
    }),
    {numRuns: 12},
  );
  screen.close();
});
