import { expect, test } from 'vitest';

import type { WorkFile } from '../../session/session.ts';
import { clausePlace, documentHead } from './document-view.ts';

const file = (path: string, text: string, more: Partial<WorkFile> = {}): WorkFile => ({
  path,
  text,
  saved: text,
  version: 'v',
  conflict: null,
  saving: false,
  ...more,
});

test.each([
  [file('a.list.yaml', 'title: Codes'), ['Codes', 'List', 'saved']],
  [file('a.suite.yaml', 'title: "Times"', { saved: '' }), ['Times', 'Suite of saved encounters', 'unsaved']],
  [
    file('a.policy.yaml', '', { saved: 'x', conflict: { text: null, version: null } }),
    ['a', 'Policy', 'conflict'],
  ],
])('%#', (it, expected) => {
  const { title, detail, state } = documentHead(it, null);
  expect([title, detail, state]).toEqual(expected);
});

const source = file(
  'rules/sources/page.source.yaml',
  'source: page\nclauses:\n  - id: short\n    text: id of nothing\n  - { id: long, text: x }\n',
);
const files = new Map([[source.path, source]]);

test.each([
  ['page#short', 3],
  ['page#long', 5],
  ['page#gone', 1],
])('%s is at line %i', (cite, line) => {
  expect(clausePlace(files, cite)).toEqual({ path: source.path, line, column: 1 });
});

test('a source that is not there', () => {
  expect(clausePlace(files, 'other#short')).toBe(null);
});
