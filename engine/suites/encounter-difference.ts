import { formatDay } from '../base/calendar-date.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { ClaimLine, Encounter, FactValue, SectionFacts, Vocabulary } from '../facts/encounter.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, Section } from '../facts/vocabulary.ts';
import type { YamlValue } from '../yaml/write-yaml.ts';

/** What a case must state so that its base becomes another encounter. */
export interface EncounterDifference {
  /** In the order of the file: visit, sections, prior visits, lines. */
  readonly given: readonly Given[];
  readonly without: readonly string[];
  /** How many facts, sections and lines are stated: the smaller, the better a base fits. */
  readonly size: number;
}

export interface Given {
  /** As a case writes it: `lines.1.record.minutes`. */
  readonly path: string;
  readonly value: YamlValue;
  readonly size: number;
}

/**
 * The smallest `given` and `without` that lead from one encounter to another.
 * A case adds lines at the end only and takes them away afterwards, so lines are paired in their order,
 * at the least cost, and what finds no partner is taken away or added.
 */
export function encounterDifference(
  base: Encounter,
  wanted: Encounter,
  vocabulary: Vocabulary,
): EncounterDifference {
  const given: Given[] = givenFacts('visit', 'visit', base.visit, wanted.visit, vocabulary);
  const without: string[] = [];
  for (const section of optionalSections) {
    const part = sectionDifference(section, section, base[section], wanted[section], vocabulary);
    given.push(...part.given);
    without.push(...part.without);
  }
  const prior = priorDifference(base, wanted, vocabulary);
  given.push(...prior.given);
  without.push(...prior.without);
  const lines = lineDifference(base.lines, wanted.lines, vocabulary);
  given.push(...lines.given);
  without.push(...lines.without);
  return { given, without, size: given.reduce((sum, { size }) => sum + size, without.length) };
}

type Part = Pick<EncounterDifference, 'given' | 'without'>;

function sectionDifference(
  section: Section,
  path: string,
  before: SectionFacts,
  after: SectionFacts,
  vocabulary: Vocabulary,
): Part {
  if (after === null) return { given: [], without: before === null ? [] : [path] };
  if (before === null) {
    const value = sectionYaml(section, after, vocabulary);
    return { given: [{ path, value, size: 1 + Object.keys(value).length }], without: [] };
  }
  return { given: givenFacts(section, path, before, after, vocabulary), without: [] };
}

function givenFacts(
  section: Section,
  path: string,
  before: ReadonlyMap<string, FactValue>,
  after: ReadonlyMap<string, FactValue>,
  vocabulary: Vocabulary,
): Given[] {
  return factsOfSection(section, vocabulary).flatMap((fact) => {
    const value = valueOf(after, fact);
    if (sameValue(valueOf(before, fact), value)) return [];
    return [{ path: `${path}.${nameOf(fact)}`, value: factYaml(value, fact), size: 1 }];
  });
}

/** Earlier visits have no names of their own: where one differs, all are given. */
function priorDifference(base: Encounter, wanted: Encounter, vocabulary: Vocabulary): Part {
  const [before, after] = [base.priorVisits, wanted.priorVisits];
  if (after === null) return { given: [], without: before === null ? [] : ['priorVisits'] };
  const same =
    before?.length === after.length &&
    before.every(
      (visit, index) => givenFacts('priorVisits', 'prior', visit, after[index]!, vocabulary).length === 0,
    );
  if (same) return { given: [], without: [] };
  const value = after.map((visit) => sectionYaml('priorVisits', visit, vocabulary));
  return { given: [{ path: 'priorVisits', value, size: 1 + after.length }], without: [] };
}

function lineDifference(
  before: readonly ClaimLine[],
  after: readonly ClaimLine[],
  vocabulary: Vocabulary,
): Part {
  const given: Given[] = [];
  const records: string[] = [];
  const removed: string[] = [];
  const partners = pairLines(before, after, vocabulary);
  partners.forEach((partner, index) => {
    const path = `lines.${index + 1}`;
    if (partner === null) {
      removed.push(path);
      return;
    }
    const part = oneLineDifference(path, before[index]!, after[partner]!, vocabulary);
    given.push(...part.given);
    records.push(...part.without);
  });
  const paired = partners.filter((partner) => partner !== null).length;
  after.slice(paired).forEach((line, index) => {
    const value = lineYaml(line, vocabulary);
    given.push({
      path: `lines.${before.length + index + 1}`,
      value,
      size: 1 + line.claim.size + (line.record?.size ?? 0),
    });
  });
  // A line that goes renumbers those behind it: records first, then lines from the last to the first.
  return { given, without: [...records, ...removed.toReversed()] };
}

function oneLineDifference(path: string, before: ClaimLine, after: ClaimLine, vocabulary: Vocabulary): Part {
  const record = sectionDifference('record', `${path}.record`, before.record, after.record, vocabulary);
  return {
    given: [...givenFacts('line', path, before.claim, after.claim, vocabulary), ...record.given],
    without: record.without,
  };
}

/** For each line before, the position of its partner after (null = taken away); what is left after is added behind. */
function pairLines(
  before: readonly ClaimLine[],
  after: readonly ClaimLine[],
  vocabulary: Vocabulary,
): readonly (number | null)[] {
  const claimFacts = factsOfSection('line', vocabulary);
  const recordFacts = factsOfSection('record', vocabulary);
  const changes = (facts: readonly Fact[], was: SectionFacts, is: SectionFacts): number => {
    if (was === null || is === null) return was === is ? 0 : 1 + (is?.size ?? 0);
    return facts.filter((fact) => !sameValue(valueOf(was, fact), valueOf(is, fact))).length;
  };
  const costOf = (b: number, a: number): number =>
    changes(claimFacts, before[b]!.claim, after[a]!.claim) +
    changes(recordFacts, before[b]!.record, after[a]!.record);
  const costOfAdding = (from: number): number =>
    after.slice(from).reduce((sum, { claim, record }) => sum + 1 + claim.size + (record?.size ?? 0), 0);
  // best[b][a]: the least cost of the lines from `b` on, when those before `a` have their partners.
  const best: number[][] = Array.from({ length: before.length + 1 }, () => []);
  const pairs: boolean[][] = Array.from({ length: before.length }, () => []);
  for (let a = 0; a <= after.length; a += 1) best[before.length]![a] = costOfAdding(a);
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length; a >= 0; a -= 1) {
      const remove = 1 + best[b + 1]![a]!;
      const pair = a < after.length ? costOf(b, a) + best[b + 1]![a + 1]! : Infinity;
      pairs[b]![a] = pair <= remove;
      best[b]![a] = Math.min(pair, remove);
    }
  }
  let next = 0;
  return before.map((_, index) => (pairs[index]![next] ? next++ : null));
}

// --------------------------------------------------------------------------------------- facts as YAML

/** A whole encounter as the block of its file. */
export function encounterYaml(
  encounter: Encounter,
  vocabulary: Vocabulary,
): { readonly [key: string]: YamlValue } {
  const sections = optionalSections.flatMap((section): [string, YamlValue][] => {
    const facts = encounter[section];
    return facts === null ? [] : [[section, sectionYaml(section, facts, vocabulary)]];
  });
  const { priorVisits } = encounter;
  return {
    encounter: encounter.id,
    ...(encounter.title === encounter.id ? {} : { title: encounter.title }),
    visit: sectionYaml('visit', encounter.visit, vocabulary),
    ...Object.fromEntries(sections),
    ...(priorVisits === null
      ? {}
      : { priorVisits: priorVisits.map((visit) => sectionYaml('priorVisits', visit, vocabulary)) }),
    lines: encounter.lines.map((line) => lineYaml(line, vocabulary)),
  };
}

function lineYaml(
  { claim, record }: ClaimLine,
  vocabulary: Vocabulary,
): { readonly [key: string]: YamlValue } {
  const facts = sectionYaml('line', claim, vocabulary);
  // A line says its units, even where they are left open.
  const own = 'units' in facts ? facts : { ...facts, units: nothing };
  return record === null ? own : { ...own, record: sectionYaml('record', record, vocabulary) };
}

/** The facts of a section that are there, in the order of the vocabulary. */
function sectionYaml(
  section: Section,
  facts: ReadonlyMap<string, FactValue>,
  vocabulary: Vocabulary,
): { readonly [key: string]: YamlValue } {
  return Object.fromEntries(
    factsOfSection(section, vocabulary).flatMap((fact): [string, YamlValue][] => {
      const value = facts.get(fact.path);
      return value === undefined || value === null ? [] : [[nameOf(fact), factYaml(value, fact)]];
    }),
  );
}

function factsOfSection(section: Section, { facts }: Vocabulary): readonly Fact[] {
  return facts.filter(({ path, computed }) => sectionOf(path) === section && !computed);
}

function nameOf({ path }: Fact): string {
  return path.slice(path.indexOf('.') + 1);
}

/** As judging sees it: what is not there is empty, and on the claim an absent list says "none". */
function valueOf(facts: ReadonlyMap<string, FactValue>, fact: Fact): FactValue {
  return facts.get(fact.path) ?? (fact.absentMeansNone ? [] : null);
}

function sameValue(a: FactValue, b: FactValue): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
}

/** A field that is there and empty. */
const nothing: YamlValue = null;

export function factYaml(value: FactValue, fact: Fact): YamlValue {
  if (value === null) return nothing;
  const one = (item: string | number | boolean): string =>
    fact.type.scalar === 'date' && typeof item === 'number' ? formatDay(item) : String(item);
  return Array.isArray(value) ? value.map(one) : one(value as string | number | boolean);
}
