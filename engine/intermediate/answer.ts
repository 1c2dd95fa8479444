import type { Decision, Verdict } from '../evaluate/outcome.ts';

/**
 * What an export answers, and what is compared: every decision, every violated and every undecided rule, and the units
 * that the record supports. Rules are named by id, in the order of their code units, so that no target's order matters.
 */
export interface Answer {
  readonly decision: Decision;
  readonly lines: readonly LineAnswer[];
  readonly visit: SubjectAnswer;
}

export interface SubjectAnswer {
  readonly violated: readonly string[];
  readonly undetermined: readonly string[];
}

export interface LineAnswer extends SubjectAnswer {
  /** 1-based position on the claim. */
  readonly line: number;
  readonly decision: Decision;
  readonly supportableUnits: number | null;
}

/** The answer in a verdict of our own evaluators. */
export function answerOf({ decision, lines, visit }: Verdict): Answer {
  return {
    decision,
    lines: lines.map((line) => ({
      line: line.line,
      decision: line.decision,
      supportableUnits: line.supportableUnits,
      ...subject(line),
    })),
    visit: subject(visit),
  };
}

function subject({
  violated,
  undetermined,
}: Pick<Verdict['visit'], 'violated' | 'undetermined'>): SubjectAnswer {
  return { violated: inOrder(violated), undetermined: inOrder(undetermined) };
}

const inOrder = (rules: readonly { readonly rule: string }[]) => rules.map(({ rule }) => rule).toSorted();
