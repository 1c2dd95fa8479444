import { defineConfig } from 'vitest/config';

const nowhere = ['**/node_modules/**', '**/dist/**', '**/.git/**'];
const journeys = 'editor/e2e/**/*.test.ts';

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
      {
        // Each file has a browser of its own, and more than two get into each other's way.
        test: {
          name: 'browser',
          include: [journeys],
          exclude: nowhere,
          setupFiles: ['./editor/e2e/setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
