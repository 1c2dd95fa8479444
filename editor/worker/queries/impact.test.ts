import path from 'node:path';
import { expect, test } from 'vitest';

import {
  addImpacts,
  createWorkspace,
  impactOfRows,
  noImpact,
  rowsOfImpact,
  sameData,
  updateWorkspace,
} from '#engine';

import { openDiskStorage } from '../../../storage/disk.ts';
import { answer } from '../answer.ts';
import { judgeCases } from '../judge-cases.ts';
import type { Judging, ToldRow } from '../memory.ts';
import { impact, impactOfPart } from './impact.ts';
import type { ImpactPart } from './impact.ts';

const policyPath = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const today = 19_786;
const root = path.join(import.meta.dirname, '../../..');
const { files } = await (await openDiskStorage(root)).readAll();
const opened = answer(null, { kind: 'open', seq: 1, files }, today).memory!;
const typed = answer(
  opened,
  {
    kind: 'change',
    seq: 2,
    saved: false,
    changes: [
      {
        path: policyPath,
        text: opened.draft.files
          .get(policyPath)!
          .replace('minimumMinutes: { value: 8,', 'minimumMinutes: { value: 10,'),
      },
    ],
  },
  today,
).memory!;

function inParts(count: number): readonly ImpactPart[] {
  const parts: ImpactPart[] = [];
  for (let from = 0, total = 1; from < total;) {
    const part = impact(typed, { from, count });
    parts.push(part);
    ({ done: from, total } = part);
  }
  return parts;
}

test('the parts add up to the whole, whatever their size', () => {
  const [whole] = inParts(100_000);
  const parts = inParts(70);
  expect(parts.length).toBeGreaterThan(3);
  const sum = parts.reduce((so, { rows }) => addImpacts(so, impactOfRows(rows)), noImpact);
  expect(rowsOfImpact(sum)).toEqual(whole!.rows);
  expect(parts.flatMap(({ changed }) => changed)).toEqual(whole!.changed);
  expect(whole!.rows.changed).toBe(whole!.changed.length);
});

test('the encounters that are decided otherwise are those whose row says so, with the rule that did it', () => {
  const [{ changed }] = inParts(100_000) as [ImpactPart];
  // Cases of suites that ask some policies alone are judged by all of them here.
  const byAll = new Set(
    typed.told!.rows.flatMap(({ row }) => (row.judgedBy === null && row.verdict ? [row.key] : [])),
  );
  const decisionsOf = (verdict: ToldRow['before']) =>
    verdict && [verdict.decision, ...verdict.lines.map(({ decision }) => decision)];
  const rows = typed.told!.rows.flatMap(({ row, before }) =>
    byAll.has(row.key) && !sameData(decisionsOf(before), decisionsOf(row.verdict)) ? [row.key] : [],
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(changed.map(({ key }) => key).filter((key) => byAll.has(key))).toEqual(rows);
  for (const { rules, lines } of changed) {
    const by = new Set(rules.map(({ line }) => line));
    expect(lines.filter(({ line }) => !by.has(line))).toEqual([]);
    expect(rules.map(({ rule }) => rule).every((rule) => rule.startsWith('hns-97530-time/'))).toBe(true);
  }
  const turned = { rule: 'hns-97530-time/minimum-time', line: 1, before: 'met', after: 'violated' };
  expect(changed.map(({ rules }) => rules)).toContainEqual([turned]);
});

test('against a release, what has been saved since counts as well', () => {
  const question = { kind: 'against', seq: 3, files, shown: null } as const;
  const saved = { ...typed, saved: typed.draft };
  expect(impact(saved, { from: 0, count: 1000 }).changed).toEqual([]);
  const against = answer(saved, question, today).memory!;
  expect(impact(against, { from: 0, count: 1000 })).toEqual(impact(typed, { from: 0, count: 1000 }));
});

test('nothing changed is no change, and a fact of the version before is read as well', () => {
  expect(impact(opened, { from: 0, count: 10 })).toMatchObject({ changed: [], done: 10, differing: [] });

  const facts = (type: string) => ({
    path: 'rules/more.vocabulary.yaml',
    text: `vocabulary: more
title: More
facts:
  - { path: note.weather, type: ${type}, meaning: The weather., example: 1 }
`,
  });
  const before = updateWorkspace(opened.draft, [
    facts('number'),
    {
      path: policyPath,
      text: opened.draft.files
        .get(policyPath)!
        .replace('require: { record.minutes: { atLeast: $minimumMinutes } }', 'require: { note.weather: 3 }'),
    },
  ]);
  expect(before.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(impactOfPart(before, opened.judged, 0, 1000).changed.length).toBeGreaterThan(2);

  const after = createWorkspace([...files, facts('text')]);
  const judging = wholly(judgeCases(after, null, today));
  expect(impactOfPart(before, judging, 0, 1000)).toMatchObject({
    rows: { encounters: [] },
    differing: ['note.weather'],
  });
});

function wholly(steps: Generator<unknown, Judging>): Judging {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
