import { describe, expect, test } from 'vitest';
import { createWorkspace, trialText, tryText } from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const workspace = createWorkspace(shippedFiles());

describe('what if', () => {
  const subject = { kind: 'case', suite: 'hns-97530-time', id: 'seven-minutes' } as const;
  const text = trialText(workspace, subject)!;

  test('unchanged, nothing differs', () => {
    const trial = tryText(workspace, subject, text);
    expect([trial.facts, trial.effects, trial.diagnostics]).toEqual([[], [], []]);
    expect(trial.before).toEqual(trial.verdict);
  });

  test('one more minute: what is recorded otherwise, and what comes of it', () => {
    const trial = tryText(workspace, subject, text.replace('minutes: 7', 'minutes: 8'));
    expect(trial.facts).toEqual([{ line: 1, what: 'Minutes', before: '7 minutes', after: '8 minutes' }]);
    expect(trial.effects).toEqual([
      { line: null, before: 'deny', after: 'pay', raised: [], settled: [], units: null },
      {
        line: 1,
        before: 'deny',
        after: 'pay',
        raised: [],
        settled: ['hns-97530-time/minimum-time'],
        units: { before: 0, after: 1 },
      },
    ]);
  });

  test('a text with a mistake is not judged', () => {
    const trial = tryText(workspace, subject, text.replace('minutes: 7', 'minutes: many'));
    expect(trial.verdict).toBeNull();
    expect(trial.before?.decision).toBe('deny');
    expect(trial.diagnostics.map(({ code }) => code)).toEqual(['invalid-number']);
  });

  test('an encounter file is tried by every policy in force', () => {
    const path = 'testcases/hns/encounters/initial-visit.encounter.yaml';
    const trial = tryText(
      workspace,
      { kind: 'encounter', path },
      trialText(workspace, { kind: 'encounter', path })!.replace('active: true', 'active: false'),
    );
    expect(trial.effects[0]).toMatchObject({ line: null, before: 'pay', after: 'deny' });
  });
});
