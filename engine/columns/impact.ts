import { decisions } from '../evaluate/outcome.ts';
import type { Decision } from '../evaluate/outcome.ts';
import { eachBit } from './bits.ts';
import type { Columns } from './columns.ts';
import type { JudgedColumns, JudgedRule } from './judge-columns.ts';

/** How many, and what was charged for them, in whole cents, so that no order of adding gives another sum. */
export interface Tally {
  readonly count: number;
  readonly cents: number;
}

/** From which decision to which: a tally for each pair, before first. */
export type Moves = Readonly<Record<Decision, Readonly<Record<Decision, Tally>>>>;

/** What a rule said: lines for a rule about lines, visits with all that was charged for them for one about visits. */
export interface RuleTally {
  readonly violated: Tally;
  readonly undetermined: Tally;
}

/** What becomes of encounters when one program takes the place of another. */
export interface Impact {
  readonly encounters: Moves;
  readonly lines: Moves;
  /** Lines by their code. */
  readonly byCode: ReadonlyMap<string, Moves>;
  /** Encounters by their payer. */
  readonly byPayer: ReadonlyMap<string, Moves>;
  /** Every rule that said anything before or after. */
  readonly byRule: ReadonlyMap<string, { readonly before: RuleTally; readonly after: RuleTally }>;
  /** Encounters of which any decision, of the whole or of one line, is another one. */
  readonly changed: number;
  /** Lines that state no charge; they count as nothing charged. */
  readonly linesWithoutCharge: number;
}

export const nothing: Tally = { count: 0, cents: 0 };
const silent: RuleTally = { violated: nothing, undetermined: nothing };
const noMoves = movesFrom(() => nothing);

/** The impact on no encounter, from which blocks are added up. */
export const noImpact: Impact = {
  encounters: noMoves,
  lines: noMoves,
  byCode: new Map(),
  byPayer: new Map(),
  byRule: new Map(),
  changed: 0,
  linesWithoutCharge: 0,
};

/** The impact on one block: the same columns, judged by both programs. */
export function impactOf(before: JudgedColumns, after: JudgedColumns): Impact {
  const { columns } = before;
  if (after.columns !== columns) throw new Error('the two programs have judged different columns');
  const { ofLine, ofVisit, without } = chargesOf(columns);
  const code = columns.facts.get('line.code')!;
  const [encounters, lines] = [new Counter(), new Counter()];
  const byCode = code.values.map(() => new Counter());
  const byPayer = new Map<string, Counter>();
  for (let visit = 0; visit < columns.visits; visit += 1) {
    const [from, to, cents] = [before.visits[visit]!, after.visits[visit]!, ofVisit[visit]!];
    encounters.add(from, to, cents);
    counterOf(byPayer, columns.payers[visit]!).add(from, to, cents);
  }
  for (let line = 0; line < columns.lines; line += 1) {
    const [from, to, cents] = [before.lines[line]!, after.lines[line]!, ofLine[line]!];
    lines.add(from, to, cents);
    byCode[code.codes[line]!]!.add(from, to, cents);
  }
  const [rulesBefore, rulesAfter] = [rulesOf(before, ofLine, ofVisit), rulesOf(after, ofLine, ofVisit)];
  const rules = [...new Set([...rulesBefore.keys(), ...rulesAfter.keys()])];
  return {
    encounters: encounters.moves(),
    lines: lines.moves(),
    byCode: new Map(code.values.map((value, position) => [String(value ?? ''), byCode[position]!.moves()])),
    byPayer: new Map([...byPayer].map(([payer, counter]) => [payer, counter.moves()])),
    byRule: new Map(
      rules.map((id) => [id, { before: rulesBefore.get(id) ?? silent, after: rulesAfter.get(id) ?? silent }]),
    ),
    changed: changedEncounters(before, after).length,
    linesWithoutCharge: without,
  };
}

export function addImpacts(a: Impact, b: Impact): Impact {
  return {
    encounters: addMoves(a.encounters, b.encounters),
    lines: addMoves(a.lines, b.lines),
    byCode: merged(a.byCode, b.byCode, addMoves),
    byPayer: merged(a.byPayer, b.byPayer, addMoves),
    byRule: merged(a.byRule, b.byRule, (one, other) => ({
      before: addRules(one.before, other.before),
      after: addRules(one.after, other.after),
    })),
    changed: a.changed + b.changed,
    linesWithoutCharge: a.linesWithoutCharge + b.linesWithoutCharge,
  };
}

/** Positions among the given encounters of those of which any decision is another one, in order. */
export function changedEncounters(before: JudgedColumns, after: JudgedColumns): readonly number[] {
  const { visits, lineStart, order } = before.columns;
  const changed: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    let isChanged = before.visits[visit] !== after.visits[visit];
    for (let line = lineStart[visit]!; line < lineStart[visit + 1]! && !isChanged; line += 1)
      isChanged = before.lines[line] !== after.lines[line];
    if (isChanged) changed.push(order[visit]!);
  }
  return changed.toSorted((a, b) => a - b);
}

/** Counts moves by the positions of their decisions. */
class Counter {
  readonly #counts = new Float64Array(decisions.length ** 2);
  readonly #cents = new Float64Array(decisions.length ** 2);

  add(from: number, to: number, cents: number): void {
    const at = from * decisions.length + to;
    this.#counts[at]! += 1;
    this.#cents[at]! += cents;
  }

  moves(): Moves {
    return movesFrom((from, to) => {
      const at = decisions.indexOf(from) * decisions.length + decisions.indexOf(to);
      return { count: this.#counts[at]!, cents: this.#cents[at]! };
    });
  }
}

function counterOf(counters: Map<string, Counter>, key: string): Counter {
  const counter = counters.get(key) ?? new Counter();
  counters.set(key, counter);
  return counter;
}

function chargesOf({ visits, lineStart, facts }: Columns) {
  const charge = facts.get('line.charge')!;
  const cents = charge.values.map((value) => (typeof value === 'number' ? Math.round(value * 100) : null));
  const ofLine = Float64Array.from(charge.codes, (code) => cents[code] ?? 0);
  const ofVisit = new Float64Array(visits);
  let without = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    for (let line = lineStart[visit]!; line < lineStart[visit + 1]!; line += 1) {
      ofVisit[visit]! += ofLine[line]!;
      if (cents[charge.codes[line]!] === null) without += 1;
    }
  }
  return { ofLine, ofVisit, without };
}

function rulesOf(judged: JudgedColumns, ofLine: Float64Array, ofVisit: Float64Array): Map<string, RuleTally> {
  const tallies = new Map<string, RuleTally>();
  const add = ({ plan, outcomes }: JudgedRule, charges: Float64Array, first: number) => {
    const said: RuleTally = {
      violated: tallyOf(outcomes.violated, charges, first),
      undetermined: tallyOf(outcomes.undetermined, charges, first),
    };
    if (said.violated.count + said.undetermined.count === 0) return;
    const { id } = plan.compiled.rule;
    tallies.set(id, addRules(tallies.get(id) ?? silent, said));
  };
  for (const { policies, fromLine, fromVisit } of judged.runs) {
    for (const { lineRules, visitRules } of policies) {
      for (const rule of lineRules) add(rule, ofLine, fromLine);
      for (const rule of visitRules) add(rule, ofVisit, fromVisit);
    }
  }
  return tallies;
}

function tallyOf(bits: Int32Array, charges: Float64Array, first: number): Tally {
  let [count, cents] = [0, 0];
  eachBit(bits, (row) => {
    count += 1;
    cents += charges[first + row]!;
  });
  return { count, cents };
}

export function movesFrom(tally: (from: Decision, to: Decision) => Tally): Moves {
  const row = (from: Decision) =>
    Object.fromEntries(decisions.map((to) => [to, tally(from, to)])) as Record<Decision, Tally>;
  return Object.fromEntries(decisions.map((from) => [from, row(from)])) as Record<
    Decision,
    Record<Decision, Tally>
  >;
}

function addTallies(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, cents: a.cents + b.cents };
}

function addMoves(a: Moves, b: Moves): Moves {
  return movesFrom((from, to) => addTallies(a[from][to], b[from][to]));
}

function addRules(a: RuleTally, b: RuleTally): RuleTally {
  return {
    violated: addTallies(a.violated, b.violated),
    undetermined: addTallies(a.undetermined, b.undetermined),
  };
}

function merged<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  add: (one: T, other: T) => T,
): ReadonlyMap<string, T> {
  const out = new Map(a);
  for (const [key, value] of b) {
    const known = out.get(key);
    out.set(key, known === undefined ? value : add(known, value));
  }
  return out;
}
