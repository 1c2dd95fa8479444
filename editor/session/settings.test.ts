import { expect, test } from 'vitest';

import { readSettings, usualSettings } from './settings.ts';

test.each([
  [null, {}],
  ['{"theme":"dark","textSize":15,"tourSeen":true}', { theme: 'dark', textSize: 15, tourSeen: true }],
  ['{"payer":"hns","asOf":"2024-03-04"}', { payer: 'hns', asOf: '2024-03-04' }],
  ['{"theme":"pink","textSize":400,"payer":7,"asOf":"2024-02-30"}', {}],
  ['{"theme":', {}],
  ['null', {}],
])('%s', (kept, settings) => {
  expect(readSettings(kept)).toEqual({ ...usualSettings, ...settings });
});
