import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../workspace/workspace.ts';
import { diagnosticCodes } from './codes.ts';
import type { DiagnosticCode } from './codes.ts';
import { diagnosticExamples, surroundings } from './examples.ts';
import { diagnosticPage } from './pages.ts';

describe('what to prefer', () => {
  const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];
  const shown = codes.filter((code) => diagnosticPage(code).prefer !== null);

  test.each(shown)('%s: nothing is wrong with it', (code) => {
    const { avoid, prefer } = diagnosticPage(code);
    const files = [
      ...surroundings,
      ...(diagnosticExamples[code] as readonly { path: string; text: string }[]),
    ];
    const mended = files.map((file) => (file === avoid ? prefer! : file));
    expect(createWorkspace(mended).diagnostics).toEqual([]);
  });

  test('is there, except where no text of a file brings it about', () => {
    expect(codes.filter((code) => !shown.includes(code))).toEqual([
      'file-too-large',
      'file-kind',
      'file-unreadable',
    ]);
  });
});
