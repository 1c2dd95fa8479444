import { expect, test } from 'vitest';

import { freeName, originWords } from './playground-home.ts';

const taken = [{ name: 'Example' }, { name: 'Mine' }, { name: 'Mine (2)' }];

test.each([
  ['Time', 'Time'],
  ['Example', 'Example (2)'],
  [' Mine ', 'Mine (3)'],
  ['', 'Workspace'],
])('%j becomes %j', (name, free) => {
  expect(freeName(name, taken)).toBe(free);
});

test('where a workspace comes from', () => {
  const made = new Date(2026, 10, 24, 12).getTime();
  expect((['example', 'imported', 'shared'] as const).map((origin) => originWords({ origin, made }))).toEqual(
    ['Came with this page', 'From a zip, 2026-11-24', 'From a link, 2026-11-24'],
  );
});
