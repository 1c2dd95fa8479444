import type { Day, Hover } from '#engine';
import { hoverAt } from '#engine';

import type { Memory } from '../memory.ts';
import type { TextPlace } from './completion.ts';

/** What a word means; of a rule also how the saved encounters come out by it. */
export function hover(
  { draft, judged }: Memory,
  { path, text, offset }: TextPlace,
  today: Day,
): Hover | null {
  return hoverAt(draft, path, text, offset, {
    today,
    countsOf: (rule) => judged.rules.find((count) => count.rule === rule) ?? null,
  });
}
