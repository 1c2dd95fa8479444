import { decimal } from '../base/decimal.ts';
import type { FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import type { Section } from '../facts/vocabulary.ts';
import type { FactRef, KnownValue, Operand, Value } from '../model/condition.ts';
import { encode, holderOf, isKnownAlone, numberIn, placeOfFact, suppliedName } from './to-rules.ts';
import type { EngineValue, RuleSet } from './to-rules.ts';
import type { EngineFacts } from './run.ts';

/** The figures of a policy for one encounter, by path; those of a line by its position. */
export interface Figures {
  readonly visit: ReadonlyMap<string, Value>;
  readonly supportableUnits: readonly Value[];
}

/** Of whom something is asked: a line, the visit, a prior visit; and within conditions over other lines, which other. */
export interface Subject {
  readonly table: FactTable;
  readonly vocabulary: Vocabulary;
  readonly figures: Figures;
  readonly line: number | null;
  readonly other: number | null;
  readonly prior: number | null;
}

/** The value of a fact for a subject. */
export function valueOf(fact: FactRef, subject: Subject): Value {
  const { table, vocabulary, figures } = subject;
  if (fact.owner === 'derived') return figures.visit.get(fact.path);
  if (vocabulary.byPath.get(fact.path)?.computed) {
    if (fact.owner === 'visit') return figures.visit.get(fact.path);
    return figures.supportableUnits[fact.owner === 'other' ? subject.other! : subject.line!];
  }
  return vectorOf(fact.owner, subject, table)[vocabulary.slots.get(fact.path)!];
}

function vectorOf(
  owner: FactRef['owner'],
  subject: Subject,
  table: FactTable,
): readonly (FactValue | undefined)[] {
  switch (owner) {
    case 'visit':
      return table.visit;
    case 'line':
      return table.lines[subject.line!]!;
    case 'other':
      return table.lines[subject.other!]!;
    case 'prior':
      return table.prior![subject.prior!]!;
    case 'derived':
      throw new Error('a figure lies in no vector');
  }
}

/** The value of the right side of a test for a subject. */
export function operandValue(operand: Operand, subject: Subject): Value {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'dated':
      throw new Error(`the operand ${operand.name} has not been bound to a day`);
    case 'fact': {
      const value = valueOf(operand.fact, subject);
      return operand.plus && typeof value === 'number' ? decimal(value + numberIn(operand.plus)) : value;
    }
    case 'within': {
      const day = operandValue(operand.of, subject);
      return typeof day === 'number' ? [day, numberIn(operand.days)] : day;
    }
    case 'pairs': {
      const code = valueOf(operand.fact, subject);
      return typeof code === 'string'
        ? operand.pairs.flatMap(({ value }) => (value.columnTwo === code ? [value.columnOne] : []))
        : code;
    }
  }
}

/** Everything that the rules of a set read of a subject, in the engine's terms. */
export function engineFacts(set: RuleSet, subject: Subject, otherLines: EngineFacts[string]): EngineFacts {
  const facts: Record<string, Record<string, EngineValue>> = {
    constant: { yes: true },
    supplied: {},
    operands: {},
  };
  for (const fact of set.facts) {
    const holder = (facts[holderOf(fact)] ??= {});
    const value = valueOf(fact, subject);
    holder[placeOfFact(fact).path.slice(2)] = encode(value ?? null, fact.type.scalar === 'date');
    facts.supplied![suppliedName(fact, subject.vocabulary)] = isSupplied(fact, value, subject);
  }
  for (const { name, of } of set.operands) {
    const value = operandValue(of.operand, subject);
    facts.operands![name] =
      value === undefined || value === null
        ? of.isList
          ? []
          : null
        : encodeOperand(of.operand, value, of.isDate);
  }
  return { ...facts, otherLines };
}

function encodeOperand(operand: Operand, value: KnownValue, isDate: boolean): EngineValue {
  if (operand.kind !== 'within') return encode(value, isDate);
  const [day, days] = value as readonly [number, number];
  return [encode(day, true) as string, days];
}

/** A computed fact is known or not for itself; most stated ones are known where their section was supplied. */
function isSupplied(fact: FactRef, value: Value, subject: Subject): boolean {
  if (isKnownAlone(fact, subject.vocabulary) || fact.owner === 'prior') return value !== undefined;
  return isSectionSupplied(fact.section, vectorOf(fact.owner, subject, subject.table), subject.vocabulary);
}

/** A section is supplied as a whole: its first stated fact shows it. */
export function isSectionSupplied(
  section: Section,
  vector: readonly unknown[],
  vocabulary: Vocabulary,
): boolean {
  const first = vocabulary.facts.find((fact) => fact.path.startsWith(`${section}.`) && !fact.computed);
  return first !== undefined && vector[vocabulary.slots.get(first.path)!] !== undefined;
}
