import { useEffect, useState } from 'react';

import type { Impact } from '#engine';
import { addImpacts, impactOfRows, noImpact } from '#engine';

import type { Workbench } from './workbench.ts';

export interface LiveImpact {
  readonly impact: Impact;
  readonly done: number;
  readonly total: number;
  /** Facts that the two versions take for different kinds of thing: nothing could be counted. */
  readonly differing: readonly string[];
}

/** So many encounters are counted before the worker looks after something else. */
const part = 500;

/**
 * What becomes of the open encounters and their charges, counted part by part, and begun anew whenever `version` is another.
 * Null `version`: nothing is counted.
 */
export function useImpact(workbench: Workbench, version: unknown): LiveImpact | null {
  const [found, setFound] = useState<{ readonly of: unknown; readonly live: LiveImpact } | null>(null);
  useEffect(() => {
    if (version === null) return undefined;
    let wanted = true;
    async function count(): Promise<void> {
      let impact = noImpact;
      for (let from = 0, total = 1; from < total;) {
        const told = await workbench.ask('impact', { from, count: part });
        if (!wanted) return;
        impact = addImpacts(impact, impactOfRows(told.rows));
        ({ done: from, total } = told);
        setFound({ of: version, live: { impact, done: from, total, differing: told.differing } });
      }
    }
    // The workbench has told of what goes wrong.
    count().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [workbench, version]);
  return found !== null && found.of === version ? found.live : null;
}
