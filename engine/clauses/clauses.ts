import type { Place } from '../base/source.ts';
import type { Clause, CodeList, PolicySource } from '../language/syntax.ts';
import type { Policy } from '../model/policy.ts';

/** Something that cites a clause. */
export interface ClauseUse {
  readonly kind: 'rule' | 'parameter' | 'time-rule' | 'list' | 'entries';
  /** The id or name that an author knows: the rule's id, the parameter's name, the list's id. */
  readonly name: string;
  /** The title of the rule, or of the policy or list in which it stands. */
  readonly title: string;
  /** How many entries of a list, else 1. */
  readonly count: number;
  readonly place: Place;
}

/** A clause is implemented if something cites it, set aside if its source says why nothing does, and open otherwise. */
export const clauseStates = ['implemented', 'set-aside', 'open'] as const;
export type ClauseState = (typeof clauseStates)[number];

export interface TrackedClause {
  readonly clause: Clause;
  readonly state: ClauseState;
  readonly uses: readonly ClauseUse[];
}

export interface TrackedSource {
  readonly source: PolicySource;
  readonly clauses: readonly TrackedClause[];
  readonly counts: Readonly<Record<ClauseState, number>>;
}

export interface Citing {
  readonly sources: readonly PolicySource[];
  readonly policies: readonly Policy[];
  readonly lists: readonly CodeList[];
}

/** Every source clause by clause, with what cites each. */
export function trackSources({ sources, policies, lists }: Citing): readonly TrackedSource[] {
  const uses = usesByClause(policies, lists);
  return sources.map((source) => {
    const clauses = source.clauses.map((clause): TrackedClause => {
      const found = uses.get(`${source.id}#${clause.id}`) ?? [];
      const state = found.length > 0 ? 'implemented' : clause.setAside === null ? 'open' : 'set-aside';
      return { clause, state, uses: found };
    });
    const count = (state: ClauseState) => clauses.filter((one) => one.state === state).length;
    return {
      source,
      clauses,
      counts: { implemented: count('implemented'), 'set-aside': count('set-aside'), open: count('open') },
    };
  });
}

function usesByClause(
  policies: readonly Policy[],
  lists: readonly CodeList[],
): ReadonlyMap<string, readonly ClauseUse[]> {
  const uses = new Map<string, ClauseUse[]>();
  const add = (cite: string, use: ClauseUse): void => {
    const known = uses.get(cite) ?? [];
    // An overlay is resolved once for each revision of its base, and its rules are met as often.
    if (known.some(({ kind, place }) => kind === use.kind && samePlace(place, use.place))) return;
    uses.set(cite, [...known, use]);
  };
  for (const { rules, parameters, timeRule, title } of policies) {
    for (const { id, title: ruleTitle, cites, place } of rules) {
      for (const { source, clause } of cites)
        add(`${source}#${clause}`, { kind: 'rule', name: id, title: ruleTitle, count: 1, place });
    }
    for (const { name, values, place } of parameters) {
      for (const { source, clause } of values.flatMap(({ value }) => value.cites))
        add(`${source}#${clause}`, { kind: 'parameter', name, title, count: 1, place });
    }
    for (const { source, clause } of timeRule?.cites ?? [])
      add(`${source}#${clause}`, {
        kind: 'time-rule',
        name: 'timeRule',
        title,
        count: 1,
        place: timeRule!.place,
      });
  }
  for (const list of lists) {
    const { id, title, cites, place } = list;
    for (const { text } of cites) add(text, { kind: 'list', name: id, title, count: 1, place });
    for (const [cite, entries] of entriesByCite(list)) {
      add(cite, { kind: 'entries', name: id, title, count: entries.length, place: entries[0]!.place });
    }
  }
  return uses;
}

function entriesByCite({ entries }: CodeList): ReadonlyMap<string, CodeList['entries']> {
  const byCite = new Map<string, CodeList['entries'][number][]>();
  for (const entry of entries) {
    for (const { text } of entry.cites) byCite.set(text, [...(byCite.get(text) ?? []), entry]);
  }
  return byCite;
}

function samePlace(a: Place, b: Place): boolean {
  return a.path === b.path && a.from === b.from;
}
