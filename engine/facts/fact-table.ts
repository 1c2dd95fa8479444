import type { ClaimLine, Encounter, FactTable, FactValue, SectionFacts, Vocabulary } from './encounter.ts';
import { optionalSections } from './encounter.ts';
import type { Fact } from './vocabulary.ts';
import { dateReceived, sectionOf, vocabulary as builtIn } from './vocabulary.ts';

/** Lays out the built-in facts and a workspace's own; positions follow the order of the table. */
export function createVocabulary(extensions: readonly Fact[] = []): Vocabulary {
  const facts = [...builtIn, ...extensions];
  const byPath = new Map<string, Fact>();
  const slots = new Map<string, number>();
  const next = { visit: 0, line: 0, prior: 0 };
  for (const fact of facts) {
    if (byPath.has(fact.path)) continue;
    byPath.set(fact.path, fact);
    const owner = ownerOf(fact.path);
    slots.set(fact.path, next[owner]);
    next[owner] += 1;
  }
  return { facts: [...byPath.values()], byPath, slots };
}

/** In whose vector a fact lies. */
export function ownerOf(path: string): 'visit' | 'line' | 'prior' {
  const section = sectionOf(path);
  if (section === 'line' || section === 'record') return 'line';
  return section === 'priorVisits' ? 'prior' : 'visit';
}

/** Lays an encounter out in vectors. Computed facts stay `undefined` here: they belong to a policy. */
export function factTable(encounter: Encounter, vocabulary: Vocabulary): FactTable {
  const visit: (FactValue | undefined)[] = [];
  for (const fact of vocabulary.facts) {
    if (ownerOf(fact.path) === 'visit') visit.push(visitValue(encounter, fact));
  }
  const lineFacts = vocabulary.facts.filter((fact) => ownerOf(fact.path) === 'line');
  const priorFacts = vocabulary.facts.filter((fact) => ownerOf(fact.path) === 'prior');
  return {
    id: encounter.id,
    day: encounter.visit.get('visit.date') as number,
    received: (encounter.visit.get(dateReceived) as number | null | undefined) ?? null,
    payer: (encounter.visit.get('visit.payer') as string | null) ?? '',
    visit,
    lines: encounter.lines.map((line) => lineFacts.map((fact) => lineValue(line, fact))),
    prior: encounter.priorVisits?.map((prior) => priorFacts.map((fact) => fieldValue(prior, fact))) ?? null,
  };
}

function visitValue(encounter: Encounter, fact: Fact): FactValue | undefined {
  if (fact.computed) return undefined;
  const section = sectionOf(fact.path);
  if (section === 'visit') return fieldValue(encounter.visit, fact);
  const optional = optionalSections.find((name) => name === section);
  return optional ? fieldValue(encounter[optional], fact) : undefined;
}

function lineValue(line: ClaimLine, fact: Fact): FactValue | undefined {
  if (fact.computed) return undefined;
  return fieldValue(sectionOf(fact.path) === 'line' ? line.claim : line.record, fact);
}

function fieldValue(section: SectionFacts, fact: Fact): FactValue | undefined {
  if (section === null) return undefined;
  return section.get(fact.path) ?? absentValue(fact);
}

/** What is said of a fact that a supplied section leaves out: none, nothing known, or an empty field. */
export function absentValue({ absentMeansNone, absentMeansUnknown }: Fact): readonly [] | null | undefined {
  if (absentMeansNone) return [];
  return absentMeansUnknown ? undefined : null;
}
