import { fileKind } from '#engine';

import type { PageId } from '../../session/places.ts';
import type { Session } from '../../session/session.ts';

/** How many things each page holds: revisions of policies, judged encounters, lists, sources, releases; looks at them have nothing to count. */
export function railCounts(
  files: Session['files'],
  judged: Session['judged'],
  releases: Session['releases'],
): Readonly<Record<PageId, number | null>> {
  const kinds = [...files.keys()].map(fileKind);
  const countOf = (kind: ReturnType<typeof fileKind>) => kinds.filter((it) => it === kind).length;
  return {
    policies: countOf('policy'),
    encounters: judged?.cases.length ?? countOf('encounter'),
    lists: countOf('list'),
    sources: countOf('source'),
    timeline: null,
    changes: null,
    releases: releases?.releases.length ?? null,
    exports: null,
  };
}
