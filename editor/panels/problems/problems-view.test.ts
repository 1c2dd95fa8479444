import { expect, test } from 'vitest';

import type { Diagnostic, Severity } from '#engine';

import type { WorkFile } from '../../session/session.ts';
import { problemRows, problemSummary } from './problems-view.ts';

function found(path: string, line: number, severity: Severity, message: string): Diagnostic {
  const place = {
    path,
    from: line,
    to: line + 1,
    line,
    column: 1,
    endLine: line,
    endColumn: 2,
    yamlPath: '',
  };
  return { code: 'unknown-fact', severity, place, message, help: 'write `record.minutes`' };
}

const files = new Map<string, WorkFile>([
  ['b', { path: 'b', text: 'title: Lists', saved: '', version: null, conflict: null, saving: false }],
]);

test('problems before advice, the open file before others, in whole sentences', () => {
  const diagnostics = [
    found('b', 4, 'warning', 'the name is not used'),
    found('b', 2, 'error', '`record.minute` is not a fact'),
    found('a', 9, 'warning', 'the period leaves a gap'),
    found('a', 7, 'error', 'the rule cites nothing'),
  ];
  expect(
    problemRows(diagnostics, files, 'a').map((row) => `${row.word}: ${row.message} (${row.where})`),
  ).toEqual([
    'Problem: The rule cites nothing. (this file, line 7)',
    'Problem: `record.minute` is not a fact. (Lists, line 2)',
    'Look at: The period leaves a gap. (this file, line 9)',
    'Look at: The name is not used. (Lists, line 4)',
  ]);
});

test('the summary', () => {
  expect(problemSummary([])).toBe(null);
  expect(problemSummary([found('a', 1, 'error', 'x'), found('a', 2, 'info', 'y')])).toBe(
    '1 to fix, 1 to look at',
  );
});
