import { parseDay } from '../base/calendar-date.ts';
import { decimal } from '../base/decimal.ts';
import { idPattern } from '../yaml/reader.ts';
import { largestFile, tooDeepAt } from '../yaml/parse-yaml.ts';
import { optionalSections } from './encounter.ts';
import type { FactTable, FactValue, Vocabulary } from './encounter.ts';
import { absentValue, ownerOf } from './fact-table.ts';
import { codePatterns, encounterKeys, mostLines } from './read-encounter.ts';
import type { KnownPayers } from './read-encounter.ts';
import { sectionOf } from './vocabulary.ts';
import type { Fact, Section } from './vocabulary.ts';

/**
 * Reads encounters that machines have written as JSON, some fifty times as fast as the careful reader.
 * It reports nothing: null means that the careful reader must look, for whatever reason.
 * INVARIANT: what it reads is what `parseEncounter` and `factTable` make of the same text; a test holds both together.
 */
export function createQuickReader(
  vocabulary: Vocabulary,
  payers: KnownPayers,
): (text: string) => FactTable | null {
  const layout = layoutOf(vocabulary);
  return (text) => {
    if (!text.startsWith('{') || text.length > largestFile) return null;
    const keys = keysIn(text);
    // Brackets within texts count as nesting for the careful reader.
    if (keys === null || tooDeepAt(text) !== null) return null;
    try {
      const reading: Reading = { layout, payers, text, keys: 0 };
      const table = readEncounter(JSON.parse(text), reading);
      // Of a key that stands twice JSON.parse keeps the last one and tells nobody.
      return reading.keys === keys ? table : null;
    } catch (error) {
      if (error === doubtful || error instanceof SyntaxError) return null;
      throw error;
    }
  };
}

/** Thrown to leave at once where the careful reader must look; made once, since making one costs more than reading. */
const doubtful = new Error('the careful reader must look');

function doubt(): never {
  throw doubtful;
}

/**
 * How many keys stand in a JSON text; null where its numbers are not certain to be what JSON.parse makes of them: it
 * gives numbers, and the language reads what stands in the text. `1e3` is none of its numbers, and of more than 15
 * characters neither.
 */
function keysIn(text: string): number | null {
  let keys = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      at = endOfText(text, at);
      digits = 0;
    } else if ((character >= 48 && character <= 57) || character === 46) {
      digits += 1;
      if (digits === 15) return null;
    } else {
      if (digits > 0 && (character === 101 || character === 69)) return null;
      digits = 0;
      if (character === 58) keys += 1;
    }
  }
  return keys;
}

const quote = 34;
const backslash = 92;

/** The quote that closes what the one at a position opens. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((at - 1 - before) % 2 === 0) return at;
  }
  return text.length;
}

interface Reading {
  readonly layout: Layout;
  readonly payers: KnownPayers;
  readonly text: string;
  /** How many keys have been read. */
  keys: number;
}

/** Where the facts of each section lie in the vector of their owner. */
interface Layout {
  /** Vectors of which nothing is supplied, to be copied. */
  readonly empty: Readonly<Record<'visit' | 'line' | 'prior', Vector>>;
  readonly sections: Readonly<Partial<Record<Section, SectionLayout>>>;
}

type Slot = { readonly fact: Fact; readonly slot: number };

interface SectionLayout {
  readonly byKey: ReadonlyMap<string, Slot>;
  /** What stands in each slot where the section is supplied and says nothing of the fact. */
  readonly silent: readonly (readonly [slot: number, value: FactValue | undefined])[];
}

function layoutOf({ facts, slots }: Vocabulary): Layout {
  const empty: Record<'visit' | 'line' | 'prior', Vector> = { visit: [], line: [], prior: [] };
  const sections: Partial<
    Record<Section, { byKey: Map<string, Slot>; silent: (readonly [number, FactValue | undefined])[] }>
  > = {};
  for (const fact of facts) {
    empty[ownerOf(fact.path)].push(undefined);
    if (fact.computed) continue;
    const slot = slots.get(fact.path)!;
    const section = (sections[sectionOf(fact.path)] ??= { byKey: new Map<string, Slot>(), silent: [] });
    section.byKey.set(fact.path.slice(fact.path.indexOf('.') + 1), { fact, slot });
    section.silent.push([slot, absentValue(fact)]);
  }
  return { empty, sections };
}

type Vector = (FactValue | undefined)[];
type Json = Readonly<Record<string, unknown>>;

function readEncounter(value: unknown, reading: Reading): FactTable {
  const root = recordOf(value);
  for (const key of Object.keys(root)) {
    if (!(encounterKeys as readonly string[]).includes(key)) doubt();
    reading.keys += 1;
  }
  const id = textOf(root['encounter'], reading);
  if (!idPattern.test(id)) doubt();
  for (const key of ['title', 'remark'])
    if (Object.hasOwn(root, key) && !(typeof root[key] === 'string' && root[key].trim() !== '')) doubt();

  const { layout } = reading;
  const visit = [...reading.layout.empty.visit];
  readSection(root['visit'], 'visit', visit, reading);
  for (const section of optionalSections)
    if (Object.hasOwn(root, section)) readSection(root[section], section, visit, reading);
  const { byKey } = layout.sections.visit!;
  const day = visit[byKey.get('date')!.slot];
  const payer = visit[byKey.get('payer')!.slot];
  const received = visit[byKey.get('received')!.slot];
  if (typeof day !== 'number' || typeof payer !== 'string') doubt();

  const lines = listOf(root['lines']);
  if (lines.length === 0 || lines.length > mostLines) doubt();
  return {
    id,
    day,
    received: typeof received === 'number' ? received : null,
    payer,
    visit,
    lines: lines.map((line) => readLine(line, reading)),
    prior: Object.hasOwn(root, 'priorVisits')
      ? listOf(root['priorVisits']).map((prior) => {
          const vector = [...reading.layout.empty.prior];
          readSection(prior, 'priorVisits', vector, reading);
          return vector;
        })
      : null,
  };
}

function readLine(value: unknown, reading: Reading): Vector {
  const { record, ...claim } = recordOf(value);
  if (!Object.hasOwn(claim, 'units')) doubt();
  const vector = [...reading.layout.empty.line];
  readSection(claim, 'line', vector, reading);
  if (typeof vector[reading.layout.sections.line!.byKey.get('code')!.slot] !== 'string') doubt();
  if (record === undefined) return vector;
  reading.keys += 1;
  // Supplied, and nothing in it.
  readSection(record ?? {}, 'record', vector, reading);
  return vector;
}

function readSection(value: unknown, section: Section, vector: Vector, reading: Reading): void {
  const layout = reading.layout.sections[section];
  if (!layout) doubt();
  const values = recordOf(value);
  for (const [slot, silent] of layout.silent) vector[slot] = silent;
  for (const key of Object.keys(values)) {
    reading.keys += 1;
    const known = layout.byKey.get(key);
    if (!known) doubt();
    const { fact, slot } = known;
    // Empty is as if it said nothing.
    const given = valueOf(values[key], fact, reading);
    if (given !== null) vector[slot] = given;
  }
}

function valueOf(value: unknown, fact: Fact, reading: Reading): FactValue {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null;
  if (!fact.type.list) return itemOf(value, fact, reading);
  const items = listOf(value).map((item) => itemOf(item, fact, reading)) as (string | number)[];
  return items.length === 0 && !fact.absentMeansNone ? null : items;
}

function itemOf(value: unknown, fact: Fact, reading: Reading): string | number | boolean {
  switch (fact.type.scalar) {
    case 'number':
      if (typeof value !== 'number' || value !== (fact.whole ? Math.round(value) : decimal(value))) doubt();
      if (value < (fact.min ?? -Infinity) || value > (fact.max ?? Infinity)) doubt();
      return value;
    case 'boolean':
      return typeof value === 'boolean' ? value : doubt();
    case 'date':
      return (typeof value === 'string' ? parseDay(value) : null) ?? doubt();
    case 'choice':
      return typeof value === 'string' && fact.values?.includes(value) ? value : doubt();
    case 'payer': {
      const text = textOf(value, reading);
      return reading.payers === null || reading.payers.has(text) ? text : doubt();
    }
    case 'code':
    case 'modifier':
    case 'diagnosis': {
      const text = textOf(value, reading);
      return codePatterns[fact.type.scalar].test(text) ? text : doubt();
    }
    case 'text':
      return textOf(value, reading);
  }
}

/** A text, or a number as it is written where that is certain. */
function textOf(value: unknown, { text }: Reading): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0) doubt();
  const digits = String(value);
  return text.includes(`${digits}.`) ? doubt() : digits;
}

function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : doubt();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : doubt();
}
