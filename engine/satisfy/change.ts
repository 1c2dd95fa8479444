import type { ClaimLine, Encounter, FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import { optionalSections } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, Section } from '../facts/vocabulary.ts';

/** One fact of one encounter: by its path, and the 1-based line that it is of, or null. */
export interface FactKey {
  readonly path: string;
  readonly line: number | null;
}

export interface FactChange extends FactKey {
  readonly to: FactValue;
}

/** The earlier visits as a whole: the one thing about them that may be supplied is that there were none. */
export const earlierVisits = 'priorVisits';

/**
 * What a provider may complete: what the health record, the note, the plan, the episode and the patient say.
 * The claim is not among them, nor who rendered the service: to change those is to bill something else.
 */
const changeable: readonly Section[] = ['record', 'note', 'plan', 'episode', 'patient'];

export function isChangeable(path: string, vocabulary: Vocabulary): boolean {
  const fact = vocabulary.byPath.get(path);
  return fact !== undefined && fact.computed !== true && changeable.includes(sectionOf(path));
}

export function sameKey(a: FactKey, b: FactKey): boolean {
  return a.path === b.path && a.line === b.line;
}

/** The encounter as it would be with these facts. A section that was never supplied is supplied with them alone. */
export function changeEncounter(encounter: Encounter, changes: readonly FactChange[]): Encounter {
  let changed = encounter;
  for (const { path, line, to } of changes) {
    const section = sectionOf(path.includes('.') ? path : `${path}.`);
    if (path === earlierVisits) {
      changed = { ...changed, priorVisits: [] };
    } else if (line !== null) {
      const lines = changed.lines.map((one, index) => (index === line - 1 ? changeLine(one, path, to) : one));
      changed = { ...changed, lines };
    } else {
      const name = optionalSections.find((one) => one === section);
      if (name) changed = { ...changed, [name]: new Map([...(changed[name] ?? []), [path, to]]) };
    }
  }
  return changed;
}

function changeLine(line: ClaimLine, path: string, to: FactValue): ClaimLine {
  return sectionOf(path) === 'line'
    ? { ...line, claim: new Map([...line.claim, [path, to]]) }
    : { ...line, record: new Map([...(line.record ?? []), [path, to]]) };
}

type Vector = FactTable['visit'];

/** The same on the table itself, where many changes are tried one after the other. */
export function changeTable(
  table: FactTable,
  changes: readonly FactChange[],
  vocabulary: Vocabulary,
): FactTable {
  let { visit, prior } = table;
  const lines = [...table.lines];
  for (const { path, line, to } of changes) {
    if (path === earlierVisits) prior = [];
    else if (line === null) visit = withValue(visit, path, to, vocabulary);
    else lines[line - 1] = withValue(lines[line - 1]!, path, to, vocabulary);
  }
  return { ...table, visit, prior, lines };
}

function withValue(vector: Vector, path: string, to: FactValue, vocabulary: Vocabulary): Vector {
  const slot = vocabulary.slots.get(path)!;
  const next = [...vector];
  if (next[slot] === undefined) {
    // The section is supplied with this, and everything else of it is empty.
    const section = sectionOf(path);
    for (const fact of vocabulary.facts) {
      if (sectionOf(fact.path) === section && !fact.computed)
        next[vocabulary.slots.get(fact.path)!] = emptyOf(fact);
    }
  }
  next[slot] = to;
  return next;
}

const emptyOf = (fact: Fact): FactValue => (fact.absentMeansNone ? [] : null);

/** What the encounter says now; `undefined` where the section was never supplied. */
export function valueNow(
  table: FactTable,
  { path, line }: FactKey,
  vocabulary: Vocabulary,
): FactValue | undefined {
  if (path === earlierVisits) return table.prior === null ? undefined : [];
  const slot = vocabulary.slots.get(path)!;
  if (ownerOf(path) === 'line') return table.lines[(line ?? 0) - 1]?.[slot];
  return table.visit[slot];
}
