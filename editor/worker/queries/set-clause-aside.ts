import { setAsideEdits } from '#engine';
import type { FileEdits } from '#engine';

import type { Memory } from '../memory.ts';

export interface AsideParams {
  readonly source: string;
  readonly clause: string;
  /** Why no rule implements it; empty: it is no longer set aside. */
  readonly reason: string;
}

/** The edit that sets a clause aside with a reason; null where the clause is gone or the file cannot be edited. */
export function setClauseAside({ draft }: Memory, { source, clause, reason }: AsideParams): FileEdits | null {
  const found = draft.sources.find(({ id }) => id === source)?.clauses.find(({ id }) => id === clause);
  const text = found && draft.files.get(found.place.path);
  if (!found || text === undefined) return null;
  const edits = setAsideEdits(text, found, reason);
  return edits.length === 0 ? null : { path: found.place.path, edits };
}
