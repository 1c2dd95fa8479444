import { formatDay } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import type { ConditionTrace, RuleOutcome, RuleTrace, Truth, Verdict } from '../evaluate/outcome.ts';
import type { Effect } from '../model/policy.ts';
import { conditionWords, valueWords } from './words.ts';

/** Why one rule came out as it did for one line or the visit, in words, with the values and their places. */
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
  readonly cites: readonly string[];
  readonly place: Place;
  readonly conditions: readonly ExplainedCondition[];
}

export interface ExplainedCondition {
  /** `when`, `require`, `unless`. */
  readonly role: 'when' | 'require' | 'unless';
  /** How deep it stands below its role, 0 first. */
  readonly depth: number;
  readonly sentence: string;
  readonly result: Truth;
  /** The value found, in words; null for conditions that only join others. */
  readonly value: string | null;
  readonly place: Place;
}

/** Traces in words, gravest first within each subject. The verdict gives violated rules their messages. */
export function explainTraces(traces: readonly RuleTrace[], verdict: Verdict): readonly Explanation[] {
  return traces.map((trace) => {
    const subject = trace.line === null ? verdict.visit : verdict.lines[trace.line - 1];
    const finding = subject?.violated.find(({ rule }) => rule === trace.rule.id);
    return {
      rule: trace.rule.id,
      title: trace.rule.title,
      line: trace.line,
      outcome: trace.outcome,
      effect: trace.rule.effect,
      message: finding?.message ?? '',
      remedy: finding?.remedy ?? '',
      cites: trace.rule.cites.map(({ source, clause }) => `${source}#${clause}`),
      place: trace.rule.place,
      conditions: (['when', 'require', 'unless'] as const).flatMap((role) => {
        const part = trace[role];
        return part ? explainCondition(part, role, 0, null) : [];
      }),
    };
  });
}

function explainCondition(
  trace: ConditionTrace,
  role: ExplainedCondition['role'],
  depth: number,
  otherLine: number | null,
): readonly ExplainedCondition[] {
  const { condition } = trace;
  const prefix = otherLine === null ? '' : `line ${otherLine}: `;
  const own: ExplainedCondition = {
    role,
    depth,
    sentence: prefix + conditionWords(condition),
    result: trace.result,
    value: condition.kind === 'test' ? comparedWords(trace) : null,
    place: condition.place,
  };
  return [
    own,
    ...trace.children.flatMap((child, index) =>
      explainCondition(child, role, depth + 1, trace.lines?.[index] ?? null),
    ),
  ];
}

/** The value, and beside it what another fact held where that is what it was compared with. */
function comparedWords({ condition, actual, operand }: ConditionTrace): string | null {
  if (condition.kind !== 'test') return null;
  const found = valueWords(actual, condition.fact);
  if (condition.operand.kind !== 'fact') return found;
  const other =
    condition.fact.type.scalar === 'date' && typeof operand === 'number'
      ? formatDay(operand)
      : valueWords(operand, condition.operand.fact);
  return `${found}, against ${other}`;
}
