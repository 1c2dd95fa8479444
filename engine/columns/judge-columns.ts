import { epochsInForce, outcomeCode } from '../evaluate/compile.ts';
import type { Epoch, Program } from '../evaluate/compile.ts';
import { dateReceived } from '../facts/vocabulary.ts';
import { decisions } from '../evaluate/outcome.ts';
import { clearTail, eachBit, everywhere, hasBit, isEmpty, nowhere } from './bits.ts';
import { createCell } from './cell.ts';
import type { Cell } from './cell.ts';
import type { Columns } from './columns.ts';
import { Kept } from './kept.ts';
import { planEpoch } from './plan.ts';
import type { EpochPlan, RulePlan } from './plan.ts';

/** Where a rule came out how: a bit for each line, or visit, of a run of visits. Elsewhere it does not apply. */
export interface RuleOutcomes {
  readonly met: Int32Array;
  readonly violated: Int32Array;
  readonly undetermined: Int32Array;
}

export interface JudgedRule {
  readonly plan: RulePlan;
  readonly outcomes: RuleOutcomes;
}

/** Visits that follow each other in the columns and stand under the same policies; ends are exclusive. */
export interface JudgedRun {
  readonly fromVisit: number;
  readonly toVisit: number;
  readonly fromLine: number;
  readonly toLine: number;
  readonly policies: readonly {
    readonly epoch: Epoch;
    /** In the order of the epoch's rules. */
    readonly lineRules: readonly JudgedRule[];
    readonly visitRules: readonly JudgedRule[];
  }[];
}

/** What a program says of every visit and line of columns; decisions are positions in `decisions`. */
export interface JudgedColumns {
  readonly columns: Columns;
  readonly runs: readonly JudgedRun[];
  readonly lines: Uint8Array;
  /** The gravest of a visit's lines and of the visit itself. */
  readonly visits: Uint8Array;
}

/**
 * Judges columns, and keeps the answers to what earlier programs asked, so that after an edit only new questions are
 * answered. INVARIANT: outcomes and decisions are those of `judge` and `verdictOf` for each encounter.
 */
export function createColumnJudge(columns: Columns): (program: Program) => JudgedColumns {
  let plans = new Map<Epoch, EpochPlan>();
  let cells = new Map<string, Cell>();
  let outcomes = new Map<string, Map<string, RuleOutcomes>>();
  const tables = new Kept<Uint8Array>();
  return (program) => {
    const [oldPlans, oldCells, oldOutcomes] = [plans, cells, outcomes];
    [plans, cells, outcomes] = [new Map(), new Map(), new Map()];
    const lines = new Uint8Array(columns.lines).fill(decisions.indexOf('pay'));
    const visits = new Uint8Array(columns.visits).fill(decisions.indexOf('pay'));
    const runs = runsOf(columns, program).map(({ from, to, epochs }): JudgedRun => {
      const name = `${from}-${to}`;
      const cell = oldCells.get(name) ?? createCell(columns, from, to, tables);
      cells.set(name, cell);
      const before = oldOutcomes.get(name);
      const kept = new Map<string, RuleOutcomes>();
      outcomes.set(name, kept);
      const judgeRule = (plan: RulePlan): JudgedRule => {
        const found = kept.get(plan.key) ?? before?.get(plan.key) ?? outcomesOf(cell, plan);
        kept.set(plan.key, found);
        return { plan, outcomes: found };
      };
      const policies = epochs.map((epoch) => {
        const plan = plans.get(epoch) ?? oldPlans.get(epoch) ?? planEpoch(epoch);
        plans.set(epoch, plan);
        return {
          epoch,
          lineRules: plan.lineRules.map(judgeRule),
          visitRules: plan.visitRules.map(judgeRule),
        };
      });
      cell.nextProgram();
      const run = { fromVisit: from, toVisit: to, fromLine: cell.fromLine, toLine: cell.toLine, policies };
      decideRun(run, columns, lines, visits);
      return run;
    });
    tables.nextProgram();
    return { columns, runs, lines, visits };
  };
}

/** The outcome of a rule for a row of its run, as `outcomeCode` has it. */
export function outcomeAt({ outcomes: { met, violated, undetermined } }: JudgedRule, row: number): number {
  if (hasBit(met, row)) return outcomeCode.met;
  if (hasBit(violated, row)) return outcomeCode.violated;
  return hasBit(undetermined, row) ? outcomeCode.undetermined : outcomeCode['not-applicable'];
}

interface Run {
  readonly from: number;
  to: number;
  readonly epochs: readonly Epoch[];
}

function runsOf({ visits, payers, days, facts }: Columns, program: Program): readonly Run[] {
  const asksReceived = program.policies.some(({ policy }) => policy.received !== null);
  const stamped = asksReceived ? facts.get(dateReceived)! : null;
  const receivedOf = (visit: number) =>
    stamped ? ((stamped.values[stamped.codes[visit]!] as number | undefined) ?? null) : null;
  const runs: Run[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const last = runs.at(-1);
    const isSameDay =
      visit > 0 &&
      payers[visit] === payers[visit - 1] &&
      days[visit] === days[visit - 1] &&
      receivedOf(visit) === receivedOf(visit - 1);
    const epochs =
      last && isSameDay
        ? last.epochs
        : epochsInForce(program, {
            payer: payers[visit]!,
            day: days[visit]!,
            received: receivedOf(visit),
          });
    const isSame =
      last &&
      (last.epochs === epochs ||
        (last.epochs.length === epochs.length &&
          epochs.every((epoch, index) => epoch === last.epochs[index])));
    if (isSame) last.to = visit + 1;
    else runs.push({ from: visit, to: visit + 1, epochs });
  }
  return runs;
}

function outcomesOf(cell: Cell, { compiled, when, require, unless }: RulePlan): RuleOutcomes {
  const { scope } = compiled.rule;
  const rows = cell.rows(scope);
  const applies = when === null ? everywhere(rows) : cell.answer(scope, when);
  const nothing = nowhere(rows);
  if (isEmpty(applies)) return { met: nothing.yes, violated: nothing.yes, undetermined: nothing.yes };
  const required = require === null ? nothing : cell.answer(scope, require);
  const excused = unless === null ? nothing : cell.answer(scope, unless);
  const { length } = nothing.yes;
  const [met, violated, undetermined] = [
    new Int32Array(length),
    new Int32Array(length),
    new Int32Array(length),
  ];
  for (let i = 0; i < length; i += 1) {
    const asked = applies.yes[i]!;
    const holds = required.yes[i]! | excused.yes[i]!;
    const open = (required.unknown[i]! | excused.unknown[i]!) & ~holds;
    met[i] = asked & holds;
    undetermined[i] = applies.unknown[i]! | (asked & open);
    violated[i] = asked & ~holds & ~open;
  }
  clearTail(violated, rows);
  return { met, violated, undetermined };
}

/** Writes the gravest decision of each line and visit: the mildest first, so that a graver one is written over it. */
function decideRun(run: JudgedRun, columns: Columns, lines: Uint8Array, visits: Uint8Array): void {
  const { fromVisit, toVisit, fromLine, toLine, policies } = run;
  const write = (rules: readonly JudgedRule[], from: number, rows: number, into: Uint8Array) => {
    for (let decision = decisions.length - 1; decision >= 0; decision -= 1) {
      const union = nowhere(rows).yes;
      for (const { plan, outcomes } of rules) {
        const effect: string = plan.compiled.effect;
        if (effect === decisions[decision]) addTo(union, outcomes.violated);
        if (decisions[decision] === 'needs-record') addTo(union, outcomes.undetermined);
      }
      eachBit(union, (row) => {
        into[from + row] = decision;
      });
    }
  };
  write(
    policies.flatMap(({ lineRules }) => lineRules),
    fromLine,
    toLine - fromLine,
    lines,
  );
  write(
    policies.flatMap(({ visitRules }) => visitRules),
    fromVisit,
    toVisit - fromVisit,
    visits,
  );
  for (let visit = fromVisit; visit < toVisit; visit += 1) {
    let gravest = visits[visit]!;
    for (let line = columns.lineStart[visit]!; line < columns.lineStart[visit + 1]!; line += 1)
      if (lines[line]! < gravest) gravest = lines[line]!;
    visits[visit] = gravest;
  }
}

function addTo(union: Int32Array, bits: Int32Array): void {
  for (let i = 0; i < union.length; i += 1) union[i]! |= bits[i]!;
}
