import type { Lane } from '#engine';
import { parseDay, timelineOf } from '#engine';

import type { Memory } from '../memory.ts';

export interface TimelineParams {
  /** A payer by id; null: all of them. */
  readonly payer: string | null;
  /** The date of service for which it is said what is in force, YYYY-MM-DD. */
  readonly on: string;
}

/** The lanes of all policies, as they were last judged. */
export function timeline({ judged }: Memory, { payer, on }: TimelineParams): readonly Lane[] {
  const day = parseDay(on);
  if (day === null) return [];
  return timelineOf(judged.workspace, { payer, policy: null, code: null, on: day });
}
