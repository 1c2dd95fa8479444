import { andList, count } from '../base/words.ts';
import type { ChangedRegion } from '../compare/compare-policies.ts';
import type { Ground } from '../compare/compare-workspaces.ts';
import { regionCodes } from '../compare/region-words.ts';
import { essenceOf, witnessOf } from '../compare/witness.ts';
import type { Witness } from '../compare/witness.ts';
import { compile, epochsInForce, judge } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { Decision, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { ClaimLine, Encounter, FactValue } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import type { FactRef } from '../model/condition.ts';
import type { ClassShape } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import { nounOf } from '../words/nouns.ts';
import { dayWords, valueWords } from '../words/values.ts';

/** One claim line as an example, as both versions of the policy by itself decide it. */
export interface Example {
  /** "97530", "97116 beside 97530". */
  readonly service: string;
  /** The date of service in words. */
  readonly date: string;
  /** "8 minutes"; null: no minutes are recorded. */
  readonly minutes: string | null;
  /** "1 unit". */
  readonly billed: string;
  /** What else makes the difference: "the contact: group"; each with its fact. */
  readonly facts: readonly string[];
  readonly before: ExampleDecision;
  readonly after: ExampleDecision;
  readonly changes: boolean;
}

export interface ExampleDecision {
  readonly decision: Decision;
  /** The units that the minutes support; null: the policy does not say. */
  readonly units: number | null;
  /** The gravest finding in the policy's own words; empty where there is none. */
  readonly reason: string;
}

/** How many examples a region has at the most. */
const mostExamples = 6;

/**
 * Worked examples of regions: an encounter that shows each, its neighbours just outside of the threshold, and the days
 * around the first and the last one. Each is judged by both versions of the rules that make the difference, so that
 * nothing else the payer asks for gets in between.
 */
export function examplesOf(
  regions: readonly ChangedRegion[],
  ground: Ground,
  title: string,
): readonly Example[] {
  const examples = regions.flatMap((region) => {
    const alone: Ground = {
      ...ground,
      before: only(ground.before, region),
      after: only(ground.after, region),
    };
    const witness = plainestWitness(region, alone);
    if (witness === null) return [];
    const known = withCode(witness, codeFor(region, witness, title));
    const start = judgedBy(alone, known).changes ? known : witness;
    return [...neighbours(start, region), ...daysAround(start, region, alone)].map(({ encounter, facts }) =>
      exampleOf(encounter, facts, alone),
    );
  });
  const keyOf = ({ service, date, minutes, billed, facts }: Example) =>
    JSON.stringify([service, date, minutes, billed, facts]);
  return [...new Map(examples.map((example) => [keyOf(example), example])).values()];
}

/** The policy of a region with nothing but the rules that make the difference. */
function only({ policies, vocabulary }: Program, { policy: id, rules }: ChangedRegion): Program {
  const ids = new Set(rules.map((rule) => rule.id));
  const own = policies.flatMap(({ policy }) => (policy.id === id ? [policy] : []));
  return compile(
    own.map((policy) => ({ ...policy, rules: policy.rules.filter((rule) => ids.has(rule.id)) })),
    vocabulary,
  );
}

/** How many parts of a region are looked at for the plainest example. */
const mostSamples = 24;

/** Of the examples that a region has, the one with the mildest decision on either side, and then with the fewest lines. */
function plainestWitness(region: ChangedRegion, ground: Ground): Encounter | null {
  const found = region.samples.slice(0, mostSamples).flatMap((sample) => {
    const witness = witnessOf({ ...region, samples: [sample] }, ground);
    return witness === null ? [] : [witness];
  });
  const cost = ({ encounter, before, after }: Witness) =>
    Math.min(gravity.indexOf(before.decision), gravity.indexOf(after.decision)) * 10 + encounter.lines.length;
  return found.toSorted((a, b) => cost(a) - cost(b))[0]?.encounter ?? null;
}

const gravity: readonly Decision[] = ['pay', 'advise', 'reduce', 'review', 'deny', 'needs-record'];

/** The same on the day before and the day after, where the policy is in force then on one side at least. */
function daysAround(
  encounter: Encounter,
  region: ChangedRegion,
  { before, after }: Ground,
): readonly Varied[] {
  const days = region.where[0]?.days[0];
  const payer = region.where[0]?.payer ?? '';
  if (!days) return [];
  return [days.from - 1, ...(days.to === null ? [] : [days.to + 1])]
    .filter((day) =>
      [before, after].some((program) => epochsInForce(program, { payer, day, received: null }).length > 0),
    )
    .map((day) => ({ encounter: withValue(encounter, 'visit.date', day)!, facts: toldIn(region) }));
}

/** The code by which people know the policy, where the region is about it. */
function codeFor(region: ChangedRegion, { lines }: Encounter, title: string): string {
  const { codes, but } = regionCodes(region);
  const [, named] = /\b(\d{4}[0-9A-Z]|[A-Z]\d{4})\b/.exec(title) ?? [];
  if (named !== undefined && codes.includes(named) !== but) return named;
  return lines[0]!.claim.get('line.code') as string;
}

function withCode(encounter: Encounter, code: string): Encounter {
  const old = encounter.lines[0]!.claim.get('line.code');
  return {
    ...encounter,
    lines: encounter.lines.map((line) =>
      line.claim.get('line.code') === old
        ? { ...line, claim: new Map(line.claim).set('line.code', code) }
        : line,
    ),
  };
}

interface Varied {
  readonly encounter: Encounter;
  readonly facts: readonly FactRef[];
}

const settled = new Set(['line.code', 'visit.payer', 'visit.date']);

/** Facts beside the code, the payer and the date of service that make a case one of the region. */
function factsIn(region: ChangedRegion): readonly FactRef[] {
  return region.constraints.flatMap(({ variable }) =>
    variable.kind === 'fact' && !settled.has(variable.fact.path) ? [variable.fact] : [],
  );
}

/** What is told of an example in a column of its own is not told again. */
function toldIn(region: ChangedRegion): readonly FactRef[] {
  return factsIn(region).filter(({ path }) => path !== 'record.minutes');
}

/** The encounter itself, and the same with a fact that makes the difference just outside of the region. */
function neighbours(encounter: Encounter, region: ChangedRegion): readonly Varied[] {
  const minutes = region.constraints.find(({ variable }) => variable.kind === 'minutes');
  const threshold = region.constraints.find((it) => isThreshold(it) && !isSettled(it));
  const near = threshold ? aroundRange(threshold) : minutes ? aroundMinutes(minutes) : null;
  const other = region.constraints.find(
    (it) => it.variable.kind === 'fact' && it !== threshold && !isSettled(it),
  );
  const facts = toldIn(region);
  const found = [near, other ? others(other, encounter) : null].flatMap((it) => valuesOf(it, encounter));
  if (found.length === 0) return [{ encounter, facts }];
  return found.slice(0, mostExamples).map((it) => ({ encounter: it, facts }));
}

function valuesOf(values: Values | null, encounter: Encounter): readonly Encounter[] {
  return (values?.values ?? []).flatMap((value) => withValue(encounter, values!.path, value) ?? []);
}

interface Values {
  readonly path: string;
  readonly values: readonly FactValue[];
}

function isSettled({ variable }: Constraint): boolean {
  return variable.kind === 'fact' && settled.has(variable.fact.path);
}

function isThreshold({ variable, classes }: Constraint): boolean {
  return (
    variable.kind === 'fact' &&
    ['number', 'date'].includes(variable.fact.type.scalar) &&
    !variable.fact.type.list &&
    classes.some((at) => variable.classes[at]!.shape.kind === 'range')
  );
}

/** One below, the ends of what changes (all of it where that is short), and one above. */
function aroundRange({ variable, classes }: Constraint): Values | null {
  if (variable.kind !== 'fact') return null;
  const ranges = classes.flatMap((at) => rangeOf(variable.classes[at]!.shape));
  const all = variable.classes.flatMap(({ shape }) => rangeOf(shape));
  const ends = { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) };
  return {
    path: variable.fact.path,
    values: around(
      ranges.map(({ from, to }) => ({ from, to })),
      ends,
    ),
  };
}

function rangeOf(shape: ClassShape): readonly { readonly from: number; readonly to: number }[] {
  return shape.kind === 'range' ? [shape] : [];
}

function aroundMinutes({ variable, classes }: Constraint): Values | null {
  if (variable.kind !== 'minutes') return null;
  const ranges = classes.flatMap((at) => variable.classes[at] ?? []);
  return { path: 'record.minutes', values: around(ranges, { from: 0, to: 1440 }) };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How many whole numbers of a stretch are all shown, before its ends stand for it. */
const shortStretch = 3;

function around(stretches: readonly Stretch[], ends: Stretch): readonly number[] {
  const values = stretches.flatMap(({ from, to }) => {
    const inside =
      to - from < shortStretch && Number.isInteger(from) && Number.isInteger(to)
        ? Array.from({ length: to - from + 1 }, (_, at) => from + at)
        : [from, to];
    return [from - 1, ...inside, to + 1];
  });
  return [...new Set(values)]
    .filter((value) => Number.isFinite(value) && value >= ends.from && value <= ends.to)
    .toSorted((a, b) => a - b);
}

/** The value of the encounter, then one of each kind that lies outside of the region. */
function others({ variable, classes }: Constraint, encounter: Encounter): Values | null {
  if (variable.kind !== 'fact') return null;
  const own = valueIn(encounter, variable.fact.path);
  const outside = variable.classes.filter((_, at) => !classes.includes(at)).map(({ example }) => example);
  const documented = outside.filter((value) => value !== null);
  return { path: variable.fact.path, values: [own ?? null, ...documented] as readonly FactValue[] };
}

function sectionOf(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

function valueIn({ visit, lines, ...sections }: Encounter, path: string): FactValue | undefined {
  const section = sectionOf(path);
  if (section === 'visit') return visit.get(path);
  if (section === 'line') return lines[0]!.claim.get(path);
  if (section === 'record') return lines[0]!.record?.get(path);
  const facts = (sections as unknown as Readonly<Record<string, unknown>>)[section];
  return facts instanceof Map ? (facts.get(path) as FactValue | undefined) : undefined;
}

/** The same encounter with another value of a fact of its first line or of the visit; null: it has no place for it. */
function withValue(encounter: Encounter, path: string, value: FactValue): Encounter | null {
  const section = sectionOf(path);
  const put = (facts: ReadonlyMap<string, FactValue>) => new Map(facts).set(path, value);
  if (section === 'visit') return { ...encounter, visit: put(encounter.visit) };
  if (section === 'line' || section === 'record') {
    const [first, ...rest] = encounter.lines as readonly [ClaimLine, ...ClaimLine[]];
    if (section === 'line') return { ...encounter, lines: [{ ...first, claim: put(first.claim) }, ...rest] };
    if (first.record === null) return null;
    return { ...encounter, lines: [{ ...first, record: put(first.record) }, ...rest] };
  }
  const facts = (encounter as unknown as Readonly<Record<string, unknown>>)[section];
  if (!(facts instanceof Map)) return null;
  return { ...encounter, [section]: put(facts as ReadonlyMap<string, FactValue>) };
}

interface Judged {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly changes: boolean;
}

function judgedBy({ vocabulary, before, after }: Ground, encounter: Encounter): Judged {
  const table = factTable(encounter, vocabulary);
  const [was, is] = [verdictOf(judge(before, table)), verdictOf(judge(after, table))];
  return { before: was, after: is, changes: essenceOf(was) !== essenceOf(is) };
}

function exampleOf(encounter: Encounter, facts: readonly FactRef[], ground: Ground): Example {
  const { before, after, changes } = judgedBy(ground, encounter);
  const [first, ...rest] = encounter.lines;
  const code = (line: ClaimLine) => String(line.claim.get('line.code'));
  const minutes = first!.record?.get('record.minutes');
  const units = first!.claim.get('line.units');
  return {
    service: rest.length === 0 ? code(first!) : `${code(first!)} beside ${andList(rest.map(code))}`,
    date: dayWords(encounter.visit.get('visit.date') as number),
    minutes: typeof minutes === 'number' ? count(minutes, 'minute') : null,
    billed: count(Number(units ?? 1), 'unit'),
    facts: facts.map((fact) => factText(fact, valueIn(encounter, fact.path))),
    before: decisionOf(before),
    after: decisionOf(after),
    changes,
  };
}

function factText(fact: FactRef, value: FactValue | undefined): string {
  const noun = nounOf(fact).text.replace(/^the /, '');
  // What a text says makes no difference, only that there is one.
  const isText = fact.type.scalar === 'text' && value !== null && value !== undefined;
  const isThere = isText && (!Array.isArray(value) || value.length > 0);
  return `${noun}: ${isThere ? 'documented' : valueWords(value ?? null, fact)}`;
}

/** What becomes of the first line: by its own rules, or by those of the visit where they are graver. */
function decisionOf({ decision, lines, visit }: Verdict): ExampleDecision {
  const [line] = lines;
  const own = line && line.decision !== 'pay' ? line : { decision, violated: visit.violated };
  const reason = own.violated.find(({ effect }) => effect === own.decision) ?? own.violated[0];
  return {
    decision: line && line.decision !== 'pay' ? line.decision : decision,
    units: line?.supportableUnits ?? null,
    reason: reason?.message ?? '',
  };
}
