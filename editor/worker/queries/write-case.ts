import { trialText, writeCase as write } from '#engine';
import type { CaseRequest, Diagnostic, WrittenCase } from '#engine';

import type { Memory } from '../memory.ts';

/** `text` null: the encounter as the subject has it. */
export type WriteCaseParams = Omit<CaseRequest, 'text'> & { readonly text: string | null };

/** What saving an encounter as a case would write; nothing is written by asking. */
export function writeCase(
  { draft }: Memory,
  params: WriteCaseParams,
): { readonly written: WrittenCase | null; readonly diagnostics: readonly Diagnostic[] } {
  const text = params.text ?? (params.from && trialText(draft, params.from));
  const suite = typeof params.suite === 'string' ? params.suite : null;
  if (text === null || (suite !== null && !draft.suites.some(({ id }) => id === suite)))
    return { written: null, diagnostics: [] };
  return write(draft, { ...params, text });
}
