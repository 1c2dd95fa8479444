import { count } from '../base/words.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { ClaimLine, Encounter, FactValue, SectionFacts, Vocabulary } from '../facts/encounter.ts';
import { absentValue } from '../facts/fact-table.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, Section } from '../facts/vocabulary.ts';
import { valueWords } from '../words/values.ts';
import { factLabel, sectionTitles } from './labels.ts';

/** One thing in which an encounter differs from the one it was made from, in words. */
export interface FactChange {
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  /** `Minutes`, `Treatment plan`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** Every difference between two encounters, lines by their position, in the order of the file. */
export function factChanges(
  before: Encounter,
  after: Encounter,
  vocabulary: Vocabulary,
): readonly FactChange[] {
  const most = Math.max(before.lines.length, after.lines.length);
  return [
    ...sectionChanges('visit', null, before.visit, after.visit, vocabulary),
    ...optionalSections.flatMap((name) => sectionChanges(name, null, before[name], after[name], vocabulary)),
    ...priorChanges(before.priorVisits, after.priorVisits, vocabulary),
    ...Array.from({ length: most }, (_, index) =>
      lineChanges(index + 1, before.lines[index], after.lines[index], vocabulary),
    ).flat(),
  ];
}

function lineChanges(
  line: number,
  before: ClaimLine | undefined,
  after: ClaimLine | undefined,
  vocabulary: Vocabulary,
): readonly FactChange[] {
  if (!before || !after) {
    const code = (it: ClaimLine | undefined) =>
      it ? String(it.claim.get('line.code') ?? 'no code') : 'none';
    return [{ line, what: sectionTitles.line, before: code(before), after: code(after) }];
  }
  return [
    ...sectionChanges('line', line, before.claim, after.claim, vocabulary),
    ...sectionChanges('record', line, before.record, after.record, vocabulary),
  ];
}

function sectionChanges(
  section: Section,
  line: number | null,
  before: SectionFacts,
  after: SectionFacts,
  vocabulary: Vocabulary,
): readonly FactChange[] {
  if (before === null || after === null) {
    if (before === after) return [];
    const state = (facts: SectionFacts) => (facts === null ? 'not supplied' : 'supplied');
    return [{ line, what: sectionTitles[section], before: state(before), after: state(after) }];
  }
  return vocabulary.facts.flatMap((fact) => {
    if (sectionOf(fact.path) !== section || fact.computed) return [];
    const [from, to] = [valueIn(before, fact), valueIn(after, fact)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ line, what: factLabel(fact.path), before: words(from, fact), after: words(to, fact) }];
  });
}

function priorChanges(
  before: Encounter['priorVisits'],
  after: Encounter['priorVisits'],
  vocabulary: Vocabulary,
): readonly FactChange[] {
  const words = (visits: Encounter['priorVisits']) =>
    visits === null ? 'not supplied' : count(visits.length, 'visit');
  const plain = (visits: Encounter['priorVisits']) =>
    JSON.stringify(
      visits?.map((visit) =>
        vocabulary.facts.flatMap((fact) =>
          sectionOf(fact.path) === 'priorVisits' ? [valueIn(visit, fact)] : [],
        ),
      ) ?? null,
    );
  if (plain(before) === plain(after)) return [];
  const [from, to] = [words(before), words(after)];
  return [{ line: null, what: sectionTitles.priorVisits, before: from, after: from === to ? 'changed' : to }];
}

/** As judging sees it: what is not there is empty, and on the claim an absent list says "none". */
function valueIn(facts: ReadonlyMap<string, FactValue>, fact: Fact): FactValue | undefined {
  return facts.get(fact.path) ?? absentValue(fact);
}

function words(value: FactValue | undefined, { path, type, unit }: Fact): string {
  return valueWords(value, { type, unit: unit ?? null, section: sectionOf(path) });
}
