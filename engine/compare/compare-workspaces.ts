import { sameData } from '../base/same-data.ts';
import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import { encounterText } from '../encounters/what-if.ts';
import { compile } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { Decision } from '../evaluate/outcome.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import type { Direction } from '../regions/regions.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changedEncountersInSteps } from './changed-encounters.ts';
import type { ChangedEncounter, EncounterCompareSettings, RegionsAround } from './changed-encounters.ts';
import { comparePoliciesInSteps } from './compare-policies.ts';
import type { ChangedRegion, ChangedUnits, Uncovered } from './compare-policies.ts';
import { liesIn } from './membership.ts';
import { joinPeriods } from './join-periods.ts';
import { regionWords, ruleTitles, uncoveredWords, unitsWords } from './region-words.ts';
import { textChanges } from './text-changes.ts';
import type { TextChange } from './text-changes.ts';
import { exampleOf, witnessOf } from './witness.ts';
import type { SavedEncounter, WholeWitness, Witness } from './witness.ts';

/** What a change does: in the files, to saved encounters, and to every encounter there can be. */
export interface WorkspaceComparison {
  /** No encounter there can be is judged otherwise: that is proven, not tried. */
  readonly equal: boolean;
  readonly regions: readonly ToldRegion[];
  /** In words: where minutes support other units, though no rule may read them. */
  readonly units: readonly string[];
  /** The same as data, in the same order. */
  readonly changedUnits: readonly ChangedUnits[];
  /** In words: what was too large to go through, so that nothing is said of it. */
  readonly uncovered: readonly string[];
  /** The same as data, in the same order. */
  readonly notCovered: readonly Uncovered[];
  readonly directions: readonly CodeDirection[];
  readonly encounters: readonly ChangedEncounter[];
  /** How many changed encounters were left out because fewer were asked for. */
  readonly moreEncounters: number;
  /** How many saved encounters and cases both versions have judged. */
  readonly comparedEncounters: number;
  readonly text: readonly TextChange[];
}

export interface ToldRegion {
  readonly when: string;
  readonly sentence: string;
  /** What came of these cases, as far as the changed rules go: gravest first. */
  readonly before: readonly Decision[];
  readonly after: Decision;
  readonly direction: Direction;
  readonly policy: string;
  readonly payers: readonly string[];
  /** Null: any code that is not named. */
  readonly codes: readonly (string | null)[];
  readonly rules: readonly string[];
  readonly titles: readonly string[];
  /** A small encounter that shows the change, as a file; null: none was found among those tried. */
  readonly witness: string | null;
  /** The same with what both versions make of it, and a whole visit that shows it, if one was found: else the same again. */
  readonly example: { readonly small: Witness; readonly whole: WholeWitness } | null;
  readonly region: ChangedRegion;
}

/** Which way a change goes for a payer and a code; null: for whatever code. */
export interface CodeDirection {
  readonly payer: string;
  readonly code: string | null;
  readonly direction: Direction | 'both';
}

/** Two versions of a workspace, for instance the one in force and a draft. */
export function compareWorkspaces(before: Workspace, after: Workspace): WorkspaceComparison {
  return allAtOnce(compareWorkspacesInSteps(before, after));
}

/** The same, with pauses, for whoever has something else to do in between. */
export function* compareWorkspacesInSteps(
  before: Workspace,
  after: Workspace,
  settings: EncounterCompareSettings = {},
): Generator<Step, WorkspaceComparison> {
  const ground = commonGround(before, after);
  const { vocabulary } = ground;
  const found = yield* comparePoliciesInSteps(ground.before, ground.after, ground);
  const compared = { ...found, regions: joinPeriods(found.regions, after) };
  const saved = after.encounters.flatMap(({ path, encounter }) => (encounter ? [{ path, encounter }] : []));
  const regions: ToldRegion[] = [];
  for (const [done, region] of compared.regions.entries()) {
    yield { done, total: compared.regions.length };
    regions.push(toldRegion(region, after, saved, ground));
  }
  const regionsAround: RegionsAround = (encounter, laidOut, causes) => {
    const table = vocabulary === after.vocabulary ? laidOut : factTable(encounter, vocabulary);
    const rules = new Set(causes.map(({ rule }) => rule));
    return compared.regions.flatMap((region, at) =>
      region.rules.some(({ id }) => rules.has(id)) && liesIn(region, compared.payers, table, vocabulary)
        ? [at]
        : [],
    );
  };
  const encounters = yield* changedEncountersInSteps(before, after, regionsAround, settings);
  return {
    equal: compared.equal,
    regions,
    units: compared.units.map((units) => unitsWords(units, after)),
    changedUnits: compared.units,
    uncovered: compared.uncovered.map((uncovered) => uncoveredWords(uncovered, after)),
    notCovered: compared.uncovered,
    directions: directionsOf(compared.regions),
    encounters: encounters.changed,
    moreEncounters: encounters.more,
    comparedEncounters: encounters.compared,
    text: textChanges(before.files, after.files, settings.kept),
  };
}

function toldRegion(
  region: ChangedRegion,
  after: Workspace,
  saved: readonly SavedEncounter[],
  ground: Ground,
): ToldRegion {
  const { when, sentence } = regionWords(region, after);
  const witness = witnessOf(region, ground);
  return {
    when,
    sentence,
    before: region.before,
    after: region.after,
    direction: region.direction,
    policy: region.policy,
    payers: region.where.map(({ payer }) => payer),
    codes: codesOf(region),
    rules: [...new Set(region.rules.map(({ id }) => id))],
    titles: ruleTitles(region),
    witness: witness && encounterText(witness.encounter, ground.vocabulary),
    example: witness && { small: witness, whole: exampleOf(region, witness, saved, ground) },
    region,
  };
}

export interface Ground {
  readonly vocabulary: Vocabulary;
  /** Those of both; null where one of them knows any payer. */
  readonly payers: ReadonlySet<string> | null;
  readonly before: Program;
  readonly after: Program;
}

/** Both sides over the same facts, so that one encounter can be asked of both. */
export function commonGround(before: Workspace, after: Workspace): Ground {
  const [was, is] = [before.memory.facts, after.memory.facts];
  const payers = payersOfBoth(before, after);
  if (sameData(was, is))
    return { vocabulary: after.vocabulary, payers, before: before.program, after: after.program };
  const facts = new Map([...was, ...is].map((fact) => [fact.path, fact]));
  const vocabulary = createVocabulary([...facts.values()]);
  return {
    vocabulary,
    payers,
    before: compile(before.policies, vocabulary),
    after: compile(after.policies, vocabulary),
  };
}

/** Null where one of them has no list of payers, and so knows any. */
export function payersOfBoth(before: Workspace, after: Workspace): ReadonlySet<string> | null {
  return before.payers && after.payers && new Set([...before.payers, ...after.payers]);
}

/** Stricter, looser, both or neutral, for each payer and code that a region speaks of. */
export function directionsOf(regions: readonly ChangedRegion[]): readonly CodeDirection[] {
  const found = new Map<string, { payer: string; code: string | null; directions: Set<Direction> }>();
  for (const region of regions) {
    for (const { payer } of region.where) {
      for (const code of codesOf(region)) {
        const key = JSON.stringify([payer, code]);
        const known = found.get(key) ?? { payer, code, directions: new Set<Direction>() };
        known.directions.add(region.direction);
        found.set(key, known);
      }
    }
  }
  return [...found.values()].map(({ payer, code, directions }) => ({
    payer,
    code,
    direction: together(directions),
  }));
}

function together(directions: ReadonlySet<Direction>): CodeDirection['direction'] {
  if (directions.has('stricter')) return directions.has('looser') ? 'both' : 'stricter';
  return directions.has('looser') ? 'looser' : 'neutral';
}

function codesOf({ constraints }: ChangedRegion): readonly (string | null)[] {
  for (const { variable, classes } of constraints) {
    if (variable.kind !== 'fact' || variable.fact.path !== 'line.code') continue;
    return classes.flatMap((at): readonly (string | null)[] => {
      const { shape } = variable.classes[at]!;
      return shape.kind === 'values' ? shape.values.map(String) : [null];
    });
  }
  return [null];
}
