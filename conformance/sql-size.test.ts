import { afterAll, describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, judgePlain, lower, readDocument } from '#engine';
import { sqlite } from './engines/sqlite.ts';

/** What a policy of many parts is made of; everything else in it is the same. */
interface Size {
  readonly figures?: number;
  readonly rules?: number;
  /** Rules that ask something of the other lines of the claim, each something else, and how much each of them asks. */
  readonly lineRules?: number;
  readonly blocks?: number;
  readonly timeRule?: boolean;
  readonly id?: string;
}

const encounter = {
  visit: { date: '2024-03-04', payer: 'anyone' },
  lines: [
    { code: '97530', units: 3, record: { minutes: 40 } },
    { code: '97110', units: 2, record: { minutes: 20 } },
  ],
};

const sql = allTargets.find(({ id }) => id === 'sql')!;
const starting = sqlite.start();
afterAll(async () => {
  const started = await starting;
  if (started.missing === null) await started.stop();
});

describe('a large policy is judged by SQLite', () => {
  test.each([
    ['many figures in many rules', { figures: 24, rules: 40 }],
    ['as many figures as it joins', { figures: 62, rules: 3 }],
    ['as many figures as it joins, with a time rule', { figures: 61, rules: 3, timeRule: true }],
    ['many rules about other lines', { lineRules: 70, timeRule: true }],
    ['as many questions about other lines in a rule as it joins', { lineRules: 1, blocks: 30 }],
    ['more rules than it puts together at once', { figures: 1, rules: 501 }],
    ['a long name', { figures: 1, rules: 2, timeRule: true, id: 'a-policy-'.repeat(12).slice(0, -1) }],
  ] satisfies readonly (readonly [string, Size])[])('%s', async (_, size) => {
    const { program, written, expected } = exported(size);
    expect(written.losses).toHaveLength(1);
    const started = await starting;
    if (started.missing !== null) throw new Error(started.missing);
    const loaded = await started.load(written.files, program);
    expect(await loaded.judge([encounter])).toStrictEqual([{ answer: expected, refused: null }]);
    await loaded.unload();
  });
});

describe('a policy too large for SQLite is told, with its place', () => {
  test.each([
    ['figures', { figures: 63, rules: 3 }, 65],
    ['figures, with a time rule', { figures: 62, rules: 3, timeRule: true }, 65],
    ['questions about other lines in a rule', { lineRules: 1, blocks: 31 }, 65],
  ] satisfies readonly (readonly [string, Size, number])[])('%s', async (_, size, needs) => {
    const { program, written } = exported(size);
    const { place, ...loss } = written.losses.at(-1)!;
    expect(loss).toStrictEqual({
      what: `SQLite joins no more than 64 tables in a query, and Many parts, from 2024-01-01, needs ${needs} for its figures or for what its rules ask of other lines and lists. The other databases have no such bound; on SQLite this export does not run.`,
      rule: null,
    });
    expect(place?.path).toBe('rules/many/2024-01-01.policy.yaml');
    const started = await starting;
    if (started.missing !== null) throw new Error(started.missing);
    const loaded = await started.load(written.files, program);
    await expect(loaded.judge([encounter])).rejects.toThrow('at most 64 tables in a join');
    await loaded.unload();
  });
});

test('no table of ours has a longer name than PostgreSQL keeps', () => {
  const { written } = exported({
    figures: 1,
    rules: 1,
    timeRule: true,
    id: 'a-policy-'.repeat(12).slice(0, -1),
  });
  const { text } = written.files.find(({ path }) => path === 'policy.sql')!;
  const names = Array.from(text.matchAll(/^CREATE TABLE (\w+)/gm), ([, name]) => name!);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => name.length > 63)).toStrictEqual([]);
});

function exported({
  figures = 0,
  rules = 0,
  lineRules = 0,
  blocks = 1,
  timeRule = false,
  id = 'many',
}: Size) {
  const times = (count: number, line: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => line(at));
  const workspace = createWorkspace([
    {
      path: 'rules/sources/size.source.yaml',
      text: `source: size
title: Size
publisher: Nobody
address: https://example.org
read: 2024-01-01
clauses:
  - { id: all, text: What there is. }
`,
    },
    {
      path: 'rules/lists/payers.list.yaml',
      text: `list: payers
of: payer
cite: size#all
entries:
  - { value: anyone, short: Any payer }
`,
    },
    {
      path: `rules/${id}/2024-01-01.policy.yaml`,
      text: [
        `policy: ${id}`,
        'title: Many parts',
        'kind: documentation',
        'effective: { from: 2024-01-01 }',
        ...(timeRule
          ? ['timeRule: { method: total-time, codes: [97530, 97110], minutesPerUnit: 15, cite: size#all }']
          : []),
        ...(figures > 0 ? ['derive:'] : []),
        ...times(
          figures,
          (at) => `  f${at}: { sum: line.units, where: { line.units: { moreThan: ${at % 4} } } }`,
        ),
        'rules:',
        ...times(
          rules,
          (at) =>
            `  - { id: r${at}, title: A sum, cite: size#all, for: visit, require: { derived.f${at % figures}: { atMost: ${at % 7} } }, otherwise: review }`,
        ),
        ...times(
          lineRules,
          (at) =>
            `  - { id: l${at}, title: Another line, cite: size#all, require: { any: [${times(blocks, (block) => `{ anyOtherLine: { other.line.units: { is: ${at + block} } } }`).join(', ')}] }, otherwise: deny }`,
        ),
        '',
      ].join('\n'),
    },
  ]);
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
  const program = lower(workspace.policies, workspace.vocabulary);
  const written = sql.write({ program, workspace, name: 'size', kit: [] });
  const expected = judgePlain(program, readDocument(encounter, program).input!);
  return { program, written, expected };
}
