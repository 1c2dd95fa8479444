import { useDeferredValue, useMemo } from 'react';

import type { Session } from '../../session/session.ts';
import type { CaseRow } from '../../worker/protocol.ts';
import type { CaseQuery, Facets } from './case-filters.ts';
import { casesFor, facetsOf } from './case-filters.ts';
import { sortCases } from './encounters-view.ts';

export interface Cases {
  /** All cases of the payer that the author is about. */
  readonly all: readonly CaseRow[];
  /** Those that are asked for, in the order asked for. */
  readonly rows: readonly CaseRow[];
  readonly facets: Facets;
  readonly query: CaseQuery;
}

const none: readonly never[] = [];

/**
 * The saved encounters as the filters leave them; worked out again only where something it depends on is another.
 * `whole`: rules, payers and suites are offered as filters too.
 */
export function useCases(session: Session, whole: boolean): Cases {
  const { judged, settings, filters, search, order, openPath } = session;
  // New verdicts are drawn in small steps: the next key does not wait for a long list.
  const cases = useDeferredValue(judged?.cases ?? none);
  const policies = judged?.policies ?? none;
  const { payer } = settings;
  const all = useMemo(
    () => (payer === null ? cases : cases.filter((row) => row.payer === payer)),
    [cases, payer],
  );
  const policy = useMemo(() => policies.find(({ path }) => path === openPath) ?? null, [policies, openPath]);
  const query = useMemo(() => ({ filters, search, policy }), [filters, search, policy]);
  const found = useMemo(() => casesFor(all, query), [all, query]);
  const rows = useMemo(() => sortCases(found, order), [found, order]);
  const facets = useMemo(() => facetsOf(all, query, whole), [all, query, whole]);
  return useMemo(() => ({ all, rows, facets, query }), [all, rows, facets, query]);
}
