import { trackSources } from '#engine';
import type { TrackedSource } from '#engine';

import type { Memory } from '../memory.ts';

/** Every source clause by clause, with what implements each, as the author has the files now. */
export function sources({ draft }: Memory): readonly TrackedSource[] {
  return trackSources(draft);
}
