import type { FileEdits, TriedOutcome, UntriedRule } from '#engine';
import { missingCase, untriedRules } from '#engine';

import type { Memory } from '../memory.ts';

/** The rules of a file that saved cases leave open, by the last text without mistakes. */
export function untried({ judged }: Memory, { path }: { readonly path: string }): readonly UntriedRule[] {
  return untriedRules(judged.workspace).filter(({ place }) => place.path === path);
}

/** A case in which the rule comes out so, ready to be put into a suite; null where no change of a record does it. */
export function addMissingCase(
  { draft }: Memory,
  { rule, wanted }: { readonly rule: string; readonly wanted: TriedOutcome },
): { readonly title: string; readonly path: string; readonly edits: readonly FileEdits[] } | null {
  const written = missingCase(draft, rule, wanted);
  const suite = written?.edits.at(-1);
  return written && suite ? { title: written.title, path: suite.path, edits: written.edits } : null;
}
