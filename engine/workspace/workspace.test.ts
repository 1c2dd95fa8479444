import { describe, expect, it } from 'vitest';
import { createWorkspace, judge, runCases, updateWorkspace, verdictOf } from '../index.ts';
import type { Workspace } from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const files = {
  'rules/sources/s.source.yaml':
    'source: s\ntitle: S\nclauses:\n  - { id: c, text: A clause. }\n  - { id: hearsay, text: Somebody said so., basis: unverified }\n',
  'rules/a.policy.yaml': `policy: a
title: A
kind: documentation
effective: { from: 2020-01-01 }
parameters:
  least: [{ from: 2020-01-01, value: 8, cite: s#c }, { from: 2022-01-01, value: 10, cite: s#c }]
rules:
  - { id: time, title: Time, cite: s#c, require: { record.minutes: { atLeast: $least } }, otherwise: deny }
  - { id: region, title: Region, cite: s#c, require: { record.regions: { documented: true } }, otherwise: review }
`,
  'testcases/e.encounter.yaml':
    'encounter: e\nvisit: { date: 2021-06-01, payer: p }\nlines:\n  - { code: 97530, units: 1, record: { minutes: 9, regions: [lumbar] } }\n',
};

function workspaceOf(changes: Readonly<Record<string, string>> = {}): Workspace {
  return createWorkspace(Object.entries({ ...files, ...changes }).map(([path, text]) => ({ path, text })));
}

function violated(workspace: Workspace): readonly string[] {
  const { table } = workspace.encounters[0]!;
  return verdictOf(judge(workspace.program, table!)).lines.flatMap((line) =>
    line.violated.map(({ rule }) => rule),
  );
}

const on = (date: string, payer = 'p') => ({
  'testcases/e.encounter.yaml': files['testcases/e.encounter.yaml']
    .replace('2021-06-01', date)
    .replace('payer: p', `payer: ${payer}`),
});
const codes = (workspace: Workspace) => workspace.diagnostics.map(({ code }) => code);

describe('what is in force', () => {
  it.each([
    ['2019-12-31', []],
    ['2020-01-01', []],
    ['2021-12-31', []],
    ['2022-01-01', ['a/time']],
  ])('a dated parameter on %s', (date, expected) => {
    expect(violated(workspaceOf(on(date)))).toEqual(expected);
  });

  const overlay = {
    'rules/b.policy.yaml': `policy: b
title: B
kind: documentation
payers: [q]
extends: a
effective: { from: 2021-01-01 }
parameters: { least: { value: 12, cite: s#c } }
rules:
  - { id: code, title: Code, cite: s#c, require: { line.code: 97110 }, otherwise: advise }
`,
  };
  it('an overlay replaces its base for its own payers, and keeps the base’s other rules', () => {
    expect(codes(workspaceOf(overlay))).toEqual([]);
    expect(violated(workspaceOf({ ...overlay, ...on('2021-06-01', 'q') }))).toEqual(['b/time', 'b/code']);
    expect(violated(workspaceOf({ ...overlay, ...on('2021-06-01', 'p') }))).toEqual([]);
    expect(violated(workspaceOf({ ...overlay, ...on('2020-06-01', 'q') }))).toEqual([]);
  });
  it('an overlay over two revisions of its base has all of its days, also where another overlaps only the first', () => {
    const base = files['rules/a.policy.yaml'];
    const own = (id: string, from: string, to: string) =>
      overlay['rules/b.policy.yaml'].replace('{ from: 2021-01-01 }', `{ from: ${from}, to: ${to} } # ${id}`);
    const workspace = workspaceOf({
      ...overlay,
      'rules/a.policy.yaml': base.replace('{ from: 2020-01-01 }', '{ from: 2020-01-01, to: 2020-12-31 }'),
      'rules/a2.policy.yaml': base.replace('{ from: 2020-01-01 }', '{ from: 2021-01-01 }'),
      'rules/b.policy.yaml': own('b', '2020-01-01', '2021-12-31'),
      'rules/b2.policy.yaml': own('b2', '2020-06-01', '2020-06-30'),
    });
    expect(codes(workspace)).toEqual(['period-overlap']);
  });
  it('says from which file each rule of an overlay comes', () => {
    const policy = workspaceOf(overlay).policies.find(({ id }) => id === 'b')!;
    expect(policy.rules.map(({ id, place }) => `${id} ${place.path}`)).toEqual([
      'b/time rules/a.policy.yaml',
      'b/region rules/a.policy.yaml',
      'b/code rules/b.policy.yaml',
    ]);
  });
});

describe('mistakes that files make together', () => {
  const revision = (from: string, to: string | null) =>
    files['rules/a.policy.yaml']
      .replace('{ from: 2020-01-01 }', `{ from: ${from}${to ? `, to: ${to}` : ''} }`)
      .replace('from: 2020-01-01, value', 'from: 2019-01-01, value');
  it.each([
    ['overlap', '2020-12-31', '2020-12-31', ['period-overlap']],
    ['adjoin', '2020-12-31', '2021-01-01', []],
    ['leave days between', '2020-12-31', '2021-01-02', ['period-gap']],
  ])('revisions that %s', (_, to, from, expected) => {
    expect(
      codes(
        workspaceOf({
          'rules/a.policy.yaml': revision('2020-01-01', to),
          'rules/a2.policy.yaml': revision(from, null),
        }),
      ),
    ).toEqual(expected);
  });
  it.each<[string, string, string, string, string, readonly string[]]>([
    ['adjoin', '2020-01-01', '{ to: 2020-03-31 }', '2020-01-01', '{ from: 2020-04-01 }', []],
    [
      'share a day',
      '2020-01-01',
      '{ to: 2020-04-01 }',
      '2020-01-01',
      '{ from: 2020-04-01 }',
      ['period-overlap received'],
    ],
    [
      'leave a day',
      '2020-01-01',
      '{ to: 2020-03-30 }',
      '2020-01-01',
      '{ from: 2020-04-01 }',
      ['period-gap received'],
    ],
    ['are all for one', '2020-01-01', '{ from: 2020-04-01 }', '2020-06-01', '', ['period-overlap effective']],
    [
      'leave days before any service',
      '2020-01-01',
      '{ to: 2019-06-30 }',
      '2020-01-01',
      '{ from: 2019-12-31 }',
      ['received-never received'],
    ],
  ])('dates received of revisions that %s', (_, from, received, laterFrom, laterReceived, expected) => {
    const at = (first: string, window: string) =>
      revision(first, null).replace('rules:', `${window === '' ? '' : `received: ${window}\n`}rules:`);
    const found = workspaceOf({
      'rules/a.policy.yaml': at(from, received),
      'rules/a2.policy.yaml': at(laterFrom, laterReceived),
    }).diagnostics;
    expect(found.map(({ code, place }) => `${code} ${place.yamlPath}`)).toEqual(expected);
  });
  it.each([
    ['a rule without citation', 'title: Region, cite: s#c', 'title: Region', ['missing-citation']],
    ['a number without citation', 'value: 8, cite: s#c', 'value: 8', ['missing-citation']],
    ['a denial on hearsay', 'title: Time, cite: s#c', 'title: Time, cite: s#hearsay', ['deny-on-unverified']],
    ['a review on hearsay', 'title: Region, cite: s#c', 'title: Region, cite: s#hearsay', []],
    [
      'a parameter that begins too late',
      'from: 2020-01-01, value',
      'from: 2020-01-02, value',
      ['period-gap'],
    ],
    ['a parameter nobody uses', 'atLeast: $least', 'atLeast: 8', ['unused-name']],
    [
      'a time figure without time rule',
      'record.minutes: { atLeast: $least }',
      'record.supportableUnits: { atLeast: $least }',
      ['unused-name', 'time-rule-missing'],
    ],
    ['`reduce` without time rule', 'otherwise: review', 'otherwise: reduce', ['rule-effect']],
  ])('%s', (_, from, to, expected) => {
    expect(files['rules/a.policy.yaml']).toContain(from);
    expect(
      codes(workspaceOf({ 'rules/a.policy.yaml': files['rules/a.policy.yaml'].replace(from, to) })),
    ).toEqual(expected);
  });
});

describe('a denial through a list', () => {
  const rule = (test: string, effect: string) =>
    `policy: b\ntitle: B\nkind: billing\neffective: { from: 2020-01-01 }\nrules:\n  - { id: r, title: R, cite: s#c, when: { line.code: ${test} }, require: { line.units: 1 }, otherwise: ${effect} }\n`;
  const lists = {
    'rules/all.list.yaml':
      'list: all\nof: code\ncite: s#c\nentries: [{ value: 97530 }, { value: 97999, cite: s#hearsay }]\n',
    'rules/hearsay.list.yaml': 'list: hearsay\nof: code\ncite: s#hearsay\nentries: [{ value: 97999 }]\n',
  };
  it.each([
    ['with an entry of hearsay', '$all', 'deny', ['deny-on-unverified']],
    ['that is itself hearsay', '$hearsay', 'deny', ['deny-on-unverified']],
    ['whose hearsay is set aside', '{ oneOf: $all, noneOf: $hearsay }', 'deny', []],
    ['that only reviews', '$all', 'review', []],
  ])('%s', (_, test, effect, expected) => {
    expect(codes(workspaceOf({ ...lists, 'rules/b.policy.yaml': rule(test, effect) }))).toEqual(expected);
  });
});

describe('an update', () => {
  const shipped = shippedFiles();
  const before = createWorkspace(shipped);
  const path = shipped.find(({ text }) => text.startsWith('policy: hns-97530-time'))!.path;
  const text = before.files.get(path)!;
  it.each([
    ['a changed threshold', text.replace('value: 8', 'value: 10')],
    ['a broken file', text.slice(0, 700)],
    ['a removed file', null],
    ['an empty file', ''],
  ])('gives what a fresh reading gives: %s', (_, changed) => {
    const updated = updateWorkspace(before, [{ path, text: changed }]);
    const fresh = createWorkspace([
      ...shipped.filter((file) => file.path !== path),
      ...(changed === null ? [] : [{ path, text: changed }]),
    ]);
    expect(updated.diagnostics).toEqual(fresh.diagnostics);
    expect(runCases(updated.cases, 20_000)).toEqual(runCases(fresh.cases, 20_000));
    // And back again.
    expect(runCases(updateWorkspace(updated, [{ path, text }]).cases, 20_000)).toEqual(
      runCases(before.cases, 20_000),
    );
  });
  it('reads again only what changed', () => {
    const updated = updateWorkspace(before, [{ path, text: text.replace('value: 8', 'value: 10') }]);
    expect(updated.lists).toBe(before.lists);
    expect(updated.encounters).toBe(before.encounters);
    const others = (workspace: Workspace) => workspace.policies.filter(({ id }) => id !== 'hns-97530-time');
    expect(others(updated).every((policy) => before.policies.includes(policy))).toBe(true);
  });
  it('flips exactly the cases of eight and nine minutes when eight becomes ten', () => {
    const updated = updateWorkspace(before, [{ path, text: text.replace('value: 8', 'value: 10') }]);
    const decisions = (workspace: Workspace) =>
      new Map(
        runCases(workspace.cases, 20_000).cases.map(({ suite, id, verdict }) => [`${suite}/${id}`, verdict]),
      );
    const [was, is] = [decisions(before), decisions(updated)];
    const flipped = [...is].flatMap(([key, verdict]) =>
      verdict?.decision === was.get(key)?.decision ? [] : [key],
    );
    expect(flipped.length).toBeGreaterThan(0);
    for (const key of flipped) {
      const minutes = before.cases
        .find((item) => `${item.suite}/${item.id}` === key)!
        .ready!.encounter.lines.map(({ record }) => record?.get('record.minutes'));
      expect(minutes.some((value) => value === 8 || value === 9)).toBe(true);
    }
  });
});
