import { parseDay, formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import { comparePolicies } from '../compare/compare-policies.ts';
import { witnessOf } from '../compare/witness.ts';
import { compile, contextFor, epochsInForce, outcomeOf, traceOfRule } from '../evaluate/compile.ts';
import type { CompiledRule, Epoch, Program } from '../evaluate/compile.ts';
import type { ConditionTrace } from '../evaluate/outcome.ts';
import type { FactTable, Vocabulary } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { readDocument, toDocument } from '../intermediate/document.ts';
import type { EncounterDocument, Input } from '../intermediate/document.ts';
import { lower } from '../intermediate/lower.ts';
import type { PlainPeriod, PlainProgram } from '../intermediate/form.ts';
import type { Policy } from '../model/policy.ts';
import type { KitLine } from '../targets/kit-line.ts';
import { datesAmong, moved, withField } from './document-edits.ts';
import { everyMember } from './every-member.ts';
import { movesOf } from './moves.ts';
import type { Move } from './moves.ts';
import { mutantsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import type { SavedEncounter } from './saved.ts';
import { answerBy, createTeller, readied } from './tell-mutants.ts';
import type { Readied } from './tell-mutants.ts';
import { createTableOf } from './table-of.ts';
import { timeRuleVisits } from './time-rule-visits.ts';
import { wrongDocuments } from './wrong-documents.ts';

/** What a kit is made of: the policies that are exported, and the encounters that are saved beside them. */
export interface KitGiven {
  readonly policies: readonly Policy[];
  readonly vocabulary: Vocabulary;
  /** The payers there are, where they are known. */
  readonly payers: ReadonlySet<string> | null;
  readonly saved: readonly SavedEncounter[];
}

/**
 * Encounters with what every export must answer: the saved ones, and those that are made from the policies' own edges.
 * The same policies and encounters always give the same kit, in the same order.
 */
export function makeKit(given: KitGiven): readonly KitLine[] {
  return allAtOnce(makeKitInSteps(given));
}

/** The same, with pauses, for whoever has something else to do in between. */
export function* makeKitInSteps(given: KitGiven): Generator<Step, readonly KitLine[]> {
  const { policies, vocabulary, saved } = given;
  const ground = layGround(given);
  const { form, program } = ground;
  const kit = createCollection(ground);
  for (const { id, document } of saved) kit.add('saved', id, document);
  const rules = program.policies.reduce((sum, { policy }) => sum + policy.rules.length, 0);
  const total = 3 * rules;
  let done = 0;

  const pools = new Map<string, Candidate[]>();
  const shown = ground.saved.toSorted((a, b) => a.size - b.size);
  for (const [at, { policy, epochs }] of program.policies.entries()) {
    const periods = form.policies[at]!.periods;
    const seen = new Map<string, readonly Base[]>();
    for (const [index, epoch] of epochs.entries()) {
      const payer = ground.payerFor(epoch);
      if (payer === null) continue;
      const period = periods[index]!;
      const visit = { epoch, payer, period };
      const there = shown.map(({ document }) => once(() => laidOut(document, visit, ground)));
      for (const rule of [...epoch.lineRules, ...epoch.visitRules]) {
        const { id } = rule.rule;
        const key = JSON.stringify([id, ruleText(period, id)]);
        const known = seen.get(key);
        if (known) {
          // The same rule in a later period: what it decides there is asked once more, and not how.
          for (const base of known) {
            const document = ground.movedTo(base.document, epoch, payer);
            if (document) kit.add('period', `${id}/${formatDay(epoch.from)}`, document);
          }
          continue;
        }
        yield { done, total };
        done = Math.min(done + 1, 2 * rules);
        const bases = findBases(epoch, rule, there);
        seen.set(key, bases);
        const moves = movesOf(
          period.rules.find((one) => one.id === id)!,
          period,
          ground,
        );
        const pool = pools.get(id) ?? [];
        pools.set(id, pool);
        gather(bases, rule, moves, visit, ground, kit, pool);
      }
      for (const document of everyMember(period, seenBases(seen), ground))
        kit.add('list', policy.id, document);
      for (const document of timeRuleVisits(period, formatDay(epoch.from), payer))
        kit.add('time-rule', policy.id, document);
    }
    const bases = seenBases(seen);
    for (const document of aroundDates(policy, epochsDays(epochs), bases, ground))
      kit.add('date', policy.id, document);
  }
  const sound = kit.lines().find(({ encounter }) => readDocument(encounter, form).input !== null);
  if (sound)
    for (const document of wrongDocuments(form, sound.encounter as EncounterDocument))
      kit.add('wrong-type', 'boundary', document);

  // What only few encounters tell is looked for on purpose.
  const mutants = mutantsOf(policies, vocabulary);
  const told = createTeller(readied(kit.lines(), policies, vocabulary), { vocabulary, lines: 1 });
  const fromPool = new Map(
    [...pools].map(([rule, pool]) => [rule, createTeller(pool, { vocabulary, lines: 1 })] as const),
  );
  for (const [index, mutant] of mutants.entries()) {
    if (index % 20 === 0) yield { done: 2 * rules + Math.floor((rules * index) / mutants.length), total };
    if (told(mutant).length > 0) continue;
    const [tried] = fromPool.get(mutant.rule ?? '')?.(mutant) ?? [];
    const found = tried ? tried.encounter : witnessFor(mutant, given);
    if (found) kit.add('decisive', mutant.rule ?? 'policy', found);
  }
  return kit.lines();
}

/** An encounter in which a rule is asked of the first line, or of the visit. */
interface Base {
  readonly document: EncounterDocument;
}

type Candidate = Readied;

interface Visit {
  readonly epoch: Epoch;
  readonly payer: string;
  readonly period: PlainPeriod;
}

interface SavedTable {
  readonly document: EncounterDocument;
  readonly size: number;
}

export interface Ground {
  readonly vocabulary: Vocabulary;
  readonly form: PlainProgram;
  readonly program: Program;
  readonly fields: ReadonlyMap<string, PlainProgram['fields'][number]>;
  readonly saved: readonly SavedTable[];
  readonly inputOf: (document: EncounterDocument) => Input | null;
  readonly layOut: (input: Input) => FactTable;
  readonly tableOf: (document: EncounterDocument) => FactTable | null;
  /** A payer for whom an epoch is in force on its first day; null where another policy always takes its place. */
  readonly payerFor: (epoch: Epoch) => string | null;
  readonly movedTo: (document: EncounterDocument, epoch: Epoch, payer: string) => EncounterDocument | null;
}

function layGround({ policies, vocabulary, payers, saved }: KitGiven): Ground {
  const form = lower(policies, vocabulary);
  const program = compile(policies, vocabulary);
  const layOut = createTableOf(vocabulary);
  const inputOf = (document: EncounterDocument) => readDocument(document, form).input;
  const isDate = datesAmong(vocabulary.facts);
  const everyone = [...(payers ?? []), ...policies.flatMap((policy) => policy.payers ?? []), 'another-payer'];
  const known = [...new Set(everyone)];
  return {
    vocabulary,
    form,
    program,
    fields: new Map(form.fields.map((field) => [field.path, field])),
    saved: saved.map(({ document }) => ({ document, size: JSON.stringify(document).length })),
    inputOf,
    layOut,
    tableOf: (document) => {
      const input = inputOf(document);
      return input && layOut(input);
    },
    payerFor: (epoch) =>
      known.find((payer) =>
        epochsInForce(program, { day: epoch.from, received: null, payer }).includes(epoch),
      ) ?? null,
    movedTo: (document, { from, to }, payer) => {
      const day = parseDay(String(document.visit.date));
      if (day === null) return null;
      const within = Math.min(Math.max(day, from), to ?? Infinity);
      return moved(document, within, payer, isDate);
    },
  };
}

interface Collection {
  /** False where the same encounter is there already. */
  readonly add: (tag: string, name: string, document: unknown) => boolean;
  readonly lines: () => readonly KitLine[];
}

function createCollection({ form, program, tableOf }: Ground): Collection {
  const known = new Set<string>();
  const numbers = new Map<string, number>();
  const lines: KitLine[] = [];
  return {
    add(tag, name, given) {
      const { encounter: _, ...said } = (isObject(given) ? given : {}) as Partial<EncounterDocument>;
      const text = isObject(given) ? JSON.stringify(said) : JSON.stringify(given);
      if (known.has(text)) return false;
      known.add(text);
      const number = (numbers.get(`${tag}/${name}`) ?? 0) + 1;
      numbers.set(`${tag}/${name}`, number);
      const id = tag === 'saved' ? `saved/${name}` : `${tag}/${name}/${number}`;
      const encounter: unknown = isObject(given)
        ? JSON.parse(JSON.stringify({ encounter: id, ...said }))
        : given;
      const { problems } = readDocument(encounter, form);
      const expected = problems
        ? ({ answer: null, refused: problems } as const)
        : ({ answer: answerBy(program, tableOf(encounter as EncounterDocument)!), refused: null } as const);
      lines.push({ id, tag, encounter, expected });
      return true;
    },
    lines: () => lines,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many encounters a rule starts from, for each of its outcomes. */
const basesPerOutcome = 1;

interface LaidOut extends Base {
  readonly table: FactTable;
}

/** A saved encounter on the days of a period; null where it cannot be judged there. */
function laidOut(document: EncounterDocument, { epoch, payer }: Visit, ground: Ground): LaidOut | null {
  const there = ground.movedTo(document, epoch, payer);
  const table = there && ground.tableOf(there);
  return there && table && { document: there, table };
}

/** Small saved encounters in which the rule is violated, met, or does not apply. */
function findBases(
  epoch: Epoch,
  rule: CompiledRule,
  saved: readonly (() => LaidOut | null)[],
): readonly Base[] {
  const found = new Map<number, Base[]>();
  for (const lay of saved) {
    const laid = lay();
    if (!laid) continue;
    const { document: there, table } = laid;
    const context = contextFor(table, epoch.figures(table));
    const subjects = rule.rule.scope === 'visit' ? [null] : table.lines.map((_, index) => index);
    for (const index of subjects) {
      context.index = index ?? -1;
      context.line = index === null ? [] : table.lines[index]!;
      const outcome = outcomeOf(rule, context);
      const some = found.get(outcome) ?? [];
      if (some.length >= basesPerOutcome) continue;
      some.push({ document: index === null || index === 0 ? there : lineFirst(there, index) });
      found.set(outcome, some);
    }
    if ([1, 2].every((outcome) => (found.get(outcome)?.length ?? 0) >= basesPerOutcome)) break;
  }
  // Violated and met before the rest, which only serve where there is nothing better.
  const decided = [2, 1].flatMap((outcome) => found.get(outcome) ?? []);
  return decided.length === 2
    ? decided
    : [...decided, ...[3, 0].flatMap((outcome) => found.get(outcome) ?? [])];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function lineFirst(document: EncounterDocument, index: number): EncounterDocument {
  const { lines } = document;
  return { ...document, lines: [lines[index]!, ...lines.filter((_, at) => at !== index)] };
}

/** How many changes are combined in pairs at the most; the rest is tried singly. */
const mostPaired = 36;

/** Changes one and two at a time; kept is each edge by itself, and each pair of conditions in a combination not seen before. */
function gather(
  bases: readonly Base[],
  rule: CompiledRule,
  moves: readonly Move[],
  { epoch }: Visit,
  ground: Ground,
  kit: Collection,
  pool: Candidate[],
): void {
  const seen = new Set<string>();
  const { id } = rule.rule;
  const consider = (document: EncounterDocument, tag: string, forced: boolean): string | null => {
    const input = ground.inputOf(document);
    const table = input && ground.layOut(input);
    if (!input || !table || !epochsInForce(ground.program, table).includes(epoch)) {
      if (forced) kit.add(tag, id, document);
      return null;
    }
    const index = rule.rule.scope === 'visit' ? null : 0;
    const trace = traceOfRule(epoch, rule, table, index);
    const truths = [trace.when, trace.require, trace.unless].flatMap((part) => (part ? truthsOf(part) : []));
    const text = `${trace.outcome} ${truths.join(' ')}`;
    pool.push({ encounter: document, input, table });
    let isNew = false;
    for (let i = 0; i < truths.length; i += 1)
      for (let j = i; j < truths.length; j += 1) {
        const pair = `${i} ${truths[i]} ${j} ${truths[j]}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        isNew = true;
      }
    if (isNew || forced) kit.add(forced ? tag : 'pair', id, document);
    return text;
  };
  for (const [at, { document }] of bases.entries()) {
    consider(document, 'base', true);
    const kept: { readonly move: Move; readonly document: EncounterDocument }[] = [];
    const told = new Set<string>();
    for (const move of moves) {
      const changed = move.apply(document, 0);
      if (!changed) continue;
      // At, below and above every edge from two sides; more of the same adds nothing.
      const text = consider(changed, move.tag, at < 2);
      if (text === null || told.has(text)) continue;
      told.add(text);
      kept.push({ move, document: changed });
    }
    if (at > 1) continue;
    for (const [first, { document: once }] of kept.entries())
      for (const { move } of kept.slice(first + 1, first + 1 + mostPaired)) {
        const twice = move.apply(once, 0);
        if (twice) consider(twice, move.tag, false);
      }
  }
}

/** What each condition came to; of other lines, everything that it came to on any. */
function truthsOf(trace: ConditionTrace): readonly string[] {
  const own = letter(trace.result);
  if (trace.lines) {
    const inner = trace.children.map((child) => truthsOf(child));
    const width = Math.max(0, ...inner.map(({ length }) => length));
    const joined = Array.from({ length: width }, (_, at) =>
      [...new Set(inner.map((truths) => truths[at] ?? ''))].toSorted().join(''),
    );
    return [own, ...joined];
  }
  return [own, ...trace.children.flatMap(truthsOf)];
}

function letter(result: ConditionTrace['result']): string {
  return result === 'unknown' ? 'u' : result ? 't' : 'f';
}

function ruleText(period: PlainPeriod, id: string): unknown {
  const rule = period.rules.find((one) => one.id === id)!;
  return [rule.applies, rule.met, period.figures, period.timeRule];
}

function seenBases(seen: ReadonlyMap<string, readonly Base[]>): readonly EncounterDocument[] {
  const documents = [...seen.values()].flatMap((bases) => bases.slice(0, 1).map(({ document }) => document));
  return [...new Map(documents.map((document) => [JSON.stringify(document), document])).values()];
}

function epochsDays(epochs: readonly Epoch[]): readonly Day[] {
  return [
    ...new Set(
      epochs.flatMap(({ from, to }) => [
        from - 1,
        from,
        from + 1,
        ...(to === null ? [] : [to - 1, to, to + 1]),
      ]),
    ),
  ];
}

/** How many encounters are put on each day at which something changes. */
const mostPerDay = 4;

/** The day before, of and after each day on which a policy, a list or a parameter changes; at every payer once. */
function* aroundDates(
  policy: Policy,
  days: readonly Day[],
  bases: readonly EncounterDocument[],
  { vocabulary, form }: Ground,
): Generator<EncounterDocument> {
  const isDate = datesAmong(vocabulary.facts);
  const some = bases.slice(0, mostPerDay);
  for (const document of some) {
    const payer = String(document.visit.payer);
    for (const day of days) yield moved(document, day, payer, isDate);
  }
  const [first] = some;
  const day = first && parseDay(String(first.visit.date));
  if (!first || day === null || day === undefined) return;
  for (const payer of [...new Set(form.policies.flatMap(({ payers }) => payers ?? [])), 'another-payer'])
    yield moved(first, day, payer, isDate);
  const { received } = policy;
  const field = form.fields.find(({ path }) => path === 'visit.received');
  if (!received || !field) return;
  const ends = [received.from, received.to].flatMap((end) => (end === null ? [] : [end - 1, end, end + 1]));
  for (const document of some)
    for (const value of [...ends.map(formatDay), undefined]) {
      const made = withField(document, field, 0, value);
      if (made) yield made;
    }
}

/** An encounter that tells a mutant, from a complete comparison of the two versions. */
function witnessFor(mutant: Mutant, { vocabulary, payers }: KitGiven): EncounterDocument | null {
  if (mutant.kind === 'guard') return null;
  const [before, after] = [compile(mutant.before, vocabulary), compile(mutant.after, vocabulary)];
  const { regions } = comparePolicies(before, after, { vocabulary, payers });
  for (const region of regions) {
    const witness = witnessOf(region, { vocabulary, before, after });
    if (witness) return toDocument(factTable(witness.encounter, vocabulary), vocabulary);
  }
  return null;
}
