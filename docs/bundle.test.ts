import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundleProblems, largestBundle } from '#engine';

const page = readFileSync(path.join(import.meta.dirname, 'bundle.md'), 'utf8');

test('everything that refuses a bundle is explained', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\|[^|]+\|$/gm)].map(([, kind]) => kind);
  expect(rows).toEqual(bundleProblems);
  expect(page).toContain(`larger than ${largestBundle / 1024 / 1024} MiB`);
});
