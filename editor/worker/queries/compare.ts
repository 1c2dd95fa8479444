import {
  compareWorkspacesInSteps,
  encounterText,
  factRows,
  hasErrors,
  keepComparison,
  payerName,
} from '#engine';
import type {
  ChangedEncounter,
  CodeDirection,
  Decision,
  FactRow,
  FactTable,
  JudgedTable,
  KeptComparison,
  Place,
  Step,
  TextChange,
  ToldRegion,
  Workspace,
} from '#engine';

import { earlierOf } from '../memory.ts';
import type { Memory } from '../memory.ts';

/** What the change does, against the release or the files on disk. */
export type Comparison =
  /** What it is compared with has mistakes itself: a rule with one would be left out, and nothing proven would hold. */
  | { readonly kind: 'unsound'; readonly first: Pick<Place, 'path' | 'line'>; readonly message: string }
  | ComparedVersions;

export interface ComparedVersions {
  readonly kind: 'compared';
  /** The text has mistakes that it did not have: this is of the last one without. */
  readonly stale: boolean;
  /** No encounter there can be is judged otherwise: that is proven, not tried. */
  readonly equal: boolean;
  readonly regions: readonly RegionRow[];
  readonly units: readonly string[];
  readonly uncovered: readonly string[];
  readonly directions: readonly CodeDirection[];
  readonly payers: readonly { readonly id: string; readonly title: string }[];
  readonly encounters: readonly EncounterChange[];
  readonly moreEncounters: number;
  readonly comparedEncounters: number;
  readonly text: readonly TextChange[];
}

/** A kind of claim that is judged otherwise. */
export interface RegionRow extends Pick<
  ToldRegion,
  'when' | 'sentence' | 'before' | 'after' | 'direction' | 'policy' | 'payers' | 'codes'
> {
  /** The same for the same region, whatever else changes. */
  readonly key: string;
  readonly rules: readonly RegionRule[];
  readonly example: Example | null;
}

export interface RegionRule {
  readonly id: string;
  readonly title: string;
  /** Where it stands now; null: it is gone. */
  readonly place: Pick<Place, 'path' | 'line' | 'column'> | null;
}

/** An encounter that shows the change, judged by both. */
export interface Example {
  /** What makes it one of this region, first. */
  readonly rows: readonly FactRow[];
  /** Everything else that it says. */
  readonly others: readonly FactRow[];
  readonly before: Decision;
  readonly after: Decision;
  /** As an encounter file, from which a case can be made. */
  readonly text: string;
  /** The encounter file from which it was made; null: from none. */
  readonly from: string | null;
}

/** A saved encounter or case that comes out otherwise. */
export interface EncounterChange extends Pick<ChangedEncounter, 'path' | 'title' | 'causes'> {
  /** As the list of encounters calls it. */
  readonly key: string;
  readonly before: Decision;
  readonly after: Decision;
}

/** More changed encounters are counted and not told one by one: there is a list for them. */
export const mostEncounters = 100;

/**
 * What was found out of the version before, which stays what it is from key to key.
 * It goes with that version, and says nothing that would not be found again.
 */
const kept = new WeakMap<Workspace, KeptComparison>();

function keptOf(before: Workspace): KeptComparison {
  const own = kept.get(before) ?? keepComparison();
  kept.set(before, own);
  return own;
}

/** What was judged for the list of encounters, by their tables. */
function verdictsOf({ cases }: Memory['judged']): (table: FactTable) => JudgedTable | null {
  const found = new Map(
    cases.flatMap((it) => (it.kept === null ? [] : [[it.kept.judgement.table, it.kept] as const])),
  );
  return (table) => found.get(table) ?? null;
}

/** The last text without mistakes against the release, or the files on disk. */
export function* compare(memory: Memory): Generator<Step, Comparison> {
  const before = earlierOf(memory);
  const { shown, judged } = memory;
  const after = shown ?? judged.workspace;
  if (hasErrors(before.diagnostics)) {
    const { place, message } = before.diagnostics.find(({ severity }) => severity === 'error')!;
    return { kind: 'unsound', first: { path: place.path, line: place.line }, message };
  }
  const found = yield* compareWorkspacesInSteps(before, after, {
    mostEncounters,
    kept: keptOf(before),
    // What the list shows: an encounter that cases start from is judged through them.
    ...(shown === null
      ? {
          onlyEncounters: new Set(judged.cases.map(({ row }) => row.key)),
          judgedAfter: verdictsOf(judged),
        }
      : {}),
  });
  const { regions, encounters, directions } = found;
  const payers = [...new Set(directions.map(({ payer }) => payer))];
  return {
    kind: 'compared',
    stale: shown === null && memory.draft !== after,
    equal: found.equal,
    regions: regions.map((region) => regionRow(region, after)),
    units: found.units,
    uncovered: found.uncovered,
    directions,
    payers: payers.map((id) => ({ id, title: payerName(id, after.lists) })),
    encounters: encounters.map(encounterChange),
    moreEncounters: found.moreEncounters,
    comparedEncounters: found.comparedEncounters,
    text: found.text,
  };
}

function regionRow(region: ToldRegion, after: Workspace): RegionRow {
  const { when, sentence, before, after: now, direction, policy, payers, codes, rules, titles } = region;
  return {
    key: `${policy}: ${sentence}`,
    when,
    sentence,
    before,
    after: now,
    direction,
    policy,
    payers,
    codes,
    rules: rules.map((id, at) => ({ id, title: titles[at] ?? id, place: placeOfRule(id, after) })),
    example: exampleOf(region, after),
  };
}

function exampleOf({ example }: ToldRegion, { vocabulary }: Workspace): Example | null {
  if (example === null) return null;
  const { small, whole } = example;
  const key = ({ line, path }: FactRow) => `${line} ${path}`;
  const first = ({ line }: FactRow) => line === null || line === 1;
  const told = new Set(factRows(small.encounter, vocabulary).filter(first).map(key));
  const all = factRows(whole.encounter, vocabulary);
  return {
    rows: all.filter((row) => told.has(key(row))),
    others: all.filter((row) => !told.has(key(row))),
    before: whole.before.decision,
    after: whole.after.decision,
    text: encounterText(whole.encounter, vocabulary),
    from: whole.from,
  };
}

function placeOfRule(id: string, { policies }: Workspace): RegionRule['place'] {
  // The revision in force last is the one that people think of.
  const rule = policies.flatMap(({ rules }) => rules).findLast((it) => it.id === id);
  if (!rule) return null;
  const { path, line, column } = rule.place;
  return { path, line, column };
}

function encounterChange({
  path,
  suiteCase,
  title,
  before,
  after,
  causes,
}: ChangedEncounter): EncounterChange {
  const key = suiteCase === null ? path : `${suiteCase.suite}/${suiteCase.id}`;
  return { key, path, title, before: before.decision, after: after.decision, causes };
}
