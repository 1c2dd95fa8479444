import { expect, test } from 'vitest';

import { freeName } from './playground-home.ts';

const taken = [{ name: 'Example' }, { name: 'Mine' }, { name: 'Mine (2)' }];

test.each([
  ['Time', 'Time'],
  ['Example', 'Example (2)'],
  [' Mine ', 'Mine (3)'],
  ['', 'Workspace'],
])('%j becomes %j', (name, free) => {
  expect(freeName(name, taken)).toBe(free);
});
