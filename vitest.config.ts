import { defineConfig } from 'vitest/config';

const nowhere = ['**/node_modules/**', '**/dist/**', '**/.git/**'];
const journeys = 'editor/e2e/**/*.test.ts';
/** Walks through everything there is, in every colour and at every size: `npm run test:long`. */
const long = [
  'accessible',
  'bench',
  'changes',
  'encounters',
  'exports',
  'form',
  'manual',
  'playground',
  'releases',
  'workspace',
].map((name) => `editor/e2e/${name}.test.ts`);

// Each file has a browser of its own, and more than two get into each other's way.
const inBrowsers = {
  setupFiles: ['./editor/e2e/setup.ts'],
  testTimeout: 90_000,
  hookTimeout: 90_000,
  maxWorkers: 2,
  // A browser on a busy machine can miss a moment; what fails twice has failed.
  retry: process.env['CI'] ? 1 : 0,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'code',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...nowhere, journeys],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'browser', include: [journeys], exclude: [...nowhere, ...long], ...inBrowsers } },
      { test: { name: 'long', include: long, exclude: nowhere, ...inBrowsers } },
    ],
  },
});
