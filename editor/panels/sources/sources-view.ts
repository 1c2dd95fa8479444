import { capital, nameWords } from '#engine';
import type { ClauseState, ClauseUse, TrackedClause, TrackedSource } from '#engine';

import { count } from '../../marks/words.ts';
import type { Cursor, Why } from '../../session/session.ts';
import type { RuleCount } from '../../worker/protocol.ts';

export const stateWords = {
  implemented: 'Implemented',
  'set-aside': 'Set aside',
  open: 'Open',
} as const satisfies Record<ClauseState, string>;

/** One source in the list of all. */
export interface SourceRow {
  readonly id: string;
  readonly title: string;
  /** Publisher and day of reading. */
  readonly detail: string;
  readonly counts: TrackedSource['counts'];
  /** "5 implemented, 2 set aside, 1 open". */
  readonly words: string;
}

/** Sources with something open first, then by title. */
export function sourceRows(sources: readonly TrackedSource[], onlyOpen: boolean): readonly SourceRow[] {
  return sources
    .filter(({ counts }) => !onlyOpen || counts.open > 0)
    .map(({ source, counts }) => ({
      id: source.id,
      title: source.title === '' ? source.id : source.title,
      detail: [source.publisher, readWords(source)].filter((it) => it !== '').join(' · '),
      counts,
      words: countWords(counts),
    }))
    .toSorted(
      (a, b) => Number(b.counts.open > 0) - Number(a.counts.open > 0) || order.compare(a.title, b.title),
    );
}

/** When the page was read; a source without an address has none to read. */
export function readWords({ read, address }: Pick<TrackedSource['source'], 'read' | 'address'>): string {
  return read === '' ? (address === '' ? '' : 'page not read') : `read ${read}`;
}

const order = new Intl.Collator('en', { numeric: true });

export function countWords(counts: TrackedSource['counts']): string {
  const parts = [
    `${counts.implemented} implemented`,
    ...(counts['set-aside'] > 0 ? [`${counts['set-aside']} set aside`] : []),
    ...(counts.open > 0 ? [`${counts.open} open`] : []),
  ];
  return parts.join(', ');
}

/** "1 clause is open in 33 sources", or that none is. */
export function sourcesWords(sources: readonly TrackedSource[]): string {
  const clauses = sources.reduce((sum, source) => sum + source.clauses.length, 0);
  const open = sources.reduce((sum, source) => sum + source.counts.open, 0);
  const all = `${count(clauses, 'clause')} in ${count(sources.length, 'source')}`;
  return open === 0 ? `${all}, none open` : `${all}, ${open} open`;
}

export interface ClauseRow {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly state: ClauseState;
  /** Why nothing implements it; null where that is not said. */
  readonly setAside: string | null;
  readonly basis: string | null;
  readonly uses: readonly UseRow[];
  readonly place: TrackedClause['clause']['place'];
}

export interface UseRow {
  readonly key: string;
  readonly words: string;
  readonly place: ClauseUse['place'];
}

const basisWords = {
  read: null,
  inferred: 'Inferred: the page does not say it in so many words.',
  unverified: 'Not verified: nobody has read it on the page itself.',
} as const;

/** The clauses that stand in one of these ways; without any, all of them. */
export function clauseRows(source: TrackedSource, states: readonly ClauseState[]): readonly ClauseRow[] {
  return source.clauses.filter(({ state }) => states.length === 0 || states.includes(state)).map(clauseRow);
}

function clauseRow({ clause, state, uses }: TrackedClause): ClauseRow {
  return {
    id: clause.id,
    name: capital(nameWords(clause.id)),
    text: clause.text,
    state,
    setAside: clause.setAside,
    basis: basisWords[clause.basis],
    uses: uses.map((use) => ({
      key: `${use.kind} ${use.place.path}:${use.place.from}`,
      words: useWords(use),
      place: use.place,
    })),
    place: clause.place,
  };
}

function useWords({ kind, name, title, count: n }: ClauseUse): string {
  switch (kind) {
    case 'rule':
      return title;
    case 'parameter':
      return `${capital(nameWords(name))}, in ${title}`;
    case 'time-rule':
      return `How minutes become units, in ${title}`;
    case 'list':
      return `The list “${title}”`;
    case 'entries':
      return `${count(n, 'entry', 'entries')} of the list “${title}”`;
  }
}

/** The clauses that are looked at: those of the rule at the cursor, else those of what the chosen encounter does not meet. */
export interface Cited {
  readonly title: string;
  readonly clauses: readonly { readonly source: TrackedSource; readonly clause: ClauseRow }[];
}

export function citedHere(
  sources: readonly TrackedSource[],
  cursor: Cursor | null,
  rules: readonly RuleCount[],
  why: Why | null,
): Cited | null {
  const atCursor = cursor && citedAtCursor(sources, cursor, rules);
  if (atCursor && atCursor.clauses.length > 0) return atCursor;
  const open = (why?.explanations ?? []).filter(
    ({ outcome }) => outcome === 'violated' || outcome === 'undetermined',
  );
  if (open.length === 0) return null;
  const wanted = new Set(
    open.flatMap(({ citations }) => citations.map(({ source, clause }) => `${source}#${clause}`)),
  );
  return {
    title: 'What the chosen encounter does not meet',
    clauses: pick(sources, ({ source, id }) => wanted.has(`${source}#${id}`)),
  };
}

function citedAtCursor(
  sources: readonly TrackedSource[],
  { path, line }: Cursor,
  rules: readonly RuleCount[],
): Cited | null {
  const uses = sources.flatMap((source) => source.clauses.flatMap((clause) => clause.uses));
  const starts = [
    ...uses.filter((use) => use.place.path === path).map((use) => use.place.line),
    ...rules.filter((rule) => rule.path === path).map((rule) => rule.line),
  ].filter((start) => start <= line);
  if (starts.length === 0) return null;
  const start = Math.max(...starts);
  const here = (use: ClauseUse) => use.place.path === path && use.place.line === start;
  const title =
    uses.find(here)?.title ?? rules.find((rule) => rule.path === path && rule.line === start)?.title ?? '';
  return { title, clauses: pick(sources, ({ uses: own }) => own.some(here)) };
}

function pick(
  sources: readonly TrackedSource[],
  wanted: (clause: {
    readonly source: string;
    readonly id: string;
    readonly uses: readonly ClauseUse[];
  }) => boolean,
): Cited['clauses'] {
  return sources.flatMap((source) =>
    source.clauses
      .filter(({ clause, uses }) => wanted({ source: source.source.id, id: clause.id, uses }))
      .map((clause) => ({ source, clause: clauseRow(clause) })),
  );
}
