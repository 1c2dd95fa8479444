import { expect, test } from 'vitest';

import type { PickerItem } from './picker-view.ts';
import { bySection, pickerMatches } from './picker-view.ts';

const items: readonly PickerItem[] = [
  { id: 'code', title: 'procedure code', detail: 'The code of the service.', also: 'line.code' },
  {
    id: 'minutes',
    title: 'recorded time',
    detail: 'Minutes of the service.',
    note: 'minutes',
    also: 'record.minutes',
  },
  { id: 'total', title: 'total treatment time', note: 'minutes', section: 'Note' },
  { id: 'overtime', title: 'overtime' },
];

const cases: readonly [typed: string, found: readonly string[]][] = [
  ['', ['code', 'minutes', 'total', 'overtime']],
  ['time', ['minutes', 'total', 'overtime']],
  ['minutes', ['minutes', 'total']],
  ['record.min', ['minutes']],
  ['total time', ['total']],
  ['service code', ['code']],
  ['nothing', []],
  ['(', []],
];

test.each(cases)('“%s”', (typed, found) => {
  expect(pickerMatches(items, typed).map(({ id }) => id)).toEqual(found);
});

test('sections keep the order of their first item', () => {
  expect(bySection(items).map(({ section, items: inside }) => `${section}: ${inside.length}`)).toEqual([
    ': 3',
    'Note: 1',
  ]);
});
