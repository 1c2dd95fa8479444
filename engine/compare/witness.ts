import { judge, outcomeCode } from '../evaluate/compile.ts';
import type { Epoch, Judgement, Program } from '../evaluate/compile.ts';
import type { Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { optionalSections } from '../facts/encounter.ts';
import type {
  ClaimLine,
  Encounter,
  FactValue,
  OptionalSection,
  SectionFacts,
  Vocabulary,
} from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import type { Constraint, ShownRule, Visible } from '../regions/regions.ts';
import { allowsCode, candidates } from './candidates.ts';
import type { ChangedRegion } from './compare-policies.ts';
import { titleOf } from './draft.ts';

/** A small encounter that the two versions decide otherwise, found by trying and judged by both. */
export interface Witness {
  readonly encounter: Encounter;
  readonly before: Verdict;
  readonly after: Verdict;
}

export interface WitnessSettings {
  readonly vocabulary: Vocabulary;
  readonly before: Program;
  readonly after: Program;
  /** How many encounters are tried for a region at the most. */
  readonly tries?: number;
}

const usualTries = 400;
/** How many saved encounters are tried for a region at the most. */
const mostSaved = 40;

/** An encounter of the region that really changes; null where none was found among those tried. */
export function witnessOf(region: ChangedRegion, settings: WitnessSettings): Witness | null {
  if (region.parts) {
    for (const part of region.parts) {
      const found = witnessOf(part, settings);
      if (found) return found;
    }
    return null;
  }
  const { vocabulary, tries = usualTries } = settings;
  const [where] = region.where;
  const day = where?.days[0]?.from;
  if (where === undefined || day === undefined) return null;
  let left = tries;
  for (const sample of region.samples.toSorted((a, b) => emptiness(a) - emptiness(b))) {
    for (const encounter of candidates(sample, where.payer, day, region, vocabulary)) {
      if (left === 0) return null;
      left -= 1;
      const found = shownBy(encounter, region, settings);
      if (found) return found;
    }
  }
  return null;
}

/** What both versions make of an encounter, if it is otherwise as the region says. */
function shownBy(
  encounter: Encounter,
  region: ChangedRegion,
  { vocabulary, before, after }: WitnessSettings,
): Witness | null {
  const table = factTable(encounter, vocabulary);
  const was = judge(before, table);
  const is = judge(after, table);
  if (!showsOne(region, was, is)) return null;
  const verdicts = { before: verdictOf(was), after: verdictOf(is) };
  return essenceOf(verdicts.before) === essenceOf(verdicts.after) ? null : { encounter, ...verdicts };
}

/**
 * The same shown by a whole visit, of which the decision changes: a small example may be denied all the same for what it
 * lacks. It says in a saved encounter of that payer, time and code what the small one says; that one, where none changes.
 */
export function exampleOf(
  region: ChangedRegion,
  small: Witness,
  saved: readonly SavedEncounter[],
  settings: WitnessSettings,
): WholeWitness {
  const itself = { ...small, from: null };
  if (small.before.decision !== small.after.decision) return itself;
  let left = mostSaved;
  for (const { path, encounter: ground } of saved) {
    const lines = region.scope === 'line' ? ground.lines.filter((line) => codeAllowed(region, line)) : [];
    const isOf = region.scope === 'visit' || lines.length > 0;
    if (!isOf || !isWhere(region, ground)) continue;
    if (left === 0) break;
    left -= 1;
    for (const encounter of saidIn(ground, lines[0] ?? null, small.encounter)) {
      const found = shownBy(encounter, region, settings);
      if (found && found.before.decision !== found.after.decision) return { ...found, from: path };
    }
  }
  return itself;
}

export interface SavedEncounter {
  readonly path: string;
  readonly encounter: Encounter;
}

export interface WholeWitness extends Witness {
  /** The file of the encounter from which it was made; null: from none. */
  readonly from: string | null;
}

function codeAllowed({ constraints }: ChangedRegion, { claim }: ClaimLine): boolean {
  const code = claim.get('line.code');
  return typeof code === 'string' && allowsCode(constraints, code);
}

function isWhere({ where }: ChangedRegion, { visit }: Encounter): boolean {
  const [payer, day] = [visit.get('visit.payer'), visit.get('visit.date')];
  return (
    typeof day === 'number' &&
    where.some(
      (it) => it.payer === payer && it.days.some(({ from, to }) => from <= day && (to === null || day <= to)),
    )
  );
}

/** The saved encounter with everything that the small one says but payer, date and code: with its line alone, then with all. */
function saidIn(saved: Encounter, line: ClaimLine | null, small: Encounter): readonly Encounter[] {
  const over = (own: SectionFacts, said: SectionFacts): SectionFacts =>
    said === null ? own : new Map([...(own ?? []), ...said]);
  const without = (facts: ReadonlyMap<string, FactValue>, ...paths: readonly string[]) =>
    new Map([...facts].filter(([path]) => !paths.includes(path)));
  const visit = new Map([...saved.visit, ...without(small.visit, 'visit.payer', 'visit.date')]);
  const sections = Object.fromEntries(
    optionalSections.map((name) => [name, over(saved[name], small[name])]),
  ) as Pick<Encounter, OptionalSection>;
  const whole: Encounter = {
    ...saved,
    ...sections,
    id: small.id,
    title: titleOf(visit),
    visit,
  };
  const [first] = small.lines;
  if (line === null || first === undefined) return [whole];
  const claim = new Map([...line.claim, ...without(first.claim, 'line.code', 'line.units')]);
  const own: ClaimLine = { claim, record: over(line.record, first.record), place: null };
  const others = saved.lines.filter((it) => it !== line);
  return [
    { ...whole, lines: [own] },
    { ...whole, lines: [own, ...others] },
  ];
}

/** How much of a sample is left open: an example in which more is documented is the plainer one. */
function emptiness(sample: readonly Constraint[]): number {
  return sample.filter(
    ({ variable, classes }) =>
      variable.kind === 'fact' && variable.classes[classes[0]!]!.shape.kind === 'empty',
  ).length;
}

/** What of a verdict counts as a change: decisions, rules and units, not the wording of a message. */
export function essenceOf({ decision, lines, visit }: Verdict): string {
  const rules = ({ violated, undetermined }: Verdict['visit']) => [
    violated.map(({ rule, effect }) => `${rule} ${effect}`).toSorted(),
    // Two revisions of which it is not known which one is in force wait for the same.
    [...new Set(undetermined.map(({ rule }) => rule))].toSorted(),
  ];
  return JSON.stringify([
    decision,
    rules(visit),
    lines.map((line) => [line.decision, line.supportableUnits, ...rules(line)]),
  ]);
}

/** Whether nothing counts as a change between two verdicts on one encounter. */
export function sameEssence(a: Verdict, b: Verdict): boolean {
  // Most say the same in the same order, and nothing has to be written out for those.
  return a === b || saysTheSame(a, b) || essenceOf(a) === essenceOf(b);
}

function saysTheSame(a: Verdict, b: Verdict): boolean {
  const sameRules = (one: Verdict['visit'], other: Verdict['visit']) =>
    one.violated.length === other.violated.length &&
    one.undetermined.length === other.undetermined.length &&
    one.violated.every(({ rule, effect }, at) => {
      const there = other.violated[at]!;
      return there.rule === rule && there.effect === effect;
    }) &&
    one.undetermined.every(({ rule }, at) => other.undetermined[at]!.rule === rule);
  return (
    a.decision === b.decision &&
    a.lines.length === b.lines.length &&
    sameRules(a.visit, b.visit) &&
    a.lines.every((line, at) => {
      const there = b.lines[at]!;
      return (
        line.decision === there.decision &&
        line.supportableUnits === there.supportableUnits &&
        sameRules(line, there)
      );
    })
  );
}

/** Whether the first line (or the visit) changes as the region says, for at least one of its rules. */
function showsOne({ rules, scope, epochs }: ChangedRegion, was: Judgement, is: Judgement): boolean {
  return rules.some(
    (rule) =>
      seenIn(was, epochs.before, scope, rule) === rule.before &&
      seenIn(is, epochs.after, scope, rule) === rule.after,
  );
}

function seenIn(
  judgement: Judgement,
  wanted: Epoch | null,
  scope: 'line' | 'visit',
  { id }: ShownRule,
): Visible {
  const own = judgement.policies.find(({ epoch }) => wanted !== null && isSameRevision(epoch, wanted));
  if (!own) return 'fine';
  const rules = scope === 'line' ? own.epoch.lineRules : own.epoch.visitRules;
  const at = rules.findIndex(({ rule }) => rule.id === id);
  const code = (scope === 'line' ? own.lines[0] : own.visit)?.[at];
  if (code === outcomeCode.violated) return rules[at]!.effect;
  return code === outcomeCode.undetermined ? 'needs-record' : 'fine';
}

/** Of one policy only revisions for other dates received are in force together. */
function isSameRevision(one: Epoch, other: Epoch): boolean {
  const windowOf = ({ policy: { received } }: Epoch) => `${received?.from ?? ''}-${received?.to ?? ''}`;
  return one.policy.id === other.policy.id && windowOf(one) === windowOf(other);
}
