import type { Decision } from '#engine';

import { decisionsByGravity } from '../../marks/words.ts';
import type { CaseFilters, CaseShow } from '../../session/case-filters.ts';
import type { CaseRow, PolicyRow } from '../../worker/protocol.ts';

/** Which encounters are asked for: filters that combine, words to find, and what is open meanwhile. */
export interface CaseQuery {
  readonly filters: CaseFilters;
  readonly search: string;
  /** The revision that is open, where a policy is. */
  readonly policy: PolicyRow | null;
}

type Test = (row: CaseRow) => boolean;

/** The cases that are asked for, in their order. */
export function casesFor(cases: readonly CaseRow[], query: CaseQuery): readonly CaseRow[] {
  return cases.filter(every(testsOf(query)));
}

/** A choice with how many encounters it would show, all other filters being as they are. */
export interface Counted<Id> {
  readonly id: Id;
  readonly count: number;
}

export interface Facets {
  /** Changed and failing always, then each decision that occurs, gravest first. */
  readonly shows: readonly Counted<CaseShow>[];
  /** Rules that are not met or undecided somewhere, the most frequent first. */
  readonly rules: readonly Counted<string>[];
  readonly payers: readonly Counted<string>[];
  readonly suites: readonly Counted<string>[];
  /** How many there are without any filter. */
  readonly all: number;
}

/**
 * What each filter offers. One that is chosen stays, though it shows nothing just now.
 * Rules, payers and suites are counted only where they are offered: it is most of the work.
 */
export function facetsOf(cases: readonly CaseRow[], query: CaseQuery, whole: boolean): Facets {
  const { filters } = query;
  const without = (part: Partial<CaseFilters>) =>
    casesFor(cases, { ...query, filters: { ...filters, ...part } });
  const decisions = new Map<Decision, number>();
  const decisionShows = filters.shows.filter(isDecision);
  const states = filters.shows.filter((show) => !isDecision(show));
  for (const row of without({ shows: states })) {
    const decision = row.verdict?.decision;
    if (decision) decisions.set(decision, (decisions.get(decision) ?? 0) + 1);
  }
  const stateCount = (state: 'changed' | 'failing') =>
    without({ shows: [...filters.shows.filter((show) => show !== state), state] }).length;
  return {
    shows: [
      { id: 'changed', count: stateCount('changed') },
      { id: 'failing', count: stateCount('failing') },
      ...decisionsByGravity
        .map((id) => ({ id, count: decisions.get(id) ?? 0 }))
        .filter(({ id, count }) => count > 0 || decisionShows.includes(id)),
    ],
    ...(whole ? choicesOf(without, filters) : { rules: [], payers: [], suites: [] }),
    all: cases.length,
  };
}

function choicesOf(
  without: (part: Partial<CaseFilters>) => readonly CaseRow[],
  { rule, payer, suite }: CaseFilters,
): Pick<Facets, 'rules' | 'payers' | 'suites'> {
  return {
    rules: counted(without({ rule: null }), (row) => factsOf(row).rules, rule).toSorted(
      (a, b) => b.count - a.count || (a.id < b.id ? -1 : 1),
    ),
    payers: counted(without({ payer: null }), (row) => [row.payer].filter(Boolean), payer),
    suites: counted(without({ suite: null }), (row) => [row.suite], suite),
  };
}

function counted(
  cases: readonly CaseRow[],
  idsOf: (row: CaseRow) => Iterable<string>,
  chosen: string | null,
): readonly Counted<string>[] {
  const counts = new Map<string, number>(chosen === null ? [] : [[chosen, 0]]);
  for (const row of cases) for (const id of idsOf(row)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count }));
}

/** Decisions are alternatives; everything else must hold besides. */
function testsOf({ filters, search, policy }: CaseQuery): readonly Test[] {
  const { shows, rule, payer, suite, ofPolicy } = filters;
  const decisions = shows.filter(isDecision);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const tests: (Test | false)[] = [
    shows.includes('changed') && ((row) => row.changed),
    shows.includes('failing') && isFailing,
    decisions.length > 0 && ((row) => row.verdict !== null && decisions.includes(row.verdict.decision)),
    rule !== null && ((row) => factsOf(row).rules.has(rule)),
    payer !== null && ((row) => row.payer === payer),
    suite !== null && ((row) => row.suite === suite),
    ofPolicy && policy !== null && ((row) => isJudgedBy(row, policy)),
    words.length > 0 && ((row) => words.every((word) => factsOf(row).text.includes(word))),
  ];
  return tests.filter((test) => test !== false);
}

const every =
  (tests: readonly Test[]): Test =>
  (row) =>
    tests.every((test) => test(row));

export function isDecision(show: CaseShow): show is Decision {
  return show !== 'changed' && show !== 'failing';
}

export function isFailing(row: CaseRow): boolean {
  return row.outcome === 'failed' || row.outcome === 'errored';
}

/** Whether a policy has a say in an encounter: it is for this payer and day, and the suite does not leave it out. */
function isJudgedBy({ payer, date, judgedBy }: CaseRow, policy: PolicyRow): boolean {
  return (
    (policy.payers === null || policy.payers.includes(payer)) &&
    policy.from <= date &&
    (policy.to === null || date <= policy.to) &&
    (judgedBy === null || judgedBy.includes(policy.id))
  );
}

/** What filters and columns need of a row, worked out once for each: rows stay the same objects while nothing changes. */
export interface RowFacts {
  readonly codes: readonly string[];
  /** Violated or undetermined. */
  readonly rules: ReadonlySet<string>;
  /** Everything a person might type to find it. */
  readonly text: string;
}

const known = new WeakMap<CaseRow, RowFacts>();

export function factsOf(row: CaseRow): RowFacts {
  const before = known.get(row);
  if (before) return before;
  const { verdict } = row;
  const lines = verdict?.lines ?? [];
  const subjects = verdict ? [verdict.visit, ...lines] : [];
  const codes = [...new Set(lines.map((line) => line.code))];
  const rules = new Set(
    subjects.flatMap(({ violated, undetermined }) => [...violated, ...undetermined].map(({ rule }) => rule)),
  );
  const text = [row.title, row.suite, row.payer, row.date, ...codes, ...rules].join(' ').toLowerCase();
  const facts = { codes, rules, text };
  known.set(row, facts);
  return facts;
}
