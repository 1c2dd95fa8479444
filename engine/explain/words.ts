import { showValue } from '../evaluate/message.ts';
import type { Condition, FactRef, KnownValue, Operand, Value } from '../model/condition.ts';
import { operatorOf } from '../model/operators.ts';

/** Where the last word of a path is not yet what people say. */
const names: Readonly<Partial<Record<string, string>>> = {
  'line.code': 'procedure code',
  'line.units': 'units billed',
  'visit.date': 'date of service',
  'visit.received': 'date received',
  'record.type': 'type of therapy',
  'plan.active': 'treatment plan active',
  'plan.start': 'first day of the plan',
  'plan.through': 'last day of the plan',
  'plan.visits': 'visits planned',
  'plan.therapies': 'therapies in the plan',
  'plan.goals': 'goals of the plan',
};

/** A fact as people call it: `record.functionalGoal` is "functional goal". */
export function factWords(fact: Pick<FactRef, 'written' | 'path' | 'owner'>): string {
  const name = fact.path.slice(fact.path.lastIndexOf('.') + 1);
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const plain = names[fact.path] ?? words;
  return fact.owner === 'other' ? `the other line's ${plain}` : plain;
}

/** A condition as a sentence, without its result: "minutes are at least 8 minutes". */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'test': {
      const subject = factWords(condition.fact);
      const { words, wordsNot } = operatorOf(condition.operator);
      const plural = condition.fact.type.list || /(?:minutes|units billed|units|visits)$/.test(subject);
      const verb = (text: string) =>
        plural
          ? text
              .replace(/^is\b/, 'are')
              .replace(/^includes\b/, 'include')
              .replace(/^does\b/, 'do')
              .replace(/^has\b/, 'have')
          : text;
      if (condition.operator === 'documented') {
        const wanted = condition.operand.kind === 'literal' && condition.operand.value === true;
        return `${subject} ${verb(wanted ? words : wordsNot)}`;
      }
      const listName = namedList(condition.operand);
      if (listName !== null && (condition.operator === 'oneOf' || condition.operator === 'noneOf')) {
        return `${subject} ${verb(condition.operator === 'oneOf' ? 'is' : 'is not')} in the list ${listName}`;
      }
      if (condition.fact.type.scalar === 'boolean' && condition.operand.kind === 'literal') {
        return `${subject}: ${condition.operand.value === (condition.operator === 'is') ? 'yes' : 'no'}`;
      }
      return `${subject} ${verb(words)} ${operandWords(condition.operand, condition.fact)}`;
    }
    case 'all':
      return 'all of these hold';
    case 'any':
      return 'at least one of these holds';
    case 'not':
      return 'this does not hold';
    case 'named':
      return condition.name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    case 'anyOtherLine':
      return 'on at least one other line';
    case 'everyOtherLine':
      return 'on every other line';
    case 'noOtherLine':
      return 'on no other line';
  }
}

/** The name of a list or of a parameter that holds one. */
function namedList(operand: Operand): string | null {
  return operand.kind === 'literal' && Array.isArray(operand.value) ? operand.name : null;
}

/** What a test compares with, by name where it has one. */
export function operandWords(operand: Operand, fact: FactRef): string {
  switch (operand.kind) {
    case 'literal': {
      const shown = showKnown(operand.value, fact);
      if (operand.name === null) return shown;
      // A long list is better named than spelt out.
      return Array.isArray(operand.value) ? `the list ${operand.name}` : shown;
    }
    case 'dated':
      return operand.name;
    case 'fact': {
      const plus =
        operand.plus?.kind === 'literal'
          ? ` plus ${String(operand.plus.value)}${operand.fact.type.scalar === 'date' ? ' days' : ''}`
          : '';
      return `${factWords(operand.fact)}${plus}`;
    }
    case 'within':
      return `${operand.days.kind === 'literal' ? String(operand.days.value) : ''} days of ${operandWords(operand.of, fact)}`;
    case 'pairs':
      return `${factWords(operand.fact)} in the list ${operand.list}`;
  }
}

function showKnown(value: KnownValue, fact: FactRef): string {
  const shown = showValue(value, fact.type);
  return fact.unit && typeof value === 'number'
    ? `${shown} ${value === 1 ? fact.unit.replace(/s$/, '') : fact.unit}`
    : shown;
}

/** The value that was found, in words. */
export function valueWords(value: Value, fact: FactRef): string {
  if (value === undefined)
    return `${fact.section === 'record' ? 'the health record' : `the ${fact.section}`} was not supplied`;
  if (value === null) return 'not documented';
  return showKnown(value, fact);
}
