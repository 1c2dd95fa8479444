import { expect, test } from 'vitest';

import type { WorkFile } from '../../session/session.ts';
import { documentHead } from './document-view.ts';

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
