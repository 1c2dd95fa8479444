import type { Place } from '../base/source.ts';
import type { ConditionTrace, RuleOutcome, RuleTrace, Truth, Verdict } from '../evaluate/outcome.ts';
import type { ClauseBasis } from '../language/syntax.ts';
import { effects } from '../model/policy.ts';
import type { Citation, Effect, Parameter, Policy } from '../model/policy.ts';
import { receivedTests } from '../model/received.ts';
import { neededWords } from '../words/clause.ts';
import type { Mood } from '../words/clause.ts';
import { isSimple, leadOf, phraseOf } from '../words/phrase.ts';
import { nameWords, textOf, words } from '../words/runs.ts';
import type { Runs } from '../words/runs.ts';
import { listNamed } from '../words/speaking.ts';
import type { Naming, Speaking } from '../words/speaking.ts';
import { valueWords } from '../words/values.ts';

/** Why one rule came out as it did for one line or the visit: a tree in words, with the values and their places. */
export interface Explanation {
  readonly rule: string;
  readonly title: string;
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  readonly outcome: RuleOutcome;
  readonly effect: Effect;
  /** The rule's message and remedy where it is violated, else empty. */
  readonly message: string;
  readonly remedy: string;
  readonly citations: readonly CitedClause[];
  readonly place: Place;
  readonly parts: readonly ExplainedPart[];
}

/** A clause that a rule cites, with what it says; title and text are empty where no source has it. */
export interface CitedClause {
  readonly source: string;
  readonly clause: string;
  readonly title: string;
  readonly text: string;
  readonly basis: ClauseBasis | null;
  /** Where the clause stands in its source, null where no source has it. */
  readonly place: Place | null;
}

export const conditionRoles = ['when', 'require', 'unless'] as const;

export interface ExplainedPart {
  readonly role: (typeof conditionRoles)[number];
  /**
   * For which claims it is the part of the rule: "the claim is received on or before 10 March 2024". Null where only one
   * revision of the policy says anything.
   */
  readonly ifReceived: string | null;
  /** All of them belong to the part; it has no root of its own. */
  readonly conditions: readonly ExplainedCondition[];
}

export interface ExplainedCondition {
  /** The other line that it speaks of, 1-based, or null. */
  readonly otherLine: number | null;
  readonly sentence: string;
  readonly runs: Runs;
  readonly result: Truth;
  /** The value found, in words; null for conditions that only join others. */
  readonly found: string | null;
  /** What the test asks for, where it does not hold and its sentence leaves that open. */
  readonly needs: string | null;
  readonly place: Place;
  readonly children: readonly ExplainedCondition[];
}

/** Every condition of an explanation, the upper ones first. */
export function conditionsIn({ parts }: Pick<Explanation, 'parts'>): readonly ExplainedCondition[] {
  const withBelow = (condition: ExplainedCondition): readonly ExplainedCondition[] => [
    condition,
    ...condition.children.flatMap(withBelow),
  ];
  return parts.flatMap(({ conditions }) => conditions.flatMap(withBelow));
}

/** What gives names, and the policies whose parameters are told from lists. A workspace is one. */
export interface Explaining extends Naming {
  readonly policies: readonly Pick<Policy, 'id' | 'parameters'>[];
}

/**
 * Traces in words, in the order of the traces. The verdict gives violated rules their messages.
 * Each rule once for each line: where the date received is not known, what several revisions of it say stands together.
 */
export function explainTraces(
  traces: readonly RuleTrace[],
  verdict: Verdict,
  explaining: Explaining,
): readonly Explanation[] {
  return [...revisionsOf(traces).values()].map((revisions) => {
    const speak = gravestOf(revisions);
    const [{ rule, line, outcome }] = speak;
    const subject = line === null ? verdict.visit : verdict.lines[line - 1];
    const finding = subject?.violated.find((one) => one.rule === rule.id);
    const speaking = speakingFor(rule.id, explaining);
    const cites = new Map(
      speak.flatMap((one) => one.rule.cites.map((cite) => [`${cite.source}#${cite.clause}`, cite] as const)),
    );
    return {
      rule: rule.id,
      title: rule.title,
      line,
      outcome,
      effect: effects.find((effect) => speak.some((one) => one.rule.effect === effect))!,
      message: finding?.message ?? '',
      remedy: finding?.remedy ?? '',
      citations: [...cites.values()].map((cite) => citedClause(cite, explaining)),
      place: rule.place,
      parts: speak.flatMap((one) => {
        const ifReceived = speak.length === 1 ? null : receivedWords(one.rule, speaking);
        return conditionRoles.flatMap((role): ExplainedPart[] => {
          const part = one[role];
          const mood = role === 'require' ? 'must' : 'is';
          return part ? [{ role, ifReceived, conditions: explainAll(part, mood, speaking) }] : [];
        });
      }),
    };
  });
}

/** The traces of each rule for each line: more than one where several revisions of it were judged. */
function revisionsOf(traces: readonly RuleTrace[]): ReadonlyMap<string, readonly RuleTrace[]> {
  const revisions = new Map<string, RuleTrace[]>();
  for (const trace of traces) {
    const key = `${trace.rule.id} ${trace.line ?? 'visit'}`;
    const known = revisions.get(key);
    if (known) known.push(trace);
    else revisions.set(key, [trace]);
  }
  return revisions;
}

/**
 * Of the revisions of a rule those that say something. Only where it is not known when a claim was received are there
 * several, and then each is open or does not apply; of those that do not apply the first is enough.
 */
function gravestOf(revisions: readonly RuleTrace[]): readonly [RuleTrace, ...RuleTrace[]] {
  const [first, ...others] = revisions.filter(({ outcome }) => outcome !== 'not-applicable');
  return first ? [first, ...others] : [revisions[0]!];
}

/** For which dates received a rule is asked, from its own conditions. */
function receivedWords({ when }: RuleTrace['rule'], speaking: Speaking): string | null {
  const tests = when === null ? [] : receivedTests(when);
  return tests.length === 0
    ? null
    : tests.map((test) => textOf(leadOf(test, 'is', speaking, false))).join(' and ');
}

/** Who speaks for a rule: the parameters are those of its policy, whichever revision. */
export function speakingFor(rule: string, { lists, sources, policies }: Explaining): Speaking {
  const id = rule.slice(0, rule.indexOf('/'));
  const parameters = policies.flatMap((policy): readonly Parameter[] =>
    policy.id === id ? policy.parameters : [],
  );
  return { naming: { lists, sources }, parameters, other: false };
}

export function citedClause(
  { source, clause }: Pick<Citation, 'source' | 'clause'>,
  { sources }: Pick<Naming, 'sources'>,
): CitedClause {
  const from = sources.find(({ id }) => id === source);
  const found = from?.clauses.find(({ id }) => id === clause);
  return {
    source,
    clause,
    title: from?.title ?? '',
    text: found?.text ?? '',
    basis: found?.basis ?? null,
    place: found?.place ?? null,
  };
}

/** A condition as what stands on the lines below a part: the members of a conjunction rather than the conjunction. */
function explainAll(trace: ConditionTrace, mood: Mood, speaking: Speaking): readonly ExplainedCondition[] {
  const { condition, children } = trace;
  if (condition.kind === 'all') return children.flatMap((child) => explainAll(child, mood, speaking));
  if (condition.kind === 'named' && isSimple(condition)) return explainAll(children[0]!, mood, speaking);
  return [explain(trace, mood, speaking, false)];
}

function explain(trace: ConditionTrace, mood: Mood, speaking: Speaking, denied: boolean): ExplainedCondition {
  const { condition, children } = trace;
  switch (condition.kind) {
    case 'test':
      return explainTest(trace, mood, speaking, denied);
    case 'not':
      // Where the sentence itself is denied, the result of the denial is what it says.
      return {
        ...explain(children[0]!, mood, speaking, !denied),
        result: denied ? opposite(trace.result) : trace.result,
        place: condition.place,
      };
    case 'named':
      if (isSimple(condition)) return explain(children[0]!, mood, speaking, denied);
      return joining(trace, leadOf(condition, mood, speaking, denied), denied, () =>
        explainAll(children[0]!, 'is', speaking),
      );
    case 'all':
    case 'any':
      return joining(trace, leadOf(condition, mood, speaking, denied), denied, () =>
        children.map((child) => explain(child, 'is', speaking, false)),
      );
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine': {
      const { runs } = phraseOf(condition, mood, speaking, denied);
      const inner = { ...speaking, other: true };
      return joining(trace, runs, denied, () =>
        children.map((child, index) => ofOtherLine(child, trace.lines![index]!, inner)),
      );
    }
  }
}

function joining(
  { condition, result }: ConditionTrace,
  runs: Runs,
  denied: boolean,
  children: () => readonly ExplainedCondition[],
): ExplainedCondition {
  return {
    otherLine: null,
    sentence: textOf(runs),
    runs,
    result: denied ? opposite(result) : result,
    found: null,
    needs: null,
    place: condition.place,
    children: children(),
  };
}

/** What is asked of another line, under the number of that line. */
function ofOtherLine(trace: ConditionTrace, otherLine: number, speaking: Speaking): ExplainedCondition {
  const members = explainAll(trace, 'is', speaking);
  const [only] = members;
  if (members.length === 1 && only) return { ...only, otherLine };
  return { ...joining(trace, leadOf(trace.condition, 'is', speaking), false, () => members), otherLine };
}

function explainTest(
  { condition, result, actual, operand }: ConditionTrace,
  mood: Mood,
  speaking: Speaking,
  denied: boolean,
): ExplainedCondition {
  if (condition.kind !== 'test') throw new Error(`expected a test, found ${condition.kind}`);
  const runs = leadOf(condition, mood, speaking, denied);
  const says = denied ? opposite(result) : result;
  const other = condition.operand.kind === 'fact' ? condition.operand.fact : null;
  const open = says === true || denied || condition.operator === 'documented';
  const needed = open ? [] : neededWords(condition, speaking);
  const parameter = condition.operand.kind === 'literal' ? condition.operand.name : null;
  const compared =
    other && operand !== undefined && !condition.fact.type.list
      ? words(' (', valueWords(operand, { ...other, unit: condition.fact.unit }), ')')
      : parameter !== null && listNamed(parameter, speaking) === null
        ? words(` (${nameWords(parameter)})`)
        : [];
  return {
    otherLine: null,
    sentence: textOf(runs),
    runs,
    result: says,
    found: valueWords(actual, condition.fact),
    needs: open ? null : textOf(words(needed, compared)),
    place: condition.place,
    children: [],
  };
}

function opposite(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}
