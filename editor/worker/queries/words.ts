import { judge, outcomesIn, policyWords } from '#engine';
import type { PolicyWords, RuleOutcome } from '#engine';

import type { Memory } from '../memory.ts';

export interface WordsParams {
  readonly path: string;
  /** The case whose outcomes are marked beside the rules, or null. */
  readonly caseKey: string | null;
}

/** A policy in words, and how each rule came out in the chosen case. */
export interface Words {
  readonly words: PolicyWords;
  /** The gravest outcome among the lines of the case, by rule; empty without a case. */
  readonly outcomes: Readonly<Record<string, RuleOutcome>>;
}

const gravestFirst: readonly RuleOutcome[] = ['violated', 'undetermined', 'met', 'not-applicable'];

/** Null where the file holds no policy that can be read. */
export function words({ draft, judged }: Memory, { path, caseKey }: WordsParams): Words | null {
  const policy = draft.policies.find(({ place }) => place.path === path);
  if (!policy) return null;
  const ready = judged.cases.find(({ row }) => row.key === caseKey)?.ready;
  const outcomeOf = ready && outcomesIn(judge(ready.program, ready.table));
  const lines = ready?.table.lines.map((_, index) => index + 1) ?? [];
  const outcomes = policy.rules.flatMap(({ id, scope }): [string, RuleOutcome][] => {
    if (!outcomeOf) return [];
    const seen = scope === 'visit' ? [outcomeOf(id, null)] : lines.map((line) => outcomeOf(id, line));
    return [[id, gravestFirst.find((outcome) => seen.includes(outcome)) ?? 'not-applicable']];
  });
  return { words: policyWords(policy, draft), outcomes: Object.fromEntries(outcomes) };
}
