import { optionalSections } from '../facts/encounter.ts';
import type { Encounter, SectionFacts, Vocabulary } from '../facts/encounter.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Section } from '../facts/vocabulary.ts';
import { valueWords } from '../words/values.ts';
import { factLabel, sectionTitles } from './labels.ts';

/** One thing that an encounter says, in words. */
export interface FactRow {
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  /** Of the fact; of a record that was not supplied, `record`. */
  readonly path: string;
  /** `Treatment time`, `Procedure code`. */
  readonly what: string;
  readonly value: string;
}

/**
 * What a small encounter says, in the order of the file: every fact that stands in it, and of each line whose record
 * is missing that it is. What was never supplied of the visit is not counted up.
 */
export function factRows(encounter: Encounter, vocabulary: Vocabulary): readonly FactRow[] {
  return [
    ...sectionRows('visit', null, encounter.visit, vocabulary),
    ...optionalSections.flatMap((name) => sectionRows(name, null, encounter[name], vocabulary)),
    ...encounter.lines.flatMap(({ claim, record }, index) => {
      const line = index + 1;
      const missing: FactRow = { line, path: 'record', what: sectionTitles.record, value: 'not supplied' };
      return [
        ...sectionRows('line', line, claim, vocabulary),
        ...(record === null ? [missing] : sectionRows('record', line, record, vocabulary)),
      ];
    }),
  ];
}

function sectionRows(
  section: Section,
  line: number | null,
  facts: SectionFacts,
  vocabulary: Vocabulary,
): readonly FactRow[] {
  if (facts === null) return [];
  return vocabulary.facts.flatMap((fact): readonly FactRow[] => {
    const { path, type, unit } = fact;
    if (sectionOf(path) !== section || !facts.has(path)) return [];
    const value = valueWords(facts.get(path), { type, unit: unit ?? null, section });
    return [{ line, path, what: factLabel(path), value }];
  });
}
