import type { Span } from '../base/span.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type { Fact, FactType, Section } from '../facts/vocabulary.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import { derivedFunctions } from '../model/policy.ts';
import type { FileKind } from '../workspace/read-file.ts';
import { blockNamed, fileShape, ruleOutcome } from '../workspace/shapes.ts';
import type { BlockName, Shape } from '../workspace/shapes.ts';
import { policyNames } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';
import { sketchYaml, textBehind } from './sketch.ts';
import type { Sketch, SketchEntry, SketchList, SketchMap } from './sketch.ts';

/** One step from the root of a file to a place in it. */
export type Step =
  | { readonly kind: 'key'; readonly map: SketchMap; readonly entry: SketchEntry }
  | { readonly kind: 'item'; readonly list: SketchList; readonly index: number };

/** Where the cursor stands in a half-typed text. */
export interface Cursor {
  /** The keys and items that lead to it: to the block in which a key is typed, or to the value. */
  readonly path: readonly Step[];
  /** `open`: a word that stands alone in its line, and may become a key or be a value. */
  readonly role: 'key' | 'value' | 'open';
  /** What of the word stands left of the cursor. */
  readonly typed: string;
  /** The whole word. */
  readonly span: Span;
  /** The block of the key that is typed; null where it would be its first. */
  readonly block: SketchMap | null;
  /** Whether a colon follows the word already. */
  readonly hasColon: boolean;
  /** Whether the word stands where an item begins with a dash, and has none yet. */
  readonly lacksDash: boolean;
  readonly quoted: boolean;
  /** Spaces that are missing before the word: behind a colon or dash, or in a line that begins too far left. */
  readonly pad: string;
  /** The column in which the keys of the block stand. */
  readonly column: number;
  /** Whether it stands within braces or brackets. */
  readonly flow: boolean;
  /** The placeholder of a message in which it stands: `{record.min|`. */
  readonly placeholder: { readonly typed: string; readonly span: Span; readonly closed: boolean } | null;
  /** The file as far as it can be told, with what is typed in it. */
  readonly root: Sketch;
}

/** A letter that no file holds, put in where the cursor is, so that even nothing is a word. */
const mark = '\uE000';

/** Where the cursor stands; null in comments, and where nothing can be told. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  // Right before what stands there already, nothing is being typed.
  const atStart = /(?:^|\s)$/.test(line);
  if (atStart && (/^[{["'|>]/.test(after) || /^-(?:\s|$)/.test(after))) return null;
  const pad = missingSpaces(line, after);
  const behind = after.startsWith('#') ? ' ' : '';
  const marked = before + pad + mark + behind + after;
  const at = offset + pad.length;
  const root = sketchYaml(marked);
  const found = root && locate(root, at, [], marked);
  if (!found) return null;
  const { from, to } = found.token;
  const end = Math.max(offset, to - pad.length - 1);
  const lineEnd = text.indexOf('\n', offset);
  // What follows in the next lines belongs to the value, and not to the word.
  const span = { from: Math.min(from, offset), to: lineEnd === -1 ? end : Math.min(end, lineEnd) };
  const typed = text.slice(span.from, offset);
  const placeholder =
    found.role === 'value' || found.role === 'open' ? placeholderAt(text, span, offset) : null;
  return { ...found, span, typed, pad, placeholder, root };
}

/** Behind a colon or dash stands a space; and a blank line is as deep as the next one, which goes on with its block. */
function missingSpaces(line: string, after: string): string {
  if (/[^\s:]:$/.test(line) || /^\s*(?:- +)*-$/.test(line)) return ' ';
  const next = /^[ \t\r]*\n(?:[ \t\r]*\n)*( *)[^\s#]/.exec(after);
  return /^ *$/.test(line) && next ? ' '.repeat(Math.max(0, next[1]!.length - line.length)) : '';
}

type Found = Pick<
  Cursor,
  'path' | 'role' | 'block' | 'hasColon' | 'lacksDash' | 'quoted' | 'column' | 'flow'
> & {
  readonly token: Span;
};

const holds = ({ from, to }: Span, at: number): boolean => from <= at && at < to;

/** The word that holds the mark, and the way to it. */
function locate(node: Sketch, at: number, path: readonly Step[], text: string): Found | null {
  if (node.kind === 'scalar') {
    if (!holds(node.span, at)) return null;
    const last = path.at(-1);
    const flow = path.some((step) => (step.kind === 'key' ? step.map : step.list).flow);
    const owner = last?.kind === 'key' ? last.map.column : (last?.list.column ?? 0);
    return {
      token: node.span,
      path,
      role: node.alone && !flow ? 'open' : 'value',
      block: null,
      hasColon: false,
      lacksDash: last?.kind === 'item' && !last.list.flow && !last.list.items[last.index]!.hasDash,
      quoted: node.style === 'single' || node.style === 'double',
      column: node.alone ? node.column : owner,
      flow,
    };
  }
  if (node.kind === 'list') {
    for (const [index, { value }] of node.items.entries()) {
      const found = value && locate(value, at, [...path, { kind: 'item', list: node, index }], text);
      if (found) return found;
    }
    return null;
  }
  for (const entry of node.entries) {
    if (holds(entry.keySpan, at)) {
      return {
        token: entry.keySpan,
        path,
        role: 'key',
        block: node,
        hasColon: entry.hasColon,
        lacksDash: false,
        quoted: /["']/.test(text[entry.keySpan.from - 1] ?? ''),
        column: node.column,
        flow: node.flow || path.some((step) => (step.kind === 'key' ? step.map : step.list).flow),
      };
    }
    const found = entry.value && locate(entry.value, at, [...path, { kind: 'key', map: node, entry }], text);
    if (found) return found;
  }
  return null;
}

/** Inside the braces of a message: what is typed behind the brace, and whether the brace is closed. */
function placeholderAt(text: string, within: Span, offset: number): Cursor['placeholder'] {
  const left = text.slice(within.from, offset);
  const brace = left.lastIndexOf('{');
  if (brace === -1 || left.indexOf('}', brace) !== -1) return null;
  const typed = left.slice(brace + 1);
  if (!/^[\w.]*$/.test(typed)) return null;
  const right = /^[\w.]*/.exec(text.slice(offset, within.to))![0];
  const span = { from: offset - typed.length, to: offset + right.length };
  return { typed, span, closed: text[span.to] === '}' };
}

// ---- what may stand there -----------------------------------------------------------------------------------------

/** A fact as it is written at a place: with `other.`, or a figure of the policy. */
export interface FactHere {
  readonly written: string;
  readonly type: FactType;
  readonly unit: string | null;
  /** Null for a figure. */
  readonly fact: Fact | null;
}

/** What may stand at a place, as far as the keys around it tell. */
export type Spot =
  | { readonly kind: 'shape'; readonly shape: Shape }
  /** Behind a fact: operators, or one value, or a list. */
  | { readonly kind: 'test'; readonly fact: FactHere }
  /** What something is compared with. */
  | { readonly kind: 'operand'; readonly wanted: Wanted }
  /** A value of a fact, as an encounter states it. */
  | { readonly kind: 'value'; readonly fact: Fact; readonly item: boolean }
  | { readonly kind: 'nothing' };

export interface Wanted {
  readonly type: FactType;
  readonly unit: string | null;
  readonly values: readonly string[] | null;
  /** One of several in brackets: names cannot stand there. */
  readonly item: boolean;
  /** Whether another fact can stand there: `{ fact: … }`. */
  readonly mayBeFact: boolean;
  /** Whether a list is meant by its size. */
  readonly size: boolean;
}

/** The cursor with everything that the keys around it say. */
export interface Situation {
  readonly cursor: Cursor;
  readonly file: FileKind;
  readonly root: SketchMap | null;
  readonly spot: Spot;
  readonly scope: ScopeHere;
}

/** What the blocks around a place say of it. */
export interface ScopeHere {
  /** Whom a condition judges. */
  readonly subject: 'line' | 'visit' | 'figure-line' | 'figure-prior' | 'figure';
  readonly inOtherLine: boolean;
  /** The types of fact that are asked for; null where any will do that is not a list. */
  readonly wanted: readonly FactType[] | null;
  /** The blocks by what they are: `rule`, `case`, `entry`, … */
  readonly blocks: ReadonlyMap<BlockName, SketchMap>;
  readonly names: PolicyNames;
}

export interface Reading {
  readonly file: FileKind;
  readonly vocabulary: Vocabulary;
  /** The text of the policy with an id, for what an overlay takes over. */
  readonly policyText: (id: string) => string | null;
}

const nothing: Spot = { kind: 'nothing' };

export function situationAt(text: string, offset: number, reading: Reading): Situation | null {
  const cursor = cursorAt(text, offset);
  if (!cursor) return null;
  const root = cursor.root.kind === 'map' ? cursor.root : null;
  const names =
    reading.file === 'policy'
      ? policyNames(root, reading.vocabulary, reading.policyText)
      : policyNames(null, reading.vocabulary, () => null);
  const walker = new Map<BlockName, SketchMap>();
  let scope: ScopeHere = { subject: 'line', inOtherLine: false, wanted: null, blocks: walker, names };
  let spot: Spot = { kind: 'shape', shape: fileShape(reading.file) };
  for (const step of cursor.path) {
    scope = enter(scope, spot, step, walker);
    spot = child(spot, step, scope, reading.vocabulary);
  }
  if (cursor.block) scope = enterBlock(scope, spot, cursor.block, walker);
  return { cursor, file: reading.file, root, spot, scope };
}

/** What is known more, once a key or item is entered. */
function enter(scope: ScopeHere, spot: Spot, step: Step, blocks: Map<BlockName, SketchMap>): ScopeHere {
  if (step.kind === 'item') return scope;
  const inside = enterBlock(scope, spot, step.map, blocks);
  const shape = shapeFor(spot, 'key');
  const { key } = step.entry;
  if (shape?.kind === 'condition' && isOtherLine(key)) return { ...inside, inOtherLine: true };
  if (shape?.kind === 'block' && shape.of === 'figure' && key !== 'where')
    return { ...inside, subject: 'figure', wanted: figureWants(key) };
  if (shape?.kind === 'named' && shape.of.kind === 'condition')
    return { ...inside, subject: usedByVisit(key, blocks.get('policy')) ? 'visit' : 'line' };
  if (spot.kind === 'test') {
    const operator = operatorNames.find((name) => name === key);
    const kind = operator && operatorOf(operator).operand;
    if (kind === 'within') return { ...inside, wanted: [{ scalar: 'date', list: false }] };
    if (kind === 'pairs') return { ...inside, wanted: [{ scalar: 'code', list: false }] };
    if (operator) return { ...inside, wanted: [wantedBy(spot.fact, operator, false).type] };
  }
  return inside;
}

function enterBlock(
  scope: ScopeHere,
  spot: Spot,
  map: SketchMap,
  blocks: Map<BlockName, SketchMap>,
): ScopeHere {
  const shape = shapeFor(spot, 'key');
  if (shape?.kind !== 'block') return scope;
  blocks.set(shape.of, map);
  if (shape.of === 'rule')
    return { ...scope, subject: textBehind(map, 'for') === 'visit' ? 'visit' : 'line' };
  if (shape.of === 'figure') {
    const values = derivedFunctions.map((name) => textBehind(map, name));
    const overPrior = values.some((value) => value === 'priorVisits' || value?.startsWith('prior.'));
    return { ...scope, subject: overPrior ? 'figure-prior' : 'figure-line' };
  }
  return scope;
}

export const isOtherLine = (key: string): boolean =>
  key === 'anyOtherLine' || key === 'everyOtherLine' || key === 'noOtherLine';

function figureWants(key: string): readonly FactType[] | null {
  const number: FactType = { scalar: 'number', list: false };
  if (key === 'sum') return [number];
  return key === 'min' || key === 'max' ? [number, { scalar: 'date', list: false }] : null;
}

/** Whether a rule that judges the visit uses a named condition, which then cannot speak of a line. */
function usedByVisit(name: string, policy: SketchMap | undefined): boolean {
  const rules = policy?.entries.find(({ key }) => key === 'rules')?.value;
  if (rules?.kind !== 'list') return false;
  return rules.items.some(
    ({ value }) => value?.kind === 'map' && textBehind(value, 'for') === 'visit' && mentions(value, name),
  );
}

function mentions(node: Sketch, name: string): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'list') return node.items.some(({ value }) => value !== null && mentions(value, name));
  return node.entries.some(
    ({ key, value }) =>
      value !== null &&
      (value.kind === 'scalar' ? key === 'condition' && value.text === name : mentions(value, name)),
  );
}

/** The shape of a spot that a key, an item or one value can go into. */
export function shapeFor(spot: Spot, what: 'key' | 'item' | 'value'): Shape | null {
  if (spot.kind !== 'shape') return null;
  const { shape } = spot;
  if (shape.kind !== 'either') return shape;
  return shape.of.find((one) => formOf(one) === what) ?? null;
}

/** Whether a shape is a block of keys, a list of items, or one value. */
export function formOf(shape: Shape): 'key' | 'item' | 'value' {
  switch (shape.kind) {
    case 'block':
    case 'condition':
    case 'section':
    case 'line':
    case 'given':
    case 'overrides':
    case 'expectedLines':
    case 'outcomes':
    case 'named':
      return 'key';
    case 'list':
      return 'item';
    default:
      return 'value';
  }
}

function child(spot: Spot, step: Step, scope: ScopeHere, vocabulary: Vocabulary): Spot {
  if (step.kind === 'item') return itemOf(spot);
  const { key } = step.entry;
  if (spot.kind === 'test') return operandOf(spot.fact, key);
  if (spot.kind === 'operand')
    return spot.wanted.mayBeFact
      ? keyOf({ kind: 'block', of: 'otherFact' }, key, scope, vocabulary)
      : nothing;
  const shape = shapeFor(spot, 'key');
  return shape ? keyOf(shape, key, scope, vocabulary) : nothing;
}

function keyOf(shape: Shape, key: string, scope: ScopeHere, vocabulary: Vocabulary): Spot {
  switch (shape.kind) {
    case 'block':
      return spotOf(blockNamed(shape.of).keys[key]?.shape);
    case 'named':
      return spotOf(shape.of);
    case 'condition':
      if (key === 'all' || key === 'any') return spotOf({ kind: 'list', of: shape });
      if (key === 'condition') return spotOf({ kind: 'name', of: 'condition' });
      if (key === 'not' || isOtherLine(key)) return spotOf(shape);
      return testOf(key, scope, vocabulary);
    case 'section':
      return valueOf(`${shape.section === 'priorVisits' ? 'prior' : shape.section}.${key}`, vocabulary);
    case 'line':
      return key === 'record'
        ? spotOf({ kind: 'section', section: 'record' })
        : valueOf(`line.${key}`, vocabulary);
    case 'given':
      return givenOf(key, vocabulary);
    case 'overrides':
      return spotOf({ kind: 'value' });
    case 'expectedLines':
      return spotOf({ kind: 'block', of: 'subject' });
    case 'outcomes':
      return spotOf(ruleOutcome);
    default:
      return nothing;
  }
}

function spotOf(shape: Shape | undefined): Spot {
  if (!shape) return nothing;
  if (shape.kind !== 'operand') return { kind: 'shape', shape };
  const wanted = {
    type: shape.type,
    unit: shape.unit ?? null,
    values: null,
    item: false,
    mayBeFact: false,
    size: false,
  };
  return { kind: 'operand', wanted };
}

function testOf(written: string, scope: ScopeHere, vocabulary: Vocabulary): Spot {
  const fact = factHere(written, scope.names, vocabulary);
  return fact ? { kind: 'test', fact } : nothing;
}

/** The fact that a path names, wherever it may stand. */
export function factHere(written: string, names: PolicyNames, vocabulary: Vocabulary): FactHere | null {
  const figure = names.figures.find(({ name }) => written === `derived.${name}`);
  if (figure) return { written, type: figure.type, unit: figure.unit, fact: null };
  const path = written.startsWith('other.') ? written.slice('other.'.length) : written;
  const fact = vocabulary.byPath.get(path);
  return fact ? { written, type: fact.type, unit: fact.unit ?? null, fact } : null;
}

function operandOf(fact: FactHere, key: string): Spot {
  const operator = operatorNames.find((name) => name === key);
  if (!operator) return nothing;
  switch (operatorOf(operator).operand) {
    case 'within':
      return spotOf({ kind: 'block', of: 'within' });
    case 'pairs':
      return spotOf({ kind: 'block', of: 'pairs' });
    case 'boolean':
      return spotOf({ kind: 'boolean' });
    case 'size':
    case 'scalar':
    case 'list':
      return { kind: 'operand', wanted: wantedBy(fact, operator, false) };
  }
}

/** What an operator is compared with, for a fact. */
export function wantedBy(fact: FactHere, operator: OperatorName, item: boolean): Wanted {
  const { operand } = operatorOf(operator);
  const size = operand === 'size';
  return {
    type: size ? { scalar: 'number', list: false } : { scalar: fact.type.scalar, list: operand === 'list' },
    unit: size ? null : fact.unit,
    values: size ? null : (fact.fact?.values ?? null),
    item,
    mayBeFact: !item,
    size,
  };
}

function itemOf(spot: Spot): Spot {
  switch (spot.kind) {
    case 'shape': {
      const list = shapeFor(spot, 'item');
      if (list?.kind === 'list') return spotOf(list.of);
      // A citation and the value of a parameter are one or a list of the same.
      return list?.kind === 'cite' || list?.kind === 'value' ? spot : nothing;
    }
    case 'operand':
      return spot.wanted.type.list
        ? {
            kind: 'operand',
            wanted: {
              ...spot.wanted,
              type: { ...spot.wanted.type, list: false },
              item: true,
              mayBeFact: false,
            },
          }
        : nothing;
    case 'test':
      return spot.fact.type.list ? nothing : { kind: 'operand', wanted: wantedBy(spot.fact, 'is', true) };
    case 'value':
      return spot.fact.type.list && !spot.item ? { ...spot, item: true } : nothing;
    case 'nothing':
      return nothing;
  }
}

function valueOf(path: string, vocabulary: Vocabulary): Spot {
  const fact = vocabulary.byPath.get(path);
  return fact && !fact.computed ? { kind: 'value', fact, item: false } : nothing;
}

/** `lines.1.record.minutes`, `lines.2`, `plan`, `plan.start`. */
function givenOf(path: string, vocabulary: Vocabulary): Spot {
  const line = /^lines\.\d+(?:\.(.*))?$/.exec(path);
  if (line) {
    const rest = line[1];
    if (rest === undefined) return spotOf({ kind: 'line' });
    if (rest === 'record') return spotOf({ kind: 'section', section: 'record' });
    return valueOf(rest.startsWith('record.') ? rest : `line.${rest}`, vocabulary);
  }
  if (path === 'priorVisits')
    return spotOf({ kind: 'list', of: { kind: 'section', section: 'priorVisits' } });
  const section = ['visit', ...optionalSections].find((name) => name === path);
  return section ? spotOf({ kind: 'section', section: section as Section }) : valueOf(path, vocabulary);
}
