import { dateReceived, vocabulary } from '../facts/vocabulary.ts';
import type { FactRef, Operand, TestCondition } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import { nounOf, shownFacts } from './nouns.ts';
import { factWords, itemsOf, numberOf, operandWords } from './operands.ts';
import { joined, words } from './runs.ts';
import type { Run, Runs } from './runs.ts';
import { listNamed } from './speaking.ts';
import type { Speaking } from './speaking.ts';

/** Whether a condition is told (`is`) or demanded (`must`). */
export type Mood = 'is' | 'must';

/** One test as subject, verb and complement, so that every mood and its denial follow from one place. */
export interface Clause {
  readonly subject: Runs;
  readonly plural: boolean;
  /** Base form: `be`, `include`, `show`. */
  readonly verb: string;
  readonly complement: (negative: boolean) => Runs;
  readonly negative: boolean;
  /** The test also fails where nothing is documented, and its words alone would not say so. */
  readonly alsoDocumented: boolean;
}

export function clauseOf(test: TestCondition, speaking: Speaking): Clause {
  const { fact, operator } = test;
  const special =
    shownClause(test, speaking) ?? receivedClause(test, speaking) ?? spokenClause(test, speaking);
  if (special) return special;
  const { verb, negative, complement } = predicateOf(test, speaking);
  return {
    subject: factWords(fact, speaking),
    plural: fact.owner !== 'derived' && nounOf(fact).plural,
    verb,
    complement,
    negative,
    alsoDocumented: negative && operator !== 'documented' && mayBeMissing(fact),
  };
}

/** "the recorded time is at least 8 minutes"; `denied` says the opposite. */
export function sayClause(clause: Clause, mood: Mood, denied: boolean): Runs {
  return words(clause.subject, ' ', predicateWords(clause, mood, denied));
}

/** What is said of a subject that stands before it already: "is on this list" and then "not on that one". */
export function sayAlso(clause: Clause, mood: Mood, denied: boolean): Runs {
  const { verb, complement, alsoDocumented } = clause;
  if (verb !== 'be' || alsoDocumented) return predicateWords(clause, mood, denied);
  const negative = clause.negative !== denied;
  return words(negative ? 'not ' : '', complement(negative));
}

function predicateWords(clause: Clause, mood: Mood, denied: boolean): Runs {
  const negative = clause.negative !== denied;
  const own = (neg: boolean) => words(conjugate(clause, clause.verb, mood, neg), ' ', clause.complement(neg));
  if (!clause.alsoDocumented) return own(negative);
  if (!denied) return words(conjugate(clause, 'be', mood, false), ' documented and ', own(true));
  return mood === 'must'
    ? words(`must be undocumented or ${clause.verb} `, clause.complement(false))
    : words(conjugate(clause, 'be', mood, true), ' documented or ', own(false));
}

function conjugate({ plural }: Pick<Clause, 'plural'>, verb: string, mood: Mood, negative: boolean): string {
  if (mood === 'must') return negative ? `must not ${verb}` : `must ${verb}`;
  if (verb === 'be') return `${plural ? 'are' : 'is'}${negative ? ' not' : ''}`;
  if (negative) return `${plural ? 'do' : 'does'} not ${verb}`;
  return plural ? verb : `${verb}s`;
}

/** What every encounter states, or what is none where it is not stated. */
function mayBeMissing({ path, owner }: FactRef): boolean {
  if (owner === 'derived' || ['line.code', 'visit.date', 'visit.payer'].includes(path)) return false;
  const fact = vocabulary.find((it) => it.path === path);
  return fact?.absentMeansNone !== true && fact?.absentMeansUnknown !== true;
}

interface Predicate {
  readonly verb: string;
  readonly negative: boolean;
  readonly complement: (negative: boolean) => Runs;
}

type Wording = (test: TestCondition, speaking: Speaking) => Predicate;

const be =
  (before: string, beforeDenied = before): Wording =>
  ({ operand, fact }, speaking) => ({
    verb: 'be',
    negative: false,
    complement: (denied) => words(denied ? beforeDenied : before, operandWords(operand, fact, speaking)),
  });

const among =
  (negative: boolean): Wording =>
  ({ operand, fact }, speaking) => ({
    verb: 'be',
    negative,
    complement: () => {
      const { name, value } = listOf(operand);
      if (name !== null && listNamed(name, speaking))
        return words('on the list ', operandWords(operand, fact, speaking));
      if (operand.kind === 'fact') return words('among ', operandWords(operand, fact, speaking));
      return value === null || value.length === 0
        ? words('one of ', operandWords(operand, fact, speaking))
        : operandWords(operand, fact, speaking);
    },
  });

const include =
  (negative: boolean): Wording =>
  ({ operand, fact }, speaking) => ({
    verb: 'include',
    negative,
    complement: () => operandWords(operand, fact, speaking),
  });

const includeSome =
  (how: 'any' | 'all', negative = false): Wording =>
  ({ operand, fact }, speaking) => ({
    verb: 'include',
    negative,
    complement: (denied) => {
      const { name, value } = listOf(operand);
      const quantity = how === 'all' ? 'all' : denied ? 'any' : 'at least one';
      if (name !== null && listNamed(name, speaking))
        return words(
          how === 'all' ? 'every entry' : denied ? 'any entry' : 'at least one entry',
          ' of the list ',
          operandWords(operand, fact, speaking),
        );
      if (operand.kind === 'fact' || value === null)
        return words(`${quantity} of `, operandWords(operand, fact, speaking));
      return joined(itemsOf(value, fact), how === 'all' ? 'and' : 'or');
    },
  });

const size =
  (before: string): Wording =>
  ({ operand }) => ({
    verb: 'number',
    negative: false,
    complement: () => words(before, numberOf(operand, null)),
  });

/** How each operator speaks; `documented` and `is` of yes-or-no facts look at their operand. */
const wordings = {
  is: (test, speaking) => sameAs(test, speaking, false),
  isNot: (test, speaking) => sameAs(test, speaking, true),
  oneOf: among(false),
  noneOf: among(true),
  documented: ({ operand, fact }) => ({
    verb: 'be',
    negative: !(operand.kind === 'literal' && operand.value === true),
    // A claim states what a record documents.
    complement: () => words(fact.section === 'line' || fact.section === 'visit' ? 'stated' : 'documented'),
  }),
  lessThan: be('less than '),
  atMost: be('at most '),
  atLeast: be('at least '),
  moreThan: be('more than '),
  before: be('earlier than '),
  onOrBefore: be('no later than ', 'on or before '),
  onOrAfter: be('no earlier than ', 'on or after '),
  after: be('later than '),
  withinDaysOf: be('within '),
  includes: include(false),
  excludes: include(true),
  includesAny: includeSome('any'),
  includesAll: includeSome('all'),
  includesNone: includeSome('any', true),
  sizeAtLeast: size('at least '),
  sizeAtMost: size('at most '),
  startsWith: (test, speaking) => ({
    verb: 'start',
    negative: false,
    complement: () => words('with ', operandWords(test.operand, test.fact, speaking)),
  }),
  pairedWith: be('column one of a pair whose column two is '),
} as const satisfies Record<OperatorName, Wording>;

function predicateOf(test: TestCondition, speaking: Speaking): Predicate {
  return wordings[test.operator](test, speaking);
}

function sameAs({ operand, fact }: TestCondition, speaking: Speaking, negative: boolean): Predicate {
  const same = operand.kind === 'fact' ? 'the same as ' : '';
  return {
    verb: 'be',
    negative,
    complement: () => words(same, operandWords(operand, fact, speaking)),
  };
}

/** The name and the items of a list operand; the items are null where they change with the day. */
function listOf(operand: Operand): {
  readonly name: string | null;
  readonly value: readonly (string | number)[] | null;
} {
  if (operand.kind === 'literal')
    return { name: operand.name, value: Array.isArray(operand.value) ? operand.value : null };
  if (operand.kind !== 'dated') return { name: null, value: null };
  const [first, ...more] = operand.values;
  return {
    name: operand.name,
    value: first && more.length === 0 ? (first.value as readonly string[]) : null,
  };
}

/** Yes-or-no facts: what the record shows. */
function shownClause({ fact, operator, operand }: TestCondition, speaking: Speaking): Clause | null {
  if (fact.type.scalar !== 'boolean' || operand.kind !== 'literal') return null;
  if (operator !== 'is' && operator !== 'isNot') return null;
  const yes = (operand.value === true) === (operator === 'is');
  const frame = { plural: false, negative: false, alsoDocumented: false };
  if (fact.path === 'plan.active') {
    const subject: Runs = [{ kind: 'fact', text: 'the treatment plan', path: fact.path }];
    return {
      ...frame,
      subject,
      verb: 'be',
      complement: () => words(yes ? 'active' : 'recorded as not active'),
    };
  }
  const shown = shownFacts[fact.path];
  if (!shown)
    return {
      ...frame,
      subject: factWords(fact, speaking),
      verb: 'be',
      complement: () => words({ kind: 'value', text: yes ? '“yes”' : '“no”' }),
    };
  return {
    ...frame,
    subject: recordOf(fact, speaking),
    verb: 'show',
    complement: () => words('that ', { kind: 'value', text: yes ? shown.yes : shown.no }),
  };
}

const receivedWords: Readonly<Partial<Record<OperatorName, string>>> = {
  is: 'on ',
  before: 'before ',
  onOrBefore: 'on or before ',
  onOrAfter: 'on or after ',
  after: 'after ',
};

/** "the claim is received on or after 1 April 2020" */
function receivedClause({ fact, operator, operand }: TestCondition, speaking: Speaking): Clause | null {
  const when = receivedWords[operator];
  if (fact.path !== dateReceived || when === undefined) return null;
  if (operand.kind !== 'literal' && operand.kind !== 'dated') return null;
  return {
    subject: [{ kind: 'fact', text: 'the claim', path: fact.path }],
    plural: false,
    verb: 'be',
    complement: () => words('received ', when, operandWords(operand, fact, speaking)),
    negative: false,
    alsoDocumented: false,
  };
}

function recordOf(fact: FactRef, speaking: Speaking): Runs {
  const text = fact.owner === 'line' && speaking.other ? 'this line’s record' : 'the record';
  return [{ kind: 'fact', text, path: fact.path }];
}

/** Facts of which people speak in another way than "the performer of the service is …". */
function spokenClause(test: TestCondition, speaking: Speaking): Clause | null {
  const { fact, operator, operand } = test;
  const items = fixedItems(operand);
  if (items === null || speaking.other) return null;
  const frame = { plural: false, negative: false, alsoDocumented: false };
  const run = (text: string): Runs => [valueRun(operand, text)];
  const oneOf = operator === 'is' || operator === 'oneOf';
  if (fact.path === 'record.contact' && oneOf) {
    const text = `${joined(itemsOf(items, fact), 'or')
      .map((item) => item.text)
      .join('')} contact`;
    return { ...frame, subject: recordOf(fact, speaking), verb: 'show', complement: () => run(text) };
  }
  if ((fact.path === 'record.performedBy' || fact.path === 'provider.type') && oneOf) {
    const people = joined(
      itemsOf(items, fact).map(([item]) => words(withArticle(item!.text))),
      'or',
    );
    const text = people.map((item) => item.text).join('');
    const service = fact.path === 'record.performedBy';
    return {
      ...frame,
      subject: [{ kind: 'fact', text: service ? 'the service' : 'the provider', path: fact.path }],
      verb: 'be',
      complement: () => words(service ? 'performed by ' : '', run(text)),
    };
  }
  if (fact.path === 'record.consistentWith' && operator === 'includesAll') {
    const text = joined(itemsOf(items, fact), 'and')
      .map((item) => item.text)
      .join('');
    return {
      ...frame,
      subject: [{ kind: 'fact', text: 'the service', path: fact.path }],
      verb: 'be',
      complement: () => words('consistent with the ', run(text)),
    };
  }
  return null;
}

const withArticle = (noun: string): string =>
  noun === 'other' ? 'someone else' : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function fixedItems(operand: Operand): readonly (string | number)[] | null {
  if (operand.kind === 'literal' && typeof operand.value === 'string') return [operand.value];
  const { value } = listOf(operand);
  return value !== null && value.length > 0 ? value : null;
}

function valueRun(operand: Operand, text: string): Run {
  const name = operand.kind === 'literal' || operand.kind === 'dated' ? operand.name : null;
  return name === null ? { kind: 'value', text } : { kind: 'parameter', text, name };
}

/** What a test asks for, without its subject: "at least 8 minutes". */
export function neededWords(test: TestCondition, speaking: Speaking): Runs {
  const { negative, complement, alsoDocumented } = clauseOf(test, speaking);
  return words(
    negative && !alsoDocumented ? 'not ' : alsoDocumented ? 'something that is not ' : '',
    complement(negative),
  );
}
