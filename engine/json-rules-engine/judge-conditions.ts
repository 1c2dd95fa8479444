import type { ConditionTrace, Truth } from '../evaluate/outcome.ts';
import { readResult } from './read-result.ts';
import { createRunner } from './run.ts';
import { engineFacts } from './subject.ts';
import type { Subject } from './subject.ts';
import { toRules } from './to-rules.ts';
import type { EngineValue, OtherLines, Part, RuleSet } from './to-rules.ts';
import type { Vocabulary } from '../facts/encounter.ts';

/** Judges several conditions of one subject in one run of the engine; the traces are by the names of the parts. */
export type ConditionJudge = (subject: Subject) => Promise<ReadonlyMap<string, ConditionTrace>>;

export function createConditionJudge(parts: readonly Part[], vocabulary: Vocabulary): ConditionJudge {
  return judgeOf(toRules(parts, vocabulary), parts);
}

function judgeOf(set: RuleSet, parts: readonly Part[]): ConditionJudge {
  if (parts.length === 0) return async () => new Map();
  const run = createRunner(set.rules);
  const others = set.otherLines.map(({ name, of }) => ({
    name,
    condition: of.condition,
    judge: judgeOf(of.inner, [{ name: 'inner', condition: of.condition.condition }]),
  }));
  return async (subject) => {
    const found = new Map<OtherLines, ConditionTrace>();
    const asFacts: Record<string, EngineValue> = {};
    for (const { name, condition, judge } of others) {
      const trace = await overOtherLines(condition, judge, subject);
      found.set(condition, trace);
      asFacts[name] = trace.result;
    }
    const results = await run(engineFacts(set, subject, asFacts));
    return new Map(
      parts.map(({ name, condition }) => [name, readResult(name, condition, results, subject, found)]),
    );
  };
}

/** One run for each other line, and their results joined: any, all, or none of them. */
async function overOtherLines(
  condition: OtherLines,
  judge: ConditionJudge,
  subject: Subject,
): Promise<ConditionTrace> {
  const lines: number[] = [];
  const children: ConditionTrace[] = [];
  for (let other = 0; other < subject.table.lines.length; other += 1) {
    if (other === subject.line) continue;
    lines.push(other + 1);
    children.push((await judge({ ...subject, other })).get('inner')!);
  }
  const results = children.map(({ result }) => result);
  return { condition, result: join(condition.kind, results), lines, children };
}

function join(kind: OtherLines['kind'], results: readonly Truth[]): Truth {
  const isUnknown = results.includes('unknown');
  switch (kind) {
    case 'anyOtherLine':
      return results.includes(true) || (isUnknown && 'unknown');
    case 'everyOtherLine':
      return !results.includes(false) && (isUnknown ? 'unknown' : true);
    case 'noOtherLine':
      return !results.includes(true) && (isUnknown ? 'unknown' : true);
  }
}
