import { encounterText, satisfactionWords, satisfy as findChanges } from '#engine';
import type { ProposalWords } from '#engine';

import type { Memory } from '../memory.ts';

export interface SatisfyParams {
  readonly caseKey: string;
  readonly rule: string;
  /** 1-based, or null for the visit. */
  readonly line: number | null;
}

/** What would satisfy a rule, with the text of each changed encounter, so that it can be tried. */
export interface Satisfying {
  readonly proposals: readonly (ProposalWords & {
    readonly kind: 'record' | 'units';
    readonly text: string;
  })[];
  readonly nothing: string | null;
}

export function satisfy({ judged }: Memory, { caseKey, rule, line }: SatisfyParams): Satisfying | null {
  const ready = judged.cases.find(({ row }) => row.key === caseKey)?.ready;
  const found = ready && findChanges(ready, rule, line);
  if (!found) return null;
  const { workspace } = judged;
  const { proposals, nothing } = satisfactionWords(found, workspace);
  return {
    nothing,
    proposals: proposals.map((words, index) => {
      const { kind, encounter } = found.proposals[index]!;
      return { ...words, kind, text: encounterText(encounter, workspace.vocabulary) };
    }),
  };
}
