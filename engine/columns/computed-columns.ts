import { calculate, timeFigures } from '../evaluate/derive.ts';
import type { Figures, TimedLine } from '../evaluate/derive.ts';
import { hasBit } from './bits.ts';
import type { Truths } from './bits.ts';
import type { Reading, Span } from './cell.ts';
import { Dictionary } from './columns.ts';
import type { Column, Stored } from './columns.ts';
import type { AskedFigure, AskedTimeRule } from './plan.ts';

/** What a time rule computes: its figures of the visits, in their order, and the units supported for each line. */
export interface TimeColumns {
  readonly visit: readonly Column[];
  readonly lines: Column;
}

class Writer {
  readonly #codes: Uint32Array;
  readonly #dictionary = new Dictionary();

  constructor(rows: number) {
    this.#codes = new Uint32Array(rows);
  }

  set(row: number, value: Stored): void {
    this.#codes[row] = this.#dictionary.codeOf(value);
  }

  column(): Column {
    return { codes: this.#codes, values: this.#dictionary.values };
  }
}

/**
 * The same function as for one encounter, asked only where lines share something. A code that is billed on one line
 * keeps what its minutes support, whatever was billed, so that needs no more than one answer for each distinct number of
 * minutes; only `total-time` shares out what remains among the codes.
 */
export function timeColumns(span: Span, { settings, codes: timed }: AskedTimeRule): TimeColumns {
  const [code, units, minutes] = [
    span.given('line.code'),
    span.given('line.units'),
    span.given('record.minutes'),
  ];
  const isTimed = code.values.map((value) => typeof value === 'string' && timed.has(value));
  const alone: Figures[] = [];
  const ofMinutes = (position: number): Figures =>
    (alone[position] ??= timeFigures(
      settings,
      [{ index: 0, code: '', billed: null, minutes: minutes.values[position] }],
      1,
    ));
  const visit = [new Writer(span.visits), new Writer(span.visits), new Writer(span.visits)];
  const lines = new Writer(span.lines);
  for (let at = 0; at < span.visits; at += 1) {
    const [from, to] = [span.lineStart[at]!, span.lineStart[at + 1]!];
    const found: number[] = [];
    let isShared = false;
    let billed = 0;
    for (let line = from; line < to; line += 1) {
      if (!isTimed[code.codes[line]!]) {
        lines.set(line, null);
        continue;
      }
      isShared ||= minutes.values[minutes.codes[line]!] === undefined;
      isShared ||= found.some((other) => code.codes[other] === code.codes[line]);
      found.push(line);
      billed += (units.values[units.codes[line]!] as number | null | undefined) ?? 0;
    }
    isShared ||= settings.method === 'total-time' && found.length > 1;
    if (!isShared) {
      let [totalMinutes, totalUnits] = [0, 0];
      for (const line of found) {
        const figures = ofMinutes(minutes.codes[line]!);
        lines.set(line, figures.lines[0]);
        totalMinutes += figures.visit[0] as number;
        totalUnits += figures.visit[1] as number;
      }
      [totalMinutes, totalUnits, billed].forEach((value, position) => visit[position]!.set(at, value));
      continue;
    }
    const figures = timeFigures(
      settings,
      found.map((line): TimedLine => ({
        index: line - from,
        code: code.values[code.codes[line]!] as string,
        billed: (units.values[units.codes[line]!] ?? null) as number | null,
        minutes: minutes.values[minutes.codes[line]!],
      })),
      to - from,
    );
    figures.visit.forEach((value, position) => visit[position]!.set(at, value));
    for (const line of found) lines.set(line, figures.lines[line - from]);
  }
  return { visit: visit.map((writer) => writer.column()), lines: lines.column() };
}

/** Unknown if it is unknown of any item whether it counts, or what its value is; empty values are passed over. */
export function figureColumn(
  span: Span,
  { calculation, over }: AskedFigure,
  where: Truths | null,
  fact: Reading | null,
): Column {
  const out = new Writer(span.visits);
  const starts = over === 'lines' ? span.lineStart : span.priorStart;
  for (let visit = 0; visit < span.visits; visit += 1) {
    if (over === 'priorVisits' && span.hasPrior[visit] === 0) out.set(visit, undefined);
    else out.set(visit, figureOf(calculation, starts[visit]!, starts[visit + 1]!, where, fact));
  }
  return out.column();
}

function figureOf(
  calculation: AskedFigure['calculation'],
  from: number,
  to: number,
  where: Truths | null,
  fact: Reading | null,
): Stored {
  let count = 0;
  const values: (string | number | boolean)[] = [];
  for (let row = from; row < to; row += 1) {
    if (where !== null && !hasBit(where.yes, row)) {
      if (hasBit(where.unknown, row)) return undefined;
      continue;
    }
    count += 1;
    if (fact === null) continue;
    const value = fact.values[fact.codes[fact.index === null ? row : fact.index[row]!]!];
    if (value === undefined) return undefined;
    if (value !== null) values.push(value as string | number | boolean);
  }
  return calculate(calculation, count, values);
}
