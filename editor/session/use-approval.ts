import { useEffect, useState } from 'react';

import type { ApprovalPage } from '../../publishing/publishing.ts';
import type { Session } from './session.ts';
import { useView } from './use-session.ts';
import type { Workbench } from './workbench.ts';

export interface LiveApproval {
  /** Null: it is being looked at for the first time. */
  readonly page: ApprovalPage | null;
  /** Why it could not be looked at; null: it could. */
  readonly trouble: string | null;
  /** What a decision has made of it. */
  readonly take: (page: ApprovalPage) => void;
}

/** What has to be decided before the next release, looked at anew whenever something is saved, decided or published. */
export function useApproval({ publishing, store }: Workbench): LiveApproval {
  const saved = useView(store, savedVersions);
  const [page, take] = useState<ApprovalPage | null>(null);
  const [trouble, setTrouble] = useState<string | null>(publishing.unavailable);
  useEffect(() => {
    let wanted = true;
    if (publishing.unavailable !== null) return undefined;
    publishing.approval().then(
      (found) => {
        if (!wanted) return;
        take(found);
        setTrouble(null);
      },
      (error: unknown) => wanted && setTrouble(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      wanted = false;
    };
    // What is saved is not told to it: it reads the disk.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [publishing, saved]);
  return { page, trouble, take };
}

/** What is on disk: nothing else is published. */
function savedVersions({ files, standing }: Session): string {
  return [standing, ...[...files.values()].map(({ path, version }) => `${path} ${version}`)].join('\n');
}
