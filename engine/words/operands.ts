import type { FactRef, KnownValue, Operand } from '../model/condition.ts';
import type { Dated } from '../model/effective.ts';
import { nounOf } from './nouns.ts';
import { joined, nameWords, textOf, words } from './runs.ts';
import type { Runs } from './runs.ts';
import { listNamed } from './speaking.ts';
import type { Speaking } from './speaking.ts';
import { amount, itemWords, singular } from './values.ts';

/** A fact as it is spoken of here: "the procedure code", or beside another line "this line's procedure code". */
export function factWords(fact: FactRef, speaking: Speaking, asOperand = false): Runs {
  if (fact.owner === 'derived') return words('the figure ', figureTerm(fact));
  const { text } = nounOf(fact);
  const whose =
    fact.owner === 'line' && speaking.other
      ? 'this line’s '
      : fact.owner === 'other' && asOperand
        ? 'the other line’s '
        : null;
  return [
    { kind: 'fact', path: fact.path, text: whose === null ? text : text.replace(/^the /, () => whose) },
  ];
}

function figureTerm(fact: FactRef): Runs {
  const name = fact.path.slice('derived.'.length);
  return [{ kind: 'term', text: `“${nameWords(name)}”`, name }];
}

/** The unit to say behind a number that is compared with a fact: none where the noun has said it. */
function spokenUnit(fact: FactRef): string | null {
  if (fact.unit === null) return null;
  const name = fact.owner === 'derived' ? nameWords(fact.path) : nounOf(fact).text;
  return name.includes(singular(fact.unit)) || name.includes(fact.unit) ? null : fact.unit;
}

/** One operand in words, in the place of one value: "8 minutes", "the date of service", "28 days after …". */
export function operandWords(operand: Operand, fact: FactRef, speaking: Speaking): Runs {
  switch (operand.kind) {
    case 'literal':
      return namedValue(operand.name, operand.value, fact, speaking);
    case 'dated': {
      const [first, ...others] = operand.values;
      const value = onlyValue(operand.values);
      if (first && value !== undefined) return namedValue(operand.name, value, fact, speaking);
      return others.length > 0 || !first
        ? [{ kind: 'parameter', text: `the ${nameWords(operand.name)}`, name: operand.name }]
        : namedValue(operand.name, first.value, fact, speaking);
    }
    case 'fact':
      return otherFactWords(operand, fact, speaking);
    case 'within':
      return words(numberOf(operand.days, 'days'), ' of ', operandWords(operand.of, fact, speaking));
    case 'pairs':
      return words(
        factWords(operand.fact, speaking, true),
        ', on the list ',
        listTitle(operand.list, speaking),
      );
  }
}

/** The one value of all periods, or undefined where it changes. */
function onlyValue(values: readonly Dated<KnownValue>[]): KnownValue | undefined {
  const [first, ...others] = values;
  const same = (other: Dated<KnownValue>) => JSON.stringify(other.value) === JSON.stringify(first?.value);
  return others.every(same) ? first?.value : undefined;
}

function namedValue(name: string | null, value: KnownValue, fact: FactRef, speaking: Speaking): Runs {
  if (name !== null && listNamed(name, speaking)) return listTitle(name, speaking);
  const text = Array.isArray(value)
    ? textOf(joined(itemsOf(value, fact), 'or'))
    : itemWords(value as string | number | boolean, fact.type, spokenUnit(fact));
  return [name === null ? { kind: 'value', text } : { kind: 'parameter', text, name }];
}

/** The items of a list that stands in the policy itself: "97140 or 97124". */
export function literalItems(operand: Operand, fact: FactRef, speaking: Speaking, last: 'and' | 'or'): Runs {
  return operand.kind === 'literal' && Array.isArray(operand.value)
    ? joined(itemsOf(operand.value, fact), last)
    : operandWords(operand, fact, speaking);
}

export function itemsOf(value: KnownValue, fact: FactRef): readonly Runs[] {
  const items = Array.isArray(value) ? (value as readonly (string | number)[]) : [value as string];
  // An empty list is allowed, and of its entries there are none.
  if (items.length === 0) return [[{ kind: 'value', text: 'none' }]];
  return items.map((item) => [{ kind: 'value', text: itemWords(item, fact.type) }]);
}

export function listTitle(id: string, speaking: Speaking): Runs {
  const title = listNamed(id, speaking)?.title;
  return [{ kind: 'list', text: `“${title === undefined || title === '' ? id : title}”`, list: id }];
}

function otherFactWords(
  { fact: other, plus }: Extract<Operand, { kind: 'fact' }>,
  fact: FactRef,
  speaking: Speaking,
): Runs {
  const same = other.path === fact.path && other.owner !== fact.owner;
  const whose = other.owner === 'other' ? 'of the other line' : 'of this line';
  const named: Runs = same
    ? [{ kind: 'fact', path: other.path, text: `${nounOf(other).plural ? 'those' : 'that'} ${whose}` }]
    : factWords(other, speaking, true);
  if (!plus) return named;
  if (fact.type.scalar !== 'date') return words(named, ' plus ', numberOf(plus, other.unit));
  const days = plus.kind === 'literal' || plus.kind === 'dated' ? numberIn(plus) : null;
  return days !== null && days < 0
    ? words({ kind: 'value', text: amount(-days, 'days') }, ' before ', named)
    : words(numberOf(plus, 'days'), ' after ', named);
}

function numberIn(operand: Extract<Operand, { kind: 'literal' | 'dated' }>): number | null {
  const value = operand.kind === 'literal' ? operand.value : onlyValue(operand.values);
  return typeof value === 'number' ? value : null;
}

/** A distance or count: a number or a parameter that holds one. */
export function numberOf(operand: Operand, unit: string | null): Runs {
  if (operand.kind !== 'literal' && operand.kind !== 'dated')
    throw new Error(`a distance is a number or a parameter, and this is ${operand.kind}`);
  const value = numberIn(operand);
  const { name } = operand;
  if (value === null) return [{ kind: 'parameter', text: `the ${nameWords(name ?? '')}`, name: name ?? '' }];
  const text = amount(value, unit);
  return [name === null ? { kind: 'value', text } : { kind: 'parameter', text, name }];
}
