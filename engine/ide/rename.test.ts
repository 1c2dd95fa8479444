import { describe, expect, test } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import type { FileEdits, TextEdit } from '../base/text-edit.ts';
import { outcomesIn, runCases } from '../suites/run-suite.ts';
import { judge } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { indexNames } from './names.ts';
import type { NameAt, NameIndex } from './names.ts';
import { lastWord, renamableAt, renameAt, renaming } from './rename.ts';
import { family } from './testing.ts';

function edited(workspace: Workspace, edits: readonly FileEdits[]): Workspace {
  return updateWorkspace(
    workspace,
    edits.map(({ path, edits: own }) => ({ path, text: applyTextEdits(workspace.files.get(path)!, own) })),
  );
}

function renamed(workspace: Workspace, index: NameIndex, name: NameAt, to: string): readonly FileEdits[] {
  const edits = renameAt(workspace, index, name.path, name.nameSpan.from, to);
  if ('problem' in edits) throw new Error(`${name.key} to ${to}: ${edits.problem}`);
  return edits;
}

/** One name for each thing that can be renamed: where it is defined. */
function renamable(index: NameIndex): readonly NameAt[] {
  return [...index.byKey.values()].flatMap((names) => {
    const first = names[0]!;
    return first.role === 'definition' && !('problem' in renamableAt(index, first.path, first.nameSpan.from))
      ? [first]
      : [];
  });
}

/** A free name of the same shape. */
const another = (name: NameAt) =>
  /[-\d]/.test(lastWord(name)) || name.kind === 'rule' ? `${lastWord(name)}-zz` : `${lastWord(name)}zz`;

/** Everything that is said of the workspace, without the places, which move as names grow. */
function said(workspace: Workspace): string {
  const verdicts = workspace.cases.map(({ ready }) => {
    if (!ready) return null;
    const judgement = judge(ready.program, ready.table);
    const outcomeOf = outcomesIn(judgement);
    const rules = ready.program.policies.flatMap(({ policy }) => policy.rules.map(({ id }) => id));
    return [verdictOf(judgement), rules.map((id) => outcomeOf(id, null))];
  });
  const free = workspace.encounters.map(({ table }) => table && verdictOf(judge(workspace.program, table)));
  const { passed } = runCases(workspace.cases, 0);
  return JSON.stringify([workspace.diagnostics, passed, verdicts, free]).replaceAll(
    /"(?:from|to|column|endColumn)":\d+/g,
    '',
  );
}

const unnamed = (text: string) => text.replaceAll(/-?zz/g, '');

describe.each([
  ['the shipped files', shippedFiles(), 40],
  ['a policy with an overlay, figures, conditions and facts of its own', family, 1],
])('in %s', (_, files, nth) => {
  const workspace = createWorkspace(files);
  const index = indexNames(workspace);
  const names = renamable(index);

  test('all names are found, and none of them is taken', () => {
    expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
    expect(said(workspace)).not.toContain('zz');
  });

  test('everything renamed at once is judged as before, and renamed back is what it was', () => {
    const together = new Map<string, TextEdit[]>();
    for (const name of names) {
      for (const { path, edits } of renaming(index.byKey.get(name.key)!, another(name)))
        together.set(path, [...(together.get(path) ?? []), ...edits]);
    }
    const after = edited(
      workspace,
      [...together].map(([path, edits]) => ({ path, edits })),
    );
    expect([...after.files.values()].join('')).toContain('zz');
    expect(unnamed(said(after))).toBe(said(workspace));
    expect([...after.files].map(([path, text]) => [path, unnamed(text)])).toEqual([...workspace.files]);
  });

  const tried = names.filter(({ kind }, position) => position % nth === 0 || kind === 'policy');
  test.each(tried.map((name) => [name.key, name] as const))('%s, and back', (_key, name) => {
    const to = another(name);
    const after = edited(workspace, renamed(workspace, index, name, to));
    const indexAfter = indexNames(after, index);
    expect(unnamed(said(after))).toBe(said(workspace));
    const there = indexAfter.byPath
      .get(name.path)!
      .find((it) => it.name.endsWith(to) && it.kind === name.kind)!;
    const home = edited(after, renamed(after, indexAfter, there, lastWord(name)));
    expect([...home.files]).toEqual([...workspace.files]);
  });
});

describe('what a new name must be', () => {
  const workspace = createWorkspace(family);
  const index = indexNames(workspace);
  const problemOf = (path: string, word: string, to: string) => {
    const result = renameAt(workspace, index, path, workspace.files.get(path)!.indexOf(word), to);
    return 'problem' in result ? result.problem : result.map(({ path: changed }) => changed);
  };
  const base = 'rules/hns/base/2024-01-01.policy.yaml';
  const suite = 'testcases/example.suite.yaml';
  test.each([
    [base, 'minimum:', 'Minimum', /Write one word that begins with a small letter/],
    [base, 'isLong', 'is-long', /Write one word/],
    [base, 'minimum-time', 'Minimum time', /Write small letters and digits/],
    [base, 'minimum-time', 'null', /Write small letters and digits/],
    [base, 'minimum-time', 'equipment', /^There is already a rule `equipment`, in .*base/],
    [base, 'minimum:', 'insurer', /^There is already a parameter `insurer`/],
    [base, 'minimum:', 'timed', /would be wrong: `\$timed` holds one value/],
    ['rules/lists/insurers.list.yaml', 'insurers', 'insurer', /`insurer` in .* would mean something else/],
    [base, 'title:', 'x', /There is no name here/],
    [base, 'record.minutes', 'x', /`record.minutes` is a built-in fact/],
    ['rules/lists/payers.list.yaml', 'payers', 'insurance', /The list of payers is known by this name/],
    [suite, 'visit.encounter', 'x', /An encounter is found by the name of its file/],
  ])('%s %s → %s', (path, word, to, problem) => {
    expect(problemOf(path, word, to)).toMatch(problem);
  });

  test('a rule is renamed in its policy, in the overlay that replaces it, and in suites', () => {
    expect(problemOf(base, 'minimum-time', 'enough-time')).toEqual([
      'rules/acme/over/2024-01-01.policy.yaml',
      base,
      'testcases/alone.suite.yaml',
      suite,
    ]);
  });

  test('the same name again changes nothing', () => {
    expect(problemOf(base, 'minimum-time', 'minimum-time')).toEqual([]);
  });

  test('a name in an expected message stands in the way', () => {
    const path = 'testcases/message.suite.yaml';
    const text = `suite: message
policies: [base]
base: visit.encounter.yaml
cases:
  - id: short
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1:
          decision: deny
          violates: [base/minimum-time, base/equipment]
          messages: ["7 of 8 minutes, 1 services with ball.", "The equipment is stated."]
`;
    const more = createWorkspace([...family, { path, text }]);
    expect(runCases(more.cases, 0)).toMatchObject({ failed: 0, errored: 0 });
    const list = 'rules/lists/payers.list.yaml';
    const named = createWorkspace([
      ...family.map((file) =>
        file.path === base
          ? { ...file, text: file.text.replace('{minimum} minutes', '{visit.payer}') }
          : file,
      ),
      { path, text: text.replace('8 minutes', 'hns') },
    ]);
    expect(runCases(named.cases, 0)).toMatchObject({ failed: 0, errored: 0 });
    expect(renameAt(named, indexNames(named), list, named.files.get(list)!.indexOf('hns'), 'her')).toEqual({
      problem: 'With this name, 1 case would fail: the old name stands in an expected message.',
    });
  });
});
