import { newRevision as make, parseDay } from '#engine';
import type { NewRevision } from '#engine';

import type { Memory } from '../memory.ts';

export interface NewRevisionParams {
  /** A policy by its id. */
  readonly policy: string;
  /** The first date of service, YYYY-MM-DD. */
  readonly from: string;
}

/** What a new revision of a policy would change in its files; nothing is written by asking. Null: that is no date. */
export function newRevision({ draft }: Memory, { policy, from }: NewRevisionParams): NewRevision | null {
  const day = parseDay(from);
  return day === null ? null : make(draft, policy, day);
}
