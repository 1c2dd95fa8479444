import { expect, test } from 'vitest';

import { pathInAddress } from './path-in-address.ts';

test.each([
  ['', null],
  ['#', null],
  ['#rules/a%20b.policy.yaml', 'rules/a b.policy.yaml'],
  ['#rules/%E0%A4%A.policy.yaml', null],
])('%j', (hash, path) => {
  expect(pathInAddress(hash)).toBe(path);
});
