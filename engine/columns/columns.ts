import type { FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';

export type Codes = Uint8Array | Uint16Array | Uint32Array;
export type Stored = FactValue | undefined;

/** One fact of many rows: each row holds the position of its value among the distinct ones. */
export interface Column {
  readonly codes: Codes;
  readonly values: readonly Stored[];
}

/**
 * Many encounters, laid out by fact instead of by encounter: a condition is judged once for each distinct value.
 * Visits are ordered by payer and day, so that those under the same policies follow each other; lines and prior visits
 * follow their visits.
 */
export interface Columns {
  readonly visits: number;
  readonly lines: number;
  readonly priors: number;
  /** For each visit its position among the encounters that were given. */
  readonly order: Int32Array;
  readonly payers: readonly string[];
  readonly days: Int32Array;
  /** Lines of visit v: from `lineStart[v]` to before `lineStart[v + 1]`. */
  readonly lineStart: Int32Array;
  readonly priorStart: Int32Array;
  /** 1 where the prior visits were supplied. */
  readonly hasPrior: Uint8Array;
  /** By path: the facts that are given, not those that a policy computes. */
  readonly facts: ReadonlyMap<string, Column & { readonly owner: 'visit' | 'line' | 'prior' }>;
}

export function columnsOf(tables: readonly FactTable[], vocabulary: Vocabulary): Columns {
  const order = Int32Array.from(tables.keys()).toSorted((a, b) => {
    const [one, other] = [tables[a]!, tables[b]!];
    return one.payer === other.payer ? one.day - other.day || a - b : one.payer < other.payer ? -1 : 1;
  });
  const sorted = Array.from(order, (position) => tables[position]!);
  const lines = sorted.flatMap((table) => table.lines);
  const priors = sorted.flatMap((table) => table.prior ?? []);
  const rows = { visit: sorted.map((table) => table.visit), line: lines, prior: priors };
  const facts = new Map<string, Column & { readonly owner: 'visit' | 'line' | 'prior' }>();
  for (const { path, computed } of vocabulary.facts) {
    if (computed) continue;
    const owner = ownerOf(path);
    facts.set(path, { owner, ...encode(rows[owner], vocabulary.slots.get(path)!) });
  }
  return {
    visits: sorted.length,
    lines: lines.length,
    priors: priors.length,
    order,
    payers: sorted.map(({ payer }) => payer),
    days: Int32Array.from(sorted, ({ day }) => day),
    lineStart: starts(sorted.map((table) => table.lines.length)),
    priorStart: starts(sorted.map((table) => table.prior?.length ?? 0)),
    hasPrior: Uint8Array.from(sorted, ({ prior }) => (prior === null ? 0 : 1)),
    facts,
  };
}

/** Collects distinct values; lists are the same where their items are. */
export class Dictionary {
  readonly values: Stored[] = [];
  readonly #scalars = new Map<Stored, number>();
  readonly #lists = new Map<string, number>();
  /** Most rows say what the row before said. */
  #last: Stored;
  #lastCode = -1;

  codeOf(value: Stored): number {
    if (value !== this.#last || this.#lastCode === -1) {
      this.#lastCode = this.#find(value);
      this.#last = value;
    }
    return this.#lastCode;
  }

  #find(value: Stored): number {
    const isList = Array.isArray(value);
    const key = isList ? JSON.stringify(value) : '';
    const known = isList ? this.#lists.get(key) : this.#scalars.get(value);
    if (known !== undefined) return known;
    const code = this.values.push(value) - 1;
    if (isList) this.#lists.set(key, code);
    else this.#scalars.set(value, code);
    return code;
  }
}

function encode(rows: readonly (readonly Stored[])[], slot: number): Column {
  const dictionary = new Dictionary();
  const codes = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) codes[row] = dictionary.codeOf(rows[row]![slot]);
  return narrowed(codes, dictionary.values);
}

/** Most facts have few values, and then a byte a row is enough. */
function narrowed(codes: Uint32Array, values: readonly Stored[]): Column {
  if (values.length <= 0x100) return { codes: Uint8Array.from(codes), values };
  return { codes: values.length <= 0x10000 ? Uint16Array.from(codes) : codes, values };
}

function starts(lengths: readonly number[]): Int32Array {
  const out = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i += 1) out[i + 1] = out[i]! + lengths[i]!;
  return out;
}
