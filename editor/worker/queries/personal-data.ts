import type { PersonalFinding } from '#engine';
import { lookForPersonalData, sharedFiles } from '#engine';

import type { Memory } from '../memory.ts';

export interface CaseCheck {
  /** The files that would go along because of this case: its suite with this case alone, and its encounter. */
  readonly paths: readonly string[];
  readonly findings: readonly PersonalFinding[];
}

/** What of a case looks as if it could name a person; null where the case cannot be taken out of its file. */
export function personalData({ draft }: Memory, { caseKey }: { readonly caseKey: string }): CaseCheck | null {
  const files = sharedFiles(draft, { policies: [], cases: [caseKey] }).filter(({ path }) =>
    /\.(?:suite|encounter)\.yaml$/.test(path),
  );
  if (files.length === 0) return null;
  return {
    paths: files.map(({ path }) => path),
    findings: files.flatMap(({ path, text }) => lookForPersonalData(path, text)),
  };
}
