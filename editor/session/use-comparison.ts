import { useEffect, useState } from 'react';

import type { Comparison } from '../worker/queries/compare.ts';
import type { Session } from './session.ts';
import { useView } from './use-session.ts';
import type { Workbench } from './workbench.ts';

export interface LiveComparison {
  /** The last one that was worked out; null: none yet. */
  readonly comparison: Comparison | null;
  /** It is of an earlier text: a newer one is being worked out. */
  readonly isOld: boolean;
}

/**
 * What the change does, followed while the author types. Each key asks anew and gives up the question before;
 * until the answer is there the last one stays.
 */
export function useComparison(workbench: Workbench): LiveComparison {
  const asked = useView(workbench.store, versionOf);
  const [told, setTold] = useState<{ readonly to: unknown; readonly comparison: Comparison } | null>(null);
  useEffect(() => {
    if (asked === null) return undefined;
    let wanted = true;
    const ask = (): void =>
      void workbench.ask('compare', undefined).then(
        (comparison) => {
          if (!wanted) return;
          if (comparison) setTold({ to: asked, comparison });
          // Given up for something newer; as this is still wanted, that came to the same, a letter typed and taken back.
          else ask();
        },
        // The workbench has told of it already.
        () => undefined,
      );
    ask();
    return () => {
      wanted = false;
    };
  }, [workbench, asked]);
  return { comparison: told?.comparison ?? null, isOld: told?.to !== asked };
}

/** Everything on which a comparison depends; null: the folder is not open yet. */
function versionOf({ phase, files, against, shown }: Session): readonly unknown[] | null {
  return phase.kind === 'open' ? [files, against, shown] : null;
}
