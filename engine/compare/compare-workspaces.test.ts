import { expect, test } from 'vitest';

import { allAtOnce } from '../base/steps.ts';
import type { FactTable } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { judge } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { factRows } from '../encounters/fact-rows.ts';
import { judgeAnew, keepComparison } from './kept-comparison.ts';
import type { Witness } from './witness.ts';
import { compareWorkspaces, compareWorkspacesInSteps } from './compare-workspaces.ts';

const shipped = createWorkspace(shippedFiles());
const time = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const changed = updateWorkspace(shipped, [
  { path: time, text: shipped.files.get(time)!.replace('value: 8, unit', 'value: 10, unit') },
]);

test('a workspace and itself, read anew, are proven equal', () => {
  expect(compareWorkspaces(shipped, createWorkspace(shippedFiles()))).toEqual({
    equal: true,
    regions: [],
    units: [],
    changedUnits: [],
    uncovered: [],
    notCovered: [],
    directions: [],
    encounters: [],
    moreEncounters: 0,
    comparedEncounters: shipped.encounters.length + shipped.cases.length,
    text: [],
  });
});

test('of the saved encounters that change no more are told than are asked for, and how many more there are', () => {
  const all = compareWorkspaces(shipped, changed);
  expect([all.encounters.length > 1, all.moreEncounters]).toEqual([true, 0]);
  const one = allAtOnce(compareWorkspacesInSteps(shipped, changed, { mostEncounters: 1 }));
  expect(one).toEqual({
    ...all,
    encounters: all.encounters.slice(0, 1),
    moreEncounters: all.encounters.length - 1,
  });
});

test('with what earlier comparisons have left, and with verdicts that are known, all is as if it were found anew', () => {
  const kept = keepComparison();
  for (const minutes of [10, 12]) {
    const text = shipped.files.get(time)!.replace('value: 8, unit', `value: ${minutes}, unit`);
    const after = updateWorkspace(shipped, [{ path: time, text }]);
    const judged = new Map(
      after.cases.flatMap(({ ready }) =>
        ready ? [[ready.table, judgeAnew(ready.program, ready.table)] as const] : [],
      ),
    );
    const judgedAfter = (table: FactTable) => judged.get(table) ?? null;
    expect(allAtOnce(compareWorkspacesInSteps(shipped, after, { kept, judgedAfter }))).toEqual(
      compareWorkspaces(shipped, after),
    );
  }
});

test('each region has its payers and codes, and an example of which the decision changes as a whole', () => {
  const [region] = compareWorkspaces(shipped, changed).regions;
  expect([region!.payers, region!.codes.includes('97530')]).toEqual([['hns'], true]);
  const { small, whole } = region!.example!;
  const decisions = ({ before, after }: Witness) => [before.decision, after.decision];
  // What says only that it took 8 minutes lacks everything else that has to be documented.
  expect([small, whole].map(decisions)).toEqual([
    ['deny', 'deny'],
    ['pay', 'deny'],
  ]);
  const [path, what] = ['record.minutes', 'Minutes'];
  const minutes = { line: 1, path, what, value: '8 minutes' };
  expect(factRows(small.encounter, shipped.vocabulary)).toEqual([
    { line: null, path: 'visit.date', what: 'Date of service', value: '1 May 2019' },
    { line: null, path: 'visit.payer', what: 'Payer', value: 'hns' },
    { line: 1, path: 'line.code', what: 'Procedure code', value: '97032' },
    { line: 1, path: 'line.units', what: 'Units billed', value: '1 unit' },
    minutes,
    { line: 2, path: 'line.code', what: 'Procedure code', value: '97032' },
    { line: 2, path: 'line.units', what: 'Units billed', value: '1 unit' },
    { line: 2, path: 'record', what: 'Health record of the line', value: 'not supplied' },
  ]);
  const more = factRows(whole.encounter, shipped.vocabulary);
  expect([more.length > 20, more]).toEqual([true, expect.arrayContaining([minutes])]);
});

test('one more pair of codes is one change, though other pairs divide its days', () => {
  const path = 'rules/lists/ncci-pairs-never.list.yaml';
  const pair = 'entries:\n  - { columnOne: 97110, columnTwo: 97112, short: Both at once }\n';
  const text = shipped.files.get(path)!.replace('entries:\n', pair);
  const { regions } = compareWorkspaces(shipped, updateWorkspace(shipped, [{ path, text }]));
  expect(regions.map(({ sentence }) => sentence)).toEqual([
    'Claim lines at Medicare Part B, where another line of the visit makes the pair 97112 beside 97110, for dates of service from 1 January 2019: was pay, now deny (stricter).',
  ]);
  const { region, example } = regions[0]!;
  expect([region.parts!.length > 1, example !== null]).toEqual([true, true]);
});

test('a case that only the later version has is judged by both', () => {
  const suite = 'testcases/hns/hns-97530-time.suite.yaml';
  const text = `${shipped.files.get(suite)!.trimEnd()}\n  - id: brand-new\n    given: { lines.1.record.minutes: 9 }\n    expect: { lines: { 1: { decision: deny } } }\n`;
  const more = updateWorkspace(changed, [{ path: suite, text }]);
  const { encounters } = compareWorkspaces(shipped, more);
  expect(encounters.find(({ suiteCase }) => suiteCase?.id === 'brand-new')).toMatchObject({
    before: { decision: 'pay' },
    after: { decision: 'deny' },
  });
});

test('from 8 to 10 minutes: text, regions, directions', () => {
  const found = compareWorkspaces(shipped, changed);
  expect(found.equal).toBe(false);
  expect(found.text).toEqual([
    { path: time, of: 'parameter minimumMinutes', at: 'value', before: '8', after: '10' },
  ]);
  expect(found.units).toEqual([
    'The minutes of a timed code support other units than before at Health Network Solutions, for dates of service from 1 May 2019 (hns-97530-time).',
  ]);
  expect(found.directions).toHaveLength(21);
  expect(found.directions).toContainEqual({ payer: 'hns', code: '97530', direction: 'stricter' });
  expect(new Set(found.directions.map(({ direction }) => direction))).toEqual(new Set(['stricter']));
});

test('the example of a region is a file that both versions read and judge otherwise', () => {
  const { regions } = compareWorkspaces(shipped, changed);
  const path = 'testcases/example.encounter.yaml';
  const decided = [shipped, changed].map((workspace) => {
    const next = updateWorkspace(workspace, [{ path, text: regions[0]!.witness! }]);
    const { encounter } = next.encounters.find((file) => file.path === path)!;
    return verdictOf(judge(next.program, factTable(encounter!, next.vocabulary))).lines[0]!.violated.map(
      ({ rule }) => rule,
    );
  });
  expect(decided[1]).toContain('hns-97530-time/minimum-time');
  expect(decided[0]).not.toContain('hns-97530-time/minimum-time');
});

test('a saved case that changes, with the rule and the condition that made the difference', () => {
  const { encounters } = compareWorkspaces(shipped, changed);
  const eight = encounters.find(({ title }) => title === 'Eight minutes is enough')!;
  expect([eight.before.decision, eight.after.decision]).toEqual(['pay', 'deny']);
  expect(eight.causes).toEqual([
    {
      rule: 'hns-97530-time/minimum-time',
      title: 'A timed service of less than 8 minutes is not billed',
      line: 1,
      before: 'met',
      after: 'violated',
      conditions: [
        {
          before: {
            sentence: 'the treatment time must be at least 8 minutes',
            result: true,
            found: '8 minutes',
          },
          after: {
            sentence: 'the treatment time must be at least 10 minutes',
            result: false,
            found: '8 minutes',
          },
        },
      ],
    },
  ]);
});

test('a fact that only one version knows: both are asked over the facts of both', () => {
  const facts = `vocabulary: more
facts:
  - { path: record.pain, type: number, meaning: Pain., example: 3 }
`;
  const more = updateWorkspace(changed, [{ path: 'rules/more.vocabulary.yaml', text: facts }]);
  expect(more.memory.facts).toHaveLength(1);
  const found = compareWorkspaces(shipped, more);
  expect(found.regions.map(({ sentence }) => sentence)).toEqual(
    compareWorkspaces(shipped, changed).regions.map(({ sentence }) => sentence),
  );
  expect(found.regions.every(({ witness }) => witness !== null)).toBe(true);
  expect(found.encounters.map(({ title }) => title)).toContain('Eight minutes is enough');
});
