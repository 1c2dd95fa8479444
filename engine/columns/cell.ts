import { no, unknown, yes } from '../evaluate/ternary.ts';
import type { Ternary } from '../evaluate/ternary.ts';
import type { Value } from '../model/condition.ts';
import { operatorOf } from '../model/operators.ts';
import { clearTail, hasBit, isEmpty, nowhere, setBit } from './bits.ts';
import type { Truths } from './bits.ts';
import type { Codes, Column, Columns } from './columns.ts';
import { Kept } from './kept.ts';
import { figureColumn, timeColumns } from './computed-columns.ts';
import type { TimeColumns } from './computed-columns.ts';
import type { AskedFact, AskedFigure, AskedTimeRule, Question } from './plan.ts';

/** What the rows are: visits, lines, prior visits, or pairs of a line and another line of its visit. */
export type Rows = 'visit' | 'line' | 'prior' | 'pair';

/** A run of visits with its lines and prior visits, and the answers that were given about it. */
export interface Cell {
  readonly fromLine: number;
  readonly toLine: number;
  readonly rows: (rows: Rows) => number;
  readonly answer: (rows: Rows, question: Question) => Truths;
  readonly nextProgram: () => void;
}

/** A column with the row of it that each row reads; null = its own. */
export interface Reading {
  readonly codes: Codes;
  readonly values: Column['values'];
  readonly index: Int32Array | null;
}

/** What the computed columns need of a run of visits; all rows count from its first. */
export interface Span {
  readonly visits: number;
  readonly lines: number;
  readonly lineStart: Int32Array;
  readonly priorStart: Int32Array;
  readonly hasPrior: Uint8Array;
  readonly given: (path: string) => Column;
}

/** `tables` are the answers by distinct value, shared by all cells of the columns. */
export function createCell(columns: Columns, from: number, to: number, tables: Kept<Uint8Array>): Cell {
  const span = spanOf(columns, from, to);
  const priors = span.priorStart[span.visits]!;
  let pairs: ReturnType<typeof pairsOf> | null = null;
  const getPairs = () => (pairs ??= pairsOf(span));
  const visitOfLine = ownersOf(span.lineStart);
  const visitOfPrior = ownersOf(span.priorStart);

  const truths = {
    visit: new Kept<Truths>(),
    line: new Kept<Truths>(),
    prior: new Kept<Truths>(),
    pair: new Kept<Truths>(),
  };
  const times = new Kept<TimeColumns>();
  const figures = new Kept<Column>();

  const rowsOf = (rows: Rows): number => {
    if (rows === 'pair') return getPairs().line.length;
    return rows === 'visit' ? span.visits : rows === 'line' ? span.lines : priors;
  };
  const indexOf = (rows: Rows, { owner, key }: AskedFact): Int32Array | null => {
    if (rows === owner) return null;
    if (rows === 'pair' && owner !== 'prior') return getPairs()[owner];
    if (owner === 'visit') return rows === 'line' ? visitOfLine : visitOfPrior;
    throw new Error(`${key} cannot be read of a ${rows}`);
  };
  const timeOf = (rule: AskedTimeRule) => times.get(rule.key, () => timeColumns(span, rule));
  const figureOf = (figure: AskedFigure) =>
    figures.get(figure.key, () => {
      const rows: Rows = figure.over === 'lines' ? 'line' : 'prior';
      const where = figure.where && answer(rows, figure.where);
      return figureColumn(span, figure, where, figure.fact && read(rows, figure.fact));
    });
  const columnOf = ({ from }: AskedFact, rows: number): Column => {
    switch (from.kind) {
      case 'given':
        return span.given(from.path);
      case 'time':
        return from.which === 'line' ? timeOf(from.rule).lines : timeOf(from.rule).visit[from.which]!;
      case 'figure':
        return figureOf(from.figure);
      case 'constant':
        return { codes: new Uint8Array(rows), values: [from.value] };
    }
  };
  const read = (rows: Rows, fact: AskedFact): Reading => {
    const ownRows = rowsOf(fact.owner === 'other' ? 'line' : fact.owner);
    return { ...columnOf(fact, ownRows), index: indexOf(rows, fact) };
  };

  const answer = (rows: Rows, question: Question): Truths =>
    truths[rows].get(question.key, () => {
      switch (question.kind) {
        case 'test':
          return test(rows, question);
        case 'all':
        case 'any':
          return combine(rows, question.parts, question.kind === 'all');
        case 'not':
          return not(answer(rows, question.part), rowsOf(rows));
        case 'otherLines':
          return others(span, answer('pair', question.part), question.isAny);
      }
    });
  const test = (
    rows: Rows,
    { key, fact, operator, operand }: Extract<Question, { kind: 'test' }>,
  ): Truths => {
    const reading = read(rows, fact);
    const holds = testOf(operator);
    if (operand.kind === 'literal') {
      const make = () => Uint8Array.from(reading.values, (value) => holds(value, operand.value));
      const table = fact.from.kind === 'given' ? tables.get(key, make) : make();
      return look(reading, table, rowsOf(rows));
    }
    const other = read(rows, operand.fact);
    return compare(reading, other, other.values.map(operand.change), holds, rowsOf(rows));
  };
  const combine = (rows: Rows, parts: readonly Question[], isAll: boolean): Truths => {
    const out = nowhere(rowsOf(rows));
    parts.forEach((part, position) => {
      if (isAll && position > 0 && isEmpty(out)) return;
      const truth = answer(rows, part);
      if (position === 0) {
        out.yes.set(truth.yes);
        out.unknown.set(truth.unknown);
      } else join(out, truth, isAll);
    });
    // None of nothing is false, all of nothing is true.
    return parts.length === 0 && isAll ? not(out, rowsOf(rows)) : out;
  };
  return {
    fromLine: columns.lineStart[from]!,
    toLine: columns.lineStart[to]!,
    rows: rowsOf,
    answer,
    nextProgram: () => {
      for (const kept of [...Object.values(truths), times, figures]) kept.nextProgram();
    },
  };
}

function spanOf(columns: Columns, from: number, to: number): Span {
  const [firstLine, firstPrior] = [columns.lineStart[from]!, columns.priorStart[from]!];
  const lines = columns.lineStart[to]! - firstLine;
  const ends: Readonly<Record<'visit' | 'line' | 'prior', readonly [number, number]>> = {
    visit: [from, to],
    line: [firstLine, columns.lineStart[to]!],
    prior: [firstPrior, columns.priorStart[to]!],
  };
  return {
    visits: to - from,
    lines,
    lineStart: columns.lineStart.slice(from, to + 1).map((start) => start - firstLine),
    priorStart: columns.priorStart.slice(from, to + 1).map((start) => start - firstPrior),
    hasPrior: columns.hasPrior.subarray(from, to),
    given: (path) => {
      const { owner, codes, values } = columns.facts.get(path)!;
      return { codes: codes.subarray(...ends[owner]), values };
    },
  };
}

function ownersOf(starts: Int32Array): Int32Array {
  const owners = new Int32Array(starts.at(-1)!);
  for (let owner = 0; owner + 1 < starts.length; owner += 1)
    owners.fill(owner, starts[owner], starts[owner + 1]);
  return owners;
}

/** Every line with every other line of its visit, by line. */
function pairsOf({ visits, lineStart }: Span): Readonly<Record<'line' | 'other' | 'visit', Int32Array>> {
  let length = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    const lines = lineStart[visit + 1]! - lineStart[visit]!;
    length += lines * (lines - 1);
  }
  const pairs = {
    line: new Int32Array(length),
    other: new Int32Array(length),
    visit: new Int32Array(length),
  };
  let at = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    for (let line = lineStart[visit]!; line < lineStart[visit + 1]!; line += 1) {
      for (let other = lineStart[visit]!; other < lineStart[visit + 1]!; other += 1) {
        if (other === line) continue;
        pairs.line[at] = line;
        pairs.other[at] = other;
        pairs.visit[at] = visit;
        at += 1;
      }
    }
  }
  return pairs;
}

type Holds = (value: Value, operand: Value) => Ternary;

/** The operator with what missing means, as the evaluator of one encounter has it. */
function testOf(operator: Extract<Question, { kind: 'test' }>['operator']): Holds {
  if (operator === 'documented') {
    return (value, wanted) => {
      if (value === undefined) return unknown;
      const documented = value !== null && !(Array.isArray(value) && value.length === 0);
      return documented === (wanted === true) ? yes : no;
    };
  }
  const { test } = operatorOf(operator);
  return (value, operand) => {
    if (value === null || operand === null) return no;
    if (value === undefined || operand === undefined) return unknown;
    return test(value, operand) ? yes : no;
  };
}

/** Spreads the answers by distinct value over the rows. */
function look({ codes, index }: Reading, table: Uint8Array, rows: number): Truths {
  const out = nowhere(rows);
  for (let word = 0, row = 0; row < rows; word += 1) {
    const end = Math.min(row + 32, rows);
    let isYes = 0;
    let isUnknown = 0;
    for (let bit = 0; row < end; row += 1, bit += 1) {
      const truth = table[codes[index === null ? row : index[row]!]!]!;
      isYes |= (truth & 1) << bit;
      isUnknown |= (truth >>> 1) << bit;
    }
    out.yes[word] = isYes;
    out.unknown[word] = isUnknown;
  }
  return out;
}

const notJudged = 3;

/** Two facts of one row compared: once for each pair of values that occurs, as long as the table of pairs stays small. */
function compare(
  left: Reading,
  right: Reading,
  operands: readonly Value[],
  holds: Holds,
  rows: number,
): Truths {
  const out = nowhere(rows);
  const width = operands.length;
  const isSmall = left.values.length * width <= 4 * rows + 1024;
  const table = new Uint8Array(isSmall ? left.values.length * width : 0).fill(notJudged);
  for (let row = 0; row < rows; row += 1) {
    const a = left.codes[left.index === null ? row : left.index[row]!]!;
    const b = right.codes[right.index === null ? row : right.index[row]!]!;
    let truth = isSmall ? table[a * width + b]! : notJudged;
    if (truth === notJudged) {
      truth = holds(left.values[a], operands[b]);
      if (isSmall) table[a * width + b] = truth;
    }
    if (truth === yes) setBit(out.yes, row);
    else if (truth === unknown) setBit(out.unknown, row);
  }
  return out;
}

/** False wins among all, true wins among any, and unknown over the rest. */
function join(out: Truths, { yes: isYes, unknown: isUnknown }: Truths, isAll: boolean): void {
  for (let i = 0; i < isYes.length; i += 1) {
    const [y, u] = [out.yes[i]!, out.unknown[i]!];
    if (isAll) {
      out.yes[i] = y & isYes[i]!;
      out.unknown[i] = (y | u) & (isYes[i]! | isUnknown[i]!) & ~out.yes[i]!;
    } else {
      out.yes[i] = y | isYes[i]!;
      out.unknown[i] = (u | isUnknown[i]!) & ~out.yes[i]!;
    }
  }
}

function not({ yes: isYes, unknown: isUnknown }: Truths, rows: number): Truths {
  const out = nowhere(rows);
  for (let i = 0; i < isYes.length; i += 1) out.yes[i] = ~(isYes[i]! | isUnknown[i]!);
  clearTail(out.yes, rows);
  out.unknown.set(isUnknown);
  return out;
}

/** From the pairs back to their lines. A line without others has none, and every one of them. */
function others({ visits, lines, lineStart }: Span, pairs: Truths, isAny: boolean): Truths {
  const out = nowhere(lines);
  let at = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    const howMany = lineStart[visit + 1]! - lineStart[visit]! - 1;
    for (let line = lineStart[visit]!; line < lineStart[visit + 1]!; line += 1) {
      let anyYes = false;
      let anyNo = false;
      let anyUnknown = false;
      for (let i = 0; i < howMany; i += 1, at += 1) {
        if (hasBit(pairs.yes, at)) anyYes = true;
        else if (hasBit(pairs.unknown, at)) anyUnknown = true;
        else anyNo = true;
      }
      if (isAny ? anyYes : !anyNo && !anyUnknown) setBit(out.yes, line);
      else if (anyUnknown && (isAny || !anyNo)) setBit(out.unknown, line);
    }
  }
  return out;
}
