import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { firmRefusals, overridableRefusals, releaseProblems } from '#engine';

const page = readFileSync(path.join(import.meta.dirname, 'releases.md'), 'utf8');

test('every reason that holds a release back is explained, and whether it can be overridden', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\|[^|]+\| (no|with a reason) +\|$/gm)];
  expect(rows.map(([, what, override]) => `${what} ${override}`)).toEqual([
    ...firmRefusals.map((what) => `${what} no`),
    ...overridableRefusals.map((what) => `${what} with a reason`),
  ]);
});

test('everything that verify can find is explained', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\|[^|]+\|$/gm)].map(([, kind]) => kind);
  expect(rows).toEqual(releaseProblems);
});
