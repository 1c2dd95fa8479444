import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createSource,
  createWorkspace,
  judge,
  operatorNames,
  parseDay,
  positionAt,
  runCases,
  verdictOf,
} from '#engine';
import type { WorkspaceFile } from '#engine';
import { judgeWithReference } from '#reference';

/** Every example of the language reference, run: the files of a section, its diagnostics where they are marked, its cases. */

const page = readFileSync(path.join(import.meta.dirname, 'language.md'), 'utf8');
const sharedHeading = 'The files that all examples share';

interface Section {
  readonly heading: string;
  readonly files: readonly WorkspaceFile[];
}

function readSections(markdown: string): { shared: Section; sections: readonly Section[] } {
  const sections: { heading: string; files: WorkspaceFile[] }[] = [];
  const pattern = /^(#{2,3}) (.+)$|^```yaml (\S+)\n([\s\S]*?)^```$/gm;
  for (const [, , heading, file, text] of markdown.matchAll(pattern)) {
    if (heading) sections.push({ heading, files: [] });
    else sections.at(-1)?.files.push({ path: file!, text: text! });
  }
  const shared = sections.find(({ heading }) => heading === sharedHeading)!;
  return { shared, sections: sections.filter((section) => section !== shared && section.files.length > 0) };
}

/** `path:line code` for each `# ✗ code` in the files. */
function markedDiagnostics(files: readonly WorkspaceFile[]): readonly string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const codes = /# ✗ (.+)$/.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
      return codes.map((code) => `${file.path}:${index + 1} ${code}`);
    }),
  );
}

/** The outcome that `# → outcome` behind a case's id says; every other case must pass. */
function markedOutcomes(files: readonly WorkspaceFile[]): ReadonlyMap<string, string> {
  const marks = files.flatMap(({ text }) => [...text.matchAll(/- id: (\S+) +# → (\w+)/g)]);
  return new Map(marks.map(([, id, outcome]) => [id!, outcome!]));
}

function run({ files }: Section, shared: Section) {
  const all = [...shared.files, ...files];
  const workspace = createWorkspace(all);
  const diagnostics = workspace.diagnostics.map(({ code, place }) => {
    const source = createSource(place.path, workspace.files.get(place.path)!);
    return `${place.path}:${positionAt(source, place.from).line} ${code}`;
  });
  const report = runCases(workspace.cases, parseDay('2026-11-23')!);
  return { diagnostics, report, cases: workspace.cases };
}

const { shared, sections } = readSections(page);

describe('the examples of docs/language.md', () => {
  test.each(sections)('$heading', (section) => {
    const { diagnostics, report } = run(section, shared);
    expect(diagnostics.toSorted()).toEqual(markedDiagnostics([...shared.files, ...section.files]).toSorted());
    const marked = markedOutcomes(section.files);
    const expected = report.cases.map(({ id }) => ({ id, outcome: marked.get(id) ?? 'passed' }));
    const actual = report.cases.map(({ id, outcome, reason, differences }) =>
      outcome === (marked.get(id) ?? 'passed') ? { id, outcome } : { id, outcome, reason, differences },
    );
    expect(actual).toEqual(expected);
    expect(report.passed, 'a section has at least one case that passes').toBeGreaterThan(0);
  });

  test.each(sections)('$heading, by the evaluator of reference', async (section) => {
    for (const { id, ready } of run(section, shared).cases) {
      if (!ready) continue;
      const policies = ready.program.policies.map(({ policy }) => policy);
      const { verdict } = await judgeWithReference(policies, ready.table, ready.program.vocabulary);
      expect({ id, verdict }).toEqual({ id, verdict: verdictOf(judge(ready.program, ready.table)) });
    }
  });

  test('leave out no operator and no word of conditions', () => {
    const examples = sections.flatMap(({ files }) => files.map(({ text }) => text)).join('\n');
    const words = ['all', 'any', 'not', 'condition', 'anyOtherLine', 'everyOtherLine', 'noOtherLine'];
    const constructs = [
      'unless',
      'then',
      'extends',
      'derive',
      'timeRule',
      'knownGap',
      'skip',
      'without',
      'with',
    ];
    const missing = [...operatorNames, ...words, ...constructs].filter(
      (word) => !new RegExp(`\\b${word}:`).test(examples),
    );
    expect(missing).toEqual([]);
  });
});

describe('the test of the examples', () => {
  const section = sections.find(({ heading }) => heading === 'A requirement')!;
  const change = (from: string, to: string): Section => ({
    ...section,
    files: section.files.map((file) => ({ ...file, text: file.text.replace(from, to) })),
  });

  test('sees an expectation that is wrong', () => {
    expect(run(change('decision: deny', 'decision: review'), shared).report.failed).toBe(1);
  });

  test('sees a mistake that is not marked', () => {
    const mistaken = change('record.minutes: { atLeast', 'record.minuts: { atLeast');
    expect(run(mistaken, shared).diagnostics).toContain(
      'rules/hns/time/2019-05-01.policy.yaml:10 unknown-fact',
    );
    expect(markedDiagnostics(mistaken.files)).toEqual([]);
  });

  test('sees a mark behind which there is no mistake', () => {
    const marked = change('otherwise: deny', 'otherwise: deny   # ✗ rule-form');
    expect(markedDiagnostics(marked.files)).toEqual(['rules/hns/time/2019-05-01.policy.yaml:11 rule-form']);
    expect(run(marked, shared).diagnostics).toEqual([]);
  });
});
