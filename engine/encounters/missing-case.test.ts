import { describe, expect, test } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import { runCases } from '../suites/run-suite.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.ts';
import { missingCase } from './missing-case.ts';
import { untriedRules } from './untried-rules.ts';

const wants = (workspace: Workspace) =>
  untriedRules(workspace).map(({ rule, wants: open }) => `${rule}: ${open.join(', ')}`);

const files: readonly WorkspaceFile[] = [
  {
    path: 'rules/sources/manual.source.yaml',
    text: 'source: manual\ntitle: A manual\nclauses:\n  - { id: time, text: Eight minutes. }\n',
  },
  {
    path: 'rules/hns/time/2024-01-01.policy.yaml',
    text: `policy: time
title: Time
kind: billing
effective: { from: 2024-01-01 }
rules:
  - id: eight
    title: Eight minutes are recorded
    cite: manual#time
    when: { line.code: 97530 }
    require: { record.minutes: { atLeast: 8 } }
    otherwise: deny
  - id: group
    title: Nothing is done in a group
    cite: manual#time
    when: { record.contact: group }
    then: review
`,
  },
  {
    path: 'testcases/hns/visit.encounter.yaml',
    text: 'encounter: visit\nvisit: { date: 2024-03-04, payer: hns }\nlines:\n  - { code: 97530, units: 1, record: { minutes: 15, contact: one-on-one } }\n',
  },
  {
    path: 'testcases/hns/time.suite.yaml',
    text: 'suite: time\npolicies: [time]\nbase: visit.encounter.yaml\ncases:\n  - id: plain\n    expect: pay\n',
  },
];

describe('rules that no case tries', () => {
  test('in a small workspace', () => {
    expect(wants(createWorkspace(files))).toEqual(['time/eight: violated', 'time/group: violated']);
    expect(wants(createWorkspace(files.slice(0, 3)))).toEqual([
      'time/eight: violated, met',
      'time/group: violated',
    ]);
  });

  test('none in the shipped one', () => {
    expect(wants(createWorkspace(shippedFiles()))).toEqual([]);
  });
});

/** The workspace with the case in it. */
function withCase(workspace: Workspace, rule: string, wanted: 'violated' | 'met'): Workspace {
  const written = missingCase(workspace, rule, wanted);
  if (!written) throw new Error(`no case for ${rule}`);
  return updateWorkspace(
    workspace,
    written.edits.map(({ path, edits }) => ({
      path,
      text: applyTextEdits(workspace.files.get(path) ?? '', edits),
    })),
  );
}

describe('the missing case', () => {
  test('is the saved encounter with the smallest change, and passes', () => {
    const after = withCase(createWorkspace(files), 'time/eight', 'violated');
    expect(after.files.get('testcases/hns/time.suite.yaml'))
      .toContain(`  - id: eight-minutes-are-recorded-not-met
    title: "Eight minutes are recorded: not met"
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1:
          decision: deny
          violates: [time/eight]
`);
    expect(wants(after)).toEqual(['time/group: violated']);
    expect(after.diagnostics).toEqual([]);
    expect(runCases(after.cases, 0)).toMatchObject({ passed: 2, failed: 0, errored: 0 });
  });

  test('of a prohibition', () => {
    const after = withCase(createWorkspace(files), 'time/group', 'violated');
    expect(after.files.get('testcases/hns/time.suite.yaml')).toContain('lines.1.record.contact: group');
    expect(wants(after)).toEqual(['time/eight: violated']);
  });

  test('in a suite of its own where there is none', () => {
    const after = withCase(createWorkspace(files.slice(0, 3)), 'time/eight', 'met');
    expect(wants(after)).toEqual(['time/eight: violated', 'time/group: violated']);
    expect(runCases(after.cases, 0)).toMatchObject({ passed: 1, failed: 0, errored: 0 });
  });

  test('none where no change of the record brings it about', () => {
    const other = files.map((file) => ({
      ...file,
      text: file.text.replace('line.code: 97530 }\n', 'line.code: 97112 }\n'),
    }));
    expect(missingCase(createWorkspace(other), 'time/eight', 'violated')).toBe(null);
  });

  test('for shipped rules, when their suite is gone', () => {
    const shipped = shippedFiles().filter(
      ({ path }) => !path.endsWith('.suite.yaml') || path.endsWith('/hns-97530-time.suite.yaml'),
    );
    const workspace = createWorkspace(
      shipped.map((file) =>
        file.path.endsWith('.suite.yaml')
          ? {
              ...file,
              text: `${file.text.slice(0, file.text.indexOf('cases:'))}cases:\n  - id: plain\n    expect: pay\n`,
            }
          : file,
      ),
    );
    const { rules } = workspace.policies.find(({ id }) => id === 'hns-97530-time')!;
    expect(rules.filter(({ id }) => missingCase(workspace, id, 'violated') === null)).toEqual([]);
  });
});
