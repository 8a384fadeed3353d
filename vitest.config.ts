import {defineConfig} from 'vitest/config';

/** `unit` needs nothing but Node. `engine` talks to a real Docker Engine, each file to one of its own: two
 * at a time, since most of what they do is to wait for containers. */
export default defineConfig({
  test: {
    globalSetup: 'test/sandbox/warm.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/sandbox/**'],
          // By default one processor is left to a watching editor.
          maxWorkers: '100%',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          env: {CI: '', TZ: 'UTC'},
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/e2e/**/*.test.ts', 'test/sandbox/**/*.test.ts'],
          maxWorkers: 2,
          sequence: {groupOrder: 1},
          testTimeout: 240_000,
          hookTimeout: 400_000,
          env: {CI: ''},
        },
      },
    ],
  },
});
