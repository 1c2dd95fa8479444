import { earlierOf } from '../memory.ts';
import type { Memory } from '../memory.ts';

/** The text of a file on both sides; null: it is not there. */
export function bothTexts(
  memory: Memory,
  { path }: { readonly path: string },
): { readonly before: string | null; readonly after: string | null } {
  const after = memory.shown ?? memory.draft;
  return { before: earlierOf(memory).files.get(path) ?? null, after: after.files.get(path) ?? null };
}
