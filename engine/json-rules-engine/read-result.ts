import type { ConditionTrace, Truth } from '../evaluate/outcome.ts';
import type { Condition } from '../model/condition.ts';
import type { EngineResults } from './run.ts';
import { operandValue, valueOf } from './subject.ts';
import type { Subject } from './subject.ts';
import { failsName, holdsName } from './to-rules.ts';
import type { OtherLines } from './to-rules.ts';

/** A condition as the engine hands it back, with its result. */
interface ResultNode {
  readonly result?: boolean;
  readonly all?: readonly ResultNode[];
  readonly any?: readonly ResultNode[];
}

/** What was found for the conditions over other lines, each of which the engine sees as one fact. */
export type OtherLineTraces = ReadonlyMap<OtherLines, ConditionTrace>;

/** The trace of one part: the engine's results of its two rules, laid over our condition. */
export function readResult(
  part: string,
  condition: Condition,
  results: EngineResults,
  subject: Subject,
  otherLines: OtherLineTraces,
): ConditionTrace {
  const rootOf = (name: string) => (results.get(name)!.conditions as ResultNode).all![0]!;
  const trace = read(
    condition,
    { holds: rootOf(holdsName(part)), fails: rootOf(failsName(part)) },
    subject,
    otherLines,
  );
  const whole = truth({
    holds: { result: results.get(holdsName(part))!.result as boolean },
    fails: { result: results.get(failsName(part))!.result as boolean },
  });
  if (whole !== trace.result)
    throw new Error(`the engine says ${whole} of ${part} and ${trace.result} of its condition`);
  return trace;
}

interface Both {
  readonly holds: ResultNode;
  readonly fails: ResultNode;
}

function truth({ holds, fails }: Both): Truth {
  if (typeof holds.result !== 'boolean' || typeof fails.result !== 'boolean')
    throw new Error('the engine left a condition out');
  if (holds.result && fails.result) throw new Error('the engine says that a condition both holds and fails');
  return holds.result ? true : fails.result ? false : 'unknown';
}

/** INVARIANT: it walks the structure that `to-rules.ts` writes. */
function read(
  condition: Condition,
  both: Both,
  subject: Subject,
  otherLines: OtherLineTraces,
): ConditionTrace {
  switch (condition.kind) {
    case 'test':
      return {
        condition,
        result: truth(both),
        actual: valueOf(condition.fact, subject),
        operand: operandValue(condition.operand, subject),
        children: [],
      };
    case 'all':
    case 'any':
      return {
        condition,
        result: truth(both),
        children: condition.conditions.map((child, index) =>
          read(
            child,
            { holds: childOf(both.holds, index), fails: childOf(both.fails, index) },
            subject,
            otherLines,
          ),
        ),
      };
    case 'not':
      return {
        condition,
        result: truth(both),
        children: [read(condition.condition, { holds: both.fails, fails: both.holds }, subject, otherLines)],
      };
    case 'named':
      return {
        condition,
        result: truth(both),
        children: [read(condition.condition, both, subject, otherLines)],
      };
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return { ...otherLines.get(condition)!, result: truth(both) };
  }
}

function childOf(node: ResultNode, index: number): ResultNode {
  return (node.all ?? node.any)![index]!;
}
