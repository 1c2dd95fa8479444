import { describe, expect, test } from 'vitest';
import { judge } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import { decisions, ruleOutcomes } from '../evaluate/outcome.ts';
import type { Decision, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { FactTable } from '../facts/encounter.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { columnsOf } from './columns.ts';
import { decidedOtherwise } from './changes.ts';
import type { DecidedOtherwise, RuleTurned } from './changes.ts';
import { decisionTotals, impactOfRows, rowsOfImpact } from './impact-rows.ts';
import { addImpacts, changedEncounters, impactOf, noImpact } from './impact.ts';
import type { Impact, Moves, Tally } from './impact.ts';
import { createColumnJudge } from './judge-columns.ts';

const path = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const workspace = createWorkspace(shippedFiles());
const text = workspace.files.get(path)!;
const raised = updateWorkspace(workspace, [
  { path, text: text.replace('minimumMinutes: { value: 8', 'minimumMinutes: { value: 18') },
]);
const [before, after] = [workspace.program, raised.program];
const tables = workspace.cases.flatMap(({ ready }) => (ready ? [ready.table] : []));

describe('the impact of one edited limit on the encounters of the shipped cases', () => {
  const impact = impactOn(tables);

  test('is not nothing', () => {
    expect(raised.files.get(path)).not.toBe(text);
    expect(impact.changed).toBeGreaterThan(3);
    expect(impact.encounters.pay.deny.count).toBeGreaterThan(0);
    expect(impact.encounters.pay.deny.cents).toBeGreaterThan(0);
    expect(impact.encounters.deny.pay.count).toBe(0);
  });

  test('is what counting verdicts one by one gives', () => {
    expect(plain(impact)).toEqual(byCounting(tables));
  });

  test('is the same however the encounters are cut into blocks', () => {
    for (const size of [7, 40]) {
      let sum = noImpact;
      for (let from = 0; from < tables.length; from += size)
        sum = addImpacts(sum, impactOn(tables.slice(from, from + size)));
      expect(plain(sum)).toEqual(plain(impact));
    }
  });

  test('names the encounters that changed', () => {
    const judgeColumns = createColumnJudge(columnsOf(tables, workspace.vocabulary));
    const positions = changedEncounters(judgeColumns(before), judgeColumns(after));
    expect(positions).toEqual(
      tables.flatMap((table, position) => (isChanged(verdicts(table)) ? [position] : [])),
    );
  });

  test('says of each of them which lines and rules turned, as judging it alone does', () => {
    const judgeColumns = createColumnJudge(columnsOf(tables, workspace.vocabulary));
    const found = decidedOtherwise(judgeColumns(before), judgeColumns(after));
    expect(found).toEqual(
      tables.flatMap((table, position) => {
        const pair = verdicts(table);
        return isChanged(pair) ? [turnedAlone(table, position, pair)] : [];
      }),
    );
    expect(found.some(({ rules }) => rules.some(({ line }) => line === null))).toBe(false);
    expect(found.some(({ rules }) => rules.length > 1)).toBe(true);
  });

  test('is the same after it was written down and read again', () => {
    const rows = rowsOfImpact(impact);
    const read = impactOfRows(JSON.parse(JSON.stringify(rows)) as typeof rows);
    expect(plain(read)).toEqual(plain(impact));
    expect(rowsOfImpact(addImpacts(read, impact))).toEqual(rowsOfImpact(addImpacts(impact, impact)));
  });

  test('totals by decision are the sums of the moves from it and to it', () => {
    const totals = decisionTotals(rowsOfImpact(impact).encounters);
    for (const { decision, before: was, after: is } of totals) {
      const both = (end: 0 | 1) =>
        tables.filter((table) => verdicts(table)[end].decision === decision).length;
      expect([was.count, is.count]).toEqual([both(0), both(1)]);
    }
    expect(totals.map(({ decision }) => decision)).toContain('deny');
    expect(totals.reduce((sum, { after: is }) => sum + is.count, 0)).toBe(tables.length);
  });

  test('needs the same encounters before and after', () => {
    const one = createColumnJudge(columnsOf(tables, workspace.vocabulary))(before);
    const other = createColumnJudge(columnsOf(tables, workspace.vocabulary))(after);
    expect(() => impactOf(one, other)).toThrow('different columns');
  });
});

function impactOn(some: readonly FactTable[]): Impact {
  const judgeColumns = createColumnJudge(columnsOf(some, workspace.vocabulary));
  return impactOf(judgeColumns(before), judgeColumns(after));
}

type Pair = readonly [before: Verdict, after: Verdict];

function verdicts(table: FactTable): Pair {
  const of = (program: Program) => verdictOf(judge(program, table));
  return [of(before), of(after)];
}

function isChanged([one, other]: Pair): boolean {
  return (
    one.decision !== other.decision ||
    one.lines.some(({ decision }, index) => decision !== other.lines[index]!.decision)
  );
}

function turnedAlone(table: FactTable, position: number, [one, other]: Pair): DecidedOtherwise {
  const outcomes = (program: Program) => {
    const out = new Map<string, RuleTurned['before']>();
    for (const { epoch, lines, visit } of judge(program, table).policies) {
      for (const [index, codes] of lines.entries())
        for (const [at, code] of codes.entries())
          out.set(`${index + 1} ${epoch.lineRules[at]!.rule.id}`, ruleOutcomes[code]!);
      for (const [at, code] of visit.entries())
        out.set(`visit ${epoch.visitRules[at]!.rule.id}`, ruleOutcomes[code]!);
    }
    return out;
  };
  const [was, is] = [outcomes(before), outcomes(after)];
  const rules = [...was].flatMap(([key, outcome]): readonly RuleTurned[] => {
    const [line, rule] = key.split(' ') as [string, string];
    const now = is.get(key) ?? null;
    const weighs = [outcome, now].some((it) => it === 'violated' || it === 'undetermined');
    return outcome === now || !weighs
      ? []
      : [{ rule, line: line === 'visit' ? null : Number(line), before: outcome, after: now }];
  });
  return {
    position,
    before: one.decision,
    after: other.decision,
    lines: one.lines.flatMap(({ line, decision }, index) => {
      const now = other.lines[index]!.decision;
      return now === decision ? [] : [{ line, before: decision, after: now }];
    }),
    rules: rules.toSorted((a, b) => (a.line ?? 99) - (b.line ?? 99)),
  };
}

/** Everything that was counted, by name; what is zero is left out. */
type Plain = Readonly<Record<string, Tally | number>>;

function plain(impact: Impact): Plain {
  const { encounters, lines, byCode, byPayer, byRule, changed, linesWithoutCharge } = impact;
  const out: Record<string, Tally | number> = { changed, linesWithoutCharge };
  const put = (name: string, tally: Tally) => {
    if (tally.count > 0) out[name] = tally;
  };
  const putMoves = (name: string, moves: Moves) => {
    for (const from of decisions) for (const to of decisions) put(`${name} ${from}>${to}`, moves[from][to]);
  };
  putMoves('encounters', encounters);
  putMoves('lines', lines);
  for (const [code, moves] of byCode) putMoves(`code ${code}`, moves);
  for (const [payer, moves] of byPayer) putMoves(`payer ${payer}`, moves);
  for (const [rule, tallies] of byRule) {
    for (const when of ['before', 'after'] as const)
      for (const outcome of ['violated', 'undetermined'] as const)
        put(`${rule} ${when} ${outcome}`, tallies[when][outcome]);
  }
  return out;
}

function byCounting(some: readonly FactTable[]): Plain {
  const out: Record<string, { count: number; cents: number }> = {};
  const add = (name: string, cents: number) => {
    const tally = (out[name] ??= { count: 0, cents: 0 });
    tally.count += 1;
    tally.cents += cents;
  };
  const move = (from: Decision, to: Decision) => `${from}>${to}`;
  const slot = workspace.vocabulary.slots.get('line.charge')!;
  let [changed, linesWithoutCharge] = [0, 0];
  for (const table of some) {
    const pair = verdicts(table);
    const [one, other] = pair;
    if (isChanged(pair)) changed += 1;
    const charges = table.lines.map((line) => line[slot] as number | null);
    linesWithoutCharge += charges.filter((charge) => charge === null).length;
    const cents = charges.map((charge) => Math.round((charge ?? 0) * 100));
    const whole = cents.reduce((sum, charge) => sum + charge, 0);
    add(`encounters ${move(one.decision, other.decision)}`, whole);
    add(`payer ${table.payer} ${move(one.decision, other.decision)}`, whole);
    one.lines.forEach(({ code, decision }, index) => {
      const name = move(decision, other.lines[index]!.decision);
      add(`lines ${name}`, cents[index]!);
      add(`code ${code} ${name}`, cents[index]!);
    });
    for (const [when, { lines, visit }] of [['before', one] as const, ['after', other] as const]) {
      for (const outcome of ['violated', 'undetermined'] as const) {
        for (const { rule } of visit[outcome]) add(`${rule} ${when} ${outcome}`, whole);
        lines.forEach((line, index) => {
          for (const { rule } of line[outcome]) add(`${rule} ${when} ${outcome}`, cents[index]!);
        });
      }
    }
  }
  return { ...out, changed, linesWithoutCharge };
}
