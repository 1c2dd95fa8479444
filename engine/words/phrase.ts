import type { Place } from '../base/source.ts';
import type { Condition, TestCondition } from '../model/condition.ts';
import { clauseOf, sayAlso, sayClause } from './clause.ts';
import type { Mood } from './clause.ts';
import { joined, nameWords, textOf, words } from './runs.ts';
import type { Run, Runs } from './runs.ts';
import type { Speaking } from './speaking.ts';

/** A condition in words: one sentence, and below it what it counts up where that would be too much for a sentence. */
export interface Phrase {
  readonly runs: Runs;
  readonly items: readonly Phrase[];
  readonly place: Place;
}

/** More than this many conditions are counted up, and not said in one breath. */
const mostInline = 3;

export function phraseOf(condition: Condition, mood: Mood, speaking: Speaking, denied = false): Phrase {
  const inline = inlineRuns(condition, mood, speaking, denied);
  if (inline) return { runs: inline, items: [], place: condition.place };
  const plain = plainOf(condition);
  if (plain.kind === 'not') return phraseOf(plain.condition, mood, speaking, !denied);
  const below = plain.kind === 'all' || plain.kind === 'any' ? conjuncts(plain) : [];
  if (below.length > 0)
    return {
      runs: words(leadOf(plain, mood, speaking, denied), ':'),
      items: below.map((child) => phraseOf(child, 'is', speaking)),
      place: plain.place,
    };
  if (plain.kind === 'anyOtherLine' || plain.kind === 'everyOtherLine' || plain.kind === 'noOtherLine') {
    const inner = { ...speaking, other: true };
    const child = phraseOf(plain.condition, plain.kind === 'everyOtherLine' && !denied ? mood : 'is', inner);
    return {
      runs: words(leadOf(plain, mood, speaking, denied), ', ', child.runs),
      items: child.items,
      place: plain.place,
    };
  }
  throw new Error(`a ${plain.kind} is always said in one breath`);
}

/** The words of a condition without those below it, for a tree that shows them on lines of their own. */
export function leadOf(condition: Condition, mood: Mood, speaking: Speaking, denied = false): Runs {
  const must = mood === 'must';
  switch (condition.kind) {
    case 'test':
      return sayClause(clauseOf(condition, speaking), mood, denied);
    case 'all':
      if (denied) return words(must ? 'not all of these may hold' : 'not all of these hold');
      return words(must ? 'all of these must hold' : 'all of these hold');
    case 'any':
      if (denied) return words(must ? 'none of these may hold' : 'none of these holds');
      return words(must ? 'at least one of these must hold' : 'at least one of these holds');
    case 'not':
      return leadOf(condition.condition, mood, speaking, !denied);
    case 'named': {
      const verb = must ? (denied ? ' must not hold' : ' must hold') : denied ? ' does not hold' : ' holds';
      return words(termRun(condition.name), verb);
    }
    case 'anyOtherLine':
    case 'noOtherLine': {
      const none = (condition.kind === 'noOtherLine') !== denied;
      return words(
        `there ${must ? 'must be' : 'is'} ${none ? 'no other' : 'another'} line of the visit on which`,
      );
    }
    case 'everyOtherLine':
      return words(
        denied
          ? `there ${must ? 'must be' : 'is'} another line of the visit on which it is not so that`
          : 'on every other line of the visit',
      );
  }
}

export function termRun(name: string): Run {
  return { kind: 'term', text: `“${nameWords(name)}”`, name };
}

/** A named condition of one test, and a denial of a denial, are said as what they are. */
export function plainOf(condition: Condition): Condition {
  if (condition.kind === 'named' && isSimple(condition)) return plainOf(condition.condition);
  if (condition.kind === 'not' && condition.condition.kind === 'not')
    return plainOf(condition.condition.condition);
  if ((condition.kind === 'all' || condition.kind === 'any') && condition.conditions.length === 1)
    return plainOf(condition.conditions[0]!);
  return condition;
}

/** Whether a named condition is one test, so that its words can stand in its place. */
export function isSimple(condition: Extract<Condition, { kind: 'named' }>): boolean {
  const inner = plainOf(condition.condition);
  return inner.kind === 'test' || (inner.kind === 'not' && plainOf(inner.condition).kind === 'test');
}

/** What a conjunction joins, conjunctions within it included; of an alternative, alternatives within it. */
export function conjuncts(condition: Condition): readonly Condition[] {
  const plain = plainOf(condition);
  if (plain.kind !== 'all' && plain.kind !== 'any') return [plain];
  return plain.conditions.flatMap((child) => {
    const inner = plainOf(child);
    return inner.kind === plain.kind ? conjuncts(inner) : [inner];
  });
}

/** A condition in one breath, or null where it must be counted up. */
function inlineRuns(condition: Condition, mood: Mood, speaking: Speaking, denied: boolean): Runs | null {
  const plain = plainOf(condition);
  switch (plain.kind) {
    case 'test':
    case 'named':
      return leadOf(plain, mood, speaking, denied);
    case 'not':
      return inlineRuns(plain.condition, mood, speaking, !denied);
    case 'all':
    case 'any': {
      const parts = conjuncts(plain);
      const sayAll = (plain.kind === 'all') !== denied;
      const tests = parts.map(testIn);
      const oneSubject = tests.every(
        (test) => test !== null && test.test.fact.written === tests[0]?.test.fact.written,
      );
      if (parts.length > mostInline) return null;
      if (!sayAll && !oneSubject && (mood === 'must' || tests.includes(null))) return null;
      const said = parts.map((part) => inlineRuns(part, mood, speaking, denied));
      if (said.includes(null)) return null;
      // An alternative within a conjunction would leave open what belongs together.
      if (sayAll && parts.some((part) => plainOf(part).kind === (denied ? 'all' : 'any'))) return null;
      return joined(withoutRepetition(parts, said as Runs[], mood, speaking, denied), sayAll ? 'and' : 'or');
    }
    case 'anyOtherLine':
    case 'noOtherLine':
    case 'everyOtherLine': {
      const every = plain.kind === 'everyOtherLine' && !denied;
      const inner = inlineRuns(plain.condition, every ? mood : 'is', { ...speaking, other: true }, false);
      return inner && words(leadOf(plain, mood, speaking, denied), every ? ', ' : ' ', inner);
    }
  }
}

/** The test that a condition is, or whose denial it is. */
export function testIn(
  condition: Condition,
): { readonly test: TestCondition; readonly denied: boolean } | null {
  const plain = plainOf(condition);
  if (plain.kind === 'test') return { test: plain, denied: false };
  if (plain.kind !== 'not') return null;
  const inner = testIn(plain.condition);
  return inner && { test: inner.test, denied: !inner.denied };
}

/** Of neighbours with the same subject the later ones leave it out: "the code is on this list and is not on that". */
function withoutRepetition(
  parts: readonly Condition[],
  said: readonly Runs[],
  mood: Mood,
  speaking: Speaking,
  denied: boolean,
): readonly Runs[] {
  return said.map((runs, index) => {
    const [before, own] = [parts[index - 1], parts[index]!].map((part) => part && testIn(part));
    if (!before || !own) return runs;
    const [first, second] = [before, own].map(({ test }) => clauseOf(test, speaking));
    if (
      textOf(first!.subject) !== textOf(second!.subject) ||
      before.test.fact.written !== own.test.fact.written
    )
      return runs;
    return sayAlso(second!, mood, own.denied !== denied);
  });
}
