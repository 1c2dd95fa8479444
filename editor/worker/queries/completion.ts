import type { CompletionItem } from '#engine';
import { completionsAt } from '#engine';

import type { Memory } from '../memory.ts';

/** A place in a text as it stands in the editor. */
export interface TextPlace {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** What can be put in at the cursor. */
export function completion({ draft }: Memory, { path, text, offset }: TextPlace): readonly CompletionItem[] {
  return completionsAt(draft, path, text, offset);
}
