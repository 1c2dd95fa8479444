import { allocateUnits, covers, parseDay, supportableUnits } from '#engine';
import type { CodeList } from '#engine';
import type { PlainEncounter, PlainLine, PlainRecord } from './plain-encounter.ts';

/**
 * The shipped policies as a programmer would write them who had nothing but this one task, as a limit to compare with.
 * It knows the policies of HNS, Medicare (with the NCCI pairs), BCBSNC and UnitedHealthcare as they are shipped; the
 * bench refuses to time it where it says anything else than the compiled policies do.
 */
export type HandWritten = (encounter: PlainEncounter) => HandJudgement;

/** Outcomes by position in `lineRules` and `visitRules` of the payer; the numbers are those of `outcomeCode`. */
export interface HandJudgement {
  readonly rules: PayerRules;
  readonly lines: readonly Uint8Array[];
  readonly visit: Uint8Array;
}

export interface PayerRules {
  readonly lineRules: readonly string[];
  readonly visitRules: readonly string[];
}

const skip = 0;
const met = 1;
const violated = 2;
const open = 3;
type Outcome = 0 | 1 | 2 | 3;

const hns: PayerRules = {
  lineRules: [
    ...[
      'one-on-one',
      'performed-by',
      'functional-activity',
      'loss-of-function',
      'skilled-need',
      'active-plan',
      'functional-need',
    ].map((id) => `hns-97530-code/${id}`),
    ...[
      'specific-outcome',
      'functional-impairment',
      'improvement-expected',
      'direct-supervision',
      'correlation',
    ].map((id) => `hns-97530-code/${id}`),
    ...['time-documented', 'minimum-time', 'units-supported'].map((id) => `hns-97530-time/${id}`),
    ...[
      'medically-necessary',
      'consistent',
      'type',
      'rationale',
      'region',
      'setting-and-frequency',
      'time',
    ].map((id) => `hns-documentation/${id}`),
    ...['different-region', 'distinct-service'].map((id) => `hns-manipulation/${id}`),
    ...[
      'supervised-one-unit',
      'supervised-one-line',
      'group-one-unit',
      'group-contact',
      'unlisted-code',
      'massage-units',
      'massage-visits',
    ].map((id) => `hns-therapies/${id}`),
    'hns-treatment-plan/therapy-in-plan',
    'hns-97530-time/time-unverified',
    'hns-documentation/medically-necessary-unverified',
  ],
  visitRules: [
    'hns-therapies/two-therapies',
    'hns-therapies/reduction',
    ...[
      'plan-length',
      'plan-visits',
      'within-plan',
      'goals',
      're-evaluation-weeks',
      're-evaluation-visits',
    ].map((id) => `hns-treatment-plan/${id}`),
    ...['once-a-day', 'daily-visits', 'three-a-week', 'first-month'].map((id) => `hns-treatment-plan/${id}`),
  ],
};
const medicare: PayerRules = {
  lineRules: [
    ...['units-supported', 'one-line-per-code'].map((id) => `medicare-timed-units/${id}`),
    ...[
      'unattended-stimulation',
      'plan-of-care',
      'evaluation-one-unit',
      'manipulation-only',
      'active-treatment',
    ].map((id) => `medicare-therapy-billing/${id}`),
    ...['never-together', 'needs-modifier', 'separate-intervals', 'uncertain-pair'].map(
      (id) => `ncci-therapy-pairs/${id}`,
    ),
    'medicare-timed-units/one-line-per-code-unverified',
    'medicare-therapy-billing/manipulation-only-unverified',
  ],
  visitRules: ['total-time-documented', 'total-covers-timed'].map((id) => `medicare-timed-units/${id}`),
};
const bcbsnc: PayerRules = { lineRules: ['bcbsnc-gp-modifier/gp'], visitRules: [] };
const united: PayerRules = {
  lineRules: ['uhc-therapy-modifier/plan-of-care-announced', 'uhc-therapy-modifier/plan-of-care'],
  visitRules: [],
};
const nobody: PayerRules = { lineRules: [], visitRules: [] };

const day = (text: string) => parseDay(text)!;
const medicareFrom = day('2019-01-01');
const oneLineFrom = day('2021-04-19');
const hnsFrom = day('2019-05-01');
const unitedFrom = day('2019-09-01');
const unitedRevised = day('2020-07-01');
const unitedEnforced = day('2020-04-01');
const performers = new Set(['chiropractor', 'physician', 'physical-therapist', 'occupational-therapist']);
const consistent = ['complaint', 'findings', 'diagnoses', 'plan'];
const deficits = new Set(['mobility', 'strength', 'balance', 'coordination']);

interface Pairs {
  /** For a code in column two: the codes of column one, with their periods. */
  readonly partners: ReadonlyMap<
    string,
    readonly { readonly code: string; readonly from: number | null; readonly to: number | null }[]
  >;
}

export function handWritten(lists: readonly CodeList[]): HandWritten {
  const entries = (id: string) => lists.find((list) => list.id === id)!.entries;
  const setOf = (id: string) => new Set(entries(id).map(({ value }) => value));
  const pairsOf = (id: string): Pairs => {
    const partners = new Map<string, { code: string; from: number | null; to: number | null }[]>();
    for (const { value, columnTwo, from, to } of entries(id))
      partners.set(columnTwo!, [...(partners.get(columnTwo!) ?? []), { code: value, from, to }]);
    return { partners };
  };
  const lookups: Lookups = {
    timed: setOf('timed-codes'),
    therapies: setOf('therapies'),
    alwaysTherapy: setOf('always-therapy'),
    manipulations: setOf('manipulations'),
    spinal: setOf('spinal-manipulations'),
    supervised: setOf('supervised-modalities'),
    evaluations: setOf('evaluations'),
    unlisted: setOf('unlisted-codes'),
    unverified: setOf('unverified-codes'),
    activities: setOf('functional-activities'),
    distinct: setOf('distinct-service-modifiers'),
    planOfCare: setOf('plan-of-care-modifiers'),
    never: pairsOf('ncci-pairs-never'),
    withModifier: pairsOf('ncci-pairs-with-modifier'),
    uncertain: pairsOf('ncci-pairs-uncertain'),
  };
  return (encounter) => {
    const { payer, date } = encounter.visit;
    if (payer === 'hns' && date >= hnsFrom) return judgeHns(encounter, lookups);
    if (payer === 'medicare' && date >= medicareFrom) return judgeMedicare(encounter, lookups);
    if ((payer === 'bcbsnc' || payer === 'nc-state-health-plan') && date >= hnsFrom) {
      return {
        rules: bcbsnc,
        lines: encounter.lines.map((line) =>
          Uint8Array.of(lookups.alwaysTherapy.has(line.code) ? verdict(line.modifiers.includes('GP')) : skip),
        ),
        visit: new Uint8Array(0),
      };
    }
    if (payer === 'united-healthcare' && date >= unitedFrom) return judgeUnited(encounter, lookups);
    return { rules: nobody, lines: encounter.lines.map(() => new Uint8Array(0)), visit: new Uint8Array(0) };
  };
}

interface Lookups {
  readonly timed: ReadonlySet<string>;
  readonly therapies: ReadonlySet<string>;
  readonly alwaysTherapy: ReadonlySet<string>;
  readonly manipulations: ReadonlySet<string>;
  readonly spinal: ReadonlySet<string>;
  readonly supervised: ReadonlySet<string>;
  readonly evaluations: ReadonlySet<string>;
  readonly unlisted: ReadonlySet<string>;
  readonly unverified: ReadonlySet<string>;
  readonly activities: ReadonlySet<string>;
  readonly distinct: ReadonlySet<string>;
  readonly planOfCare: ReadonlySet<string>;
  readonly never: Pairs;
  readonly withModifier: Pairs;
  readonly uncertain: Pairs;
}

const verdict = (holds: boolean): Outcome => (holds ? met : violated);
const anyIn = (items: readonly string[] | null, set: ReadonlySet<string>): boolean =>
  items !== null && items.some((item) => set.has(item));

// -------------------------------------------------------------------------------------------------- HNS

function judgeHns(encounter: PlainEncounter, lookups: Lookups): HandJudgement {
  const { lines } = encounter;
  const { therapies, manipulations } = lookups;
  const codes: string[] = [];
  let treated = false;
  for (const { code } of lines) {
    const isTherapy = therapies.has(code);
    treated ||= isTherapy || manipulations.has(code);
    if (isTherapy && !codes.includes(code)) codes.push(code);
  }
  const units = perServiceUnits(lines, lookups.timed);
  return {
    rules: hns,
    lines: lines.map((line, index) => hnsLine(encounter, line, index, units, lookups)),
    visit: hnsVisit(encounter, treated, codes.length),
  };
}

/** Units for each line: undefined where the record of one of its code's lines is missing, null where it is not timed. */
function perServiceUnits(
  lines: readonly PlainLine[],
  timed: ReadonlySet<string>,
): readonly (number | null | undefined)[] {
  const units: (number | null | undefined)[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const { code } = lines[i]!;
    if (!timed.has(code)) {
      units.push(null);
      continue;
    }
    let minutes = 0;
    let billedBefore = 0;
    let first = i;
    let isOpen = false;
    let billedAll = 0;
    for (let j = 0; j < lines.length; j += 1) {
      const other = lines[j]!;
      if (other.code !== code) continue;
      if (j < first) first = j;
      if (other.record === undefined) isOpen = true;
      minutes += other.record?.minutes ?? 0;
      billedAll += other.units ?? 0;
      if (j < i) billedBefore += other.units ?? 0;
    }
    if (isOpen) {
      units.push(undefined);
      continue;
    }
    const total = minutes < 8 ? 0 : Math.floor((minutes + 7) / 15);
    const own = Math.max(0, Math.min(lines[i]!.units ?? 0, total - billedBefore));
    units.push(first === i ? own + Math.max(0, total - billedAll) : own);
  }
  return units;
}

function hnsLine(
  encounter: PlainEncounter,
  line: PlainLine,
  index: number,
  units: readonly (number | null | undefined)[],
  lookups: Lookups,
): Uint8Array {
  const out = new Uint8Array(hns.lineRules.length);
  const { code, record } = line;
  if (code === '97530') activities(out, encounter, record, lookups);
  const isTimed = lookups.timed.has(code);
  const isVerified = !lookups.unverified.has(code);
  if (isTimed) timeRules(out, line, units[index], isVerified);
  if (lookups.therapies.has(code)) {
    documentation(out, record, isTimed, isVerified);
    const { plan } = encounter;
    out[31] = plan === undefined ? open : verdict(plan.therapies !== null && plan.therapies.includes(code));
  }
  if (code === '97140' || code === '97124') withManipulation(out, encounter, line, index, lookups);
  if (lookups.supervised.has(code)) {
    out[24] = verdict(line.units === 1);
    out[25] = verdict(!encounter.lines.some((other, at) => at !== index && other.code === code));
  }
  if (code === '97150') {
    out[26] = verdict(line.units === 1);
    out[27] = record === undefined ? open : verdict(record.contact === 'group');
  }
  if (lookups.unlisted.has(code)) out[28] = violated;
  if (code === '97124') {
    out[29] = verdict(line.units !== null && line.units <= 1);
    out[30] =
      encounter.priorVisits === undefined
        ? open
        : verdict(encounter.priorVisits.filter(({ codes }) => codes.includes('97124')).length < 3);
  }
  return out;
}

function activities(
  out: Uint8Array,
  { plan }: PlainEncounter,
  record: PlainRecord | undefined,
  lookups: Lookups,
): void {
  out[5] = plan === undefined ? open : verdict(plan.active === true);
  if (record === undefined) {
    for (let i = 0; i < 12; i += 1) if (i !== 5) out[i] = open;
    return;
  }
  out[0] = verdict(record.contact === 'one-on-one');
  out[1] = verdict(record.performedBy !== null && performers.has(record.performedBy));
  out[2] = verdict(anyIn(record.activities, lookups.activities));
  out[3] = verdict(anyIn(record.deficits, deficits));
  out[4] = verdict(record.skilledNeed !== null);
  out[6] = verdict(record.functionalGoal !== null);
  out[7] = verdict(record.outcome !== null);
  out[8] = verdict(record.functionalImpairment !== null);
  out[9] = verdict(record.improvementExpected === true);
  out[10] = verdict(record.needsDirectSupervision === true);
  out[11] = verdict(record.correlation !== null);
}

function timeRules(
  out: Uint8Array,
  line: PlainLine,
  units: number | null | undefined,
  isVerified: boolean,
): void {
  const { record } = line;
  if (record === undefined) {
    out[14] = open;
    if (isVerified) out[12] = out[13] = open;
    else out[32] = open;
    return;
  }
  const { minutes } = record;
  if (isVerified) out[12] = verdict(minutes !== null);
  else out[32] = verdict(minutes !== null && minutes >= 8);
  if (minutes === null) return;
  if (isVerified) out[13] = verdict(minutes >= 8);
  if (minutes < 8) return;
  out[14] = line.units === null ? violated : units === undefined ? open : verdict(line.units <= units!);
}

function documentation(
  out: Uint8Array,
  record: PlainRecord | undefined,
  isTimed: boolean,
  isVerified: boolean,
): void {
  const necessary = isVerified ? 15 : 33;
  if (record === undefined) {
    out[necessary] = open;
    for (let i = 16; i < 21; i += 1) out[i] = open;
    if (isTimed) out[21] = open;
    return;
  }
  out[necessary] = verdict(record.medicallyNecessary === true);
  out[16] = verdict(
    record.consistentWith !== null && consistent.every((with_) => record.consistentWith!.includes(with_)),
  );
  out[17] = verdict(record.type !== null);
  out[18] = verdict(record.rationale !== null);
  out[19] = verdict(record.regions !== null);
  if (record.settingApplies === true) out[20] = verdict(record.setting !== null && record.frequency !== null);
  if (isTimed) out[21] = verdict(record.minutes !== null);
}

function withManipulation(
  out: Uint8Array,
  { lines }: PlainEncounter,
  line: PlainLine,
  index: number,
  lookups: Lookups,
): void {
  let any = false;
  let overlaps = false;
  let isOpen = false;
  const mine = line.record === undefined ? undefined : line.record.regions;
  for (let i = 0; i < lines.length; i += 1) {
    const other = lines[i]!;
    if (i === index || !lookups.manipulations.has(other.code)) continue;
    any = true;
    const theirs = other.record === undefined ? undefined : other.record.regions;
    if (mine === null || theirs === null) overlaps = true;
    else if (mine === undefined || theirs === undefined) isOpen = true;
    else if (theirs.some((region) => mine.includes(region))) overlaps = true;
  }
  if (!any) return;
  if (line.code === '97140') out[22] = overlaps ? violated : isOpen ? open : met;
  out[23] = verdict(anyIn(line.modifiers, lookups.distinct));
}

type Truth = boolean | undefined;

/** `undefined` is unknown: false if any is false, else unknown if any is unknown. */
function both(a: Truth, b: Truth): Truth {
  return a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;
}
function either(a: Truth, b: Truth): Truth {
  return a === true || b === true ? true : a === undefined || b === undefined ? undefined : false;
}
const outcome = (goal: Truth): Outcome => (goal === undefined ? open : goal ? met : violated);

function hnsVisit(encounter: PlainEncounter, treated: boolean, therapies: number): Uint8Array {
  const out = new Uint8Array(hns.visitRules.length);
  const { visit, plan, episode, note, priorVisits } = encounter;
  if (therapies > 0) {
    out[0] = therapies <= 2 ? met : outcome(afterInitialPhase(encounter));
    out[1] = reduction(encounter, therapies);
  }
  if (!treated) return out;
  const justified: Truth = note === undefined ? undefined : note.frequencyJustification !== null;
  out[2] =
    plan === undefined
      ? open
      : verdict(plan.through !== null && plan.start !== null && plan.through < plan.start + 28);
  out[3] = plan === undefined ? open : verdict(plan.visits !== null && plan.visits <= 12);
  out[4] =
    plan === undefined
      ? open
      : verdict(
          plan.start !== null &&
            plan.through !== null &&
            visit.date >= plan.start &&
            visit.date <= plan.through,
        );
  out[5] = plan === undefined ? open : verdict(plan.goals !== null);
  out[6] =
    episode === undefined
      ? open
      : verdict(episode.lastEvaluation !== null && visit.date <= episode.lastEvaluation + 28);
  out[7] =
    episode === undefined
      ? open
      : verdict(episode.visitsSinceEvaluation !== null && episode.visitsSinceEvaluation <= 12);
  out[8] = outcome(either(priorVisits && !priorVisits.some(({ date }) => date === visit.date), justified));
  out[9] = outcome(either(priorVisits && daysSeenInWeekBefore(priorVisits, visit.date) < 7, justified));
  const firstVisit = episode && episode.firstVisit;
  out[10] = outcome(
    either(
      either(
        plan && plan.visitsPerWeek !== null && plan.visitsPerWeek < 3,
        firstVisit === undefined ? undefined : firstVisit !== null && visit.date < firstVisit + 28,
      ),
      justified,
    ),
  );
  out[11] = outcome(
    either(
      episode &&
        ((episode.visitNumber !== null && episode.visitNumber <= 15) ||
          (episode.firstVisit !== null && visit.date >= episode.firstVisit + 30)),
      justified,
    ),
  );
  return out;
}

function afterInitialPhase({ note, episode, visit }: PlainEncounter): Truth {
  if (note === undefined) return undefined;
  const late =
    episode &&
    ((episode.firstVisit !== null && visit.date >= episode.firstVisit + 28) ||
      (episode.visitNumber !== null && episode.visitNumber > 12));
  if (note.phaseOfCare === null) return late;
  return note.phaseOfCare === 'continued' || note.phaseOfCare === 'maintenance';
}

function reduction({ note, episode, priorVisits }: PlainEncounter, therapies: number): Outcome {
  let atFirst: number | null | undefined = priorVisits === undefined ? undefined : null;
  for (const prior of priorVisits ?? []) {
    if (prior.visitNumber === null || prior.visitNumber > 3 || prior.therapies === null) continue;
    if (atFirst === null || prior.therapies > atFirst!) atFirst = prior.therapies;
  }
  const baseline = episode === undefined ? undefined : episode.baselineScore;
  const now = note === undefined ? undefined : note.outcomeScore;
  const improved =
    baseline === null || now === null
      ? false
      : baseline === undefined || now === undefined
        ? undefined
        : baseline >= now + 10;
  const applies = both(atFirst === undefined ? undefined : atFirst !== null && atFirst >= 2, improved);
  if (applies === false) return skip;
  if (applies === undefined) return open;
  return verdict(therapies < atFirst!);
}

function daysSeenInWeekBefore(priorVisits: NonNullable<PlainEncounter['priorVisits']>, date: number): number {
  const days: number[] = [];
  for (const prior of priorVisits) {
    if (prior.date !== null && prior.date < date && prior.date >= date - 7 && !days.includes(prior.date))
      days.push(prior.date);
  }
  return days.length;
}

// --------------------------------------------------------------------------------------------- Medicare

function judgeMedicare(encounter: PlainEncounter, lookups: Lookups): HandJudgement {
  const { lines, visit, note, provider } = encounter;
  const timedLines = lines.filter(({ code }) => lookups.timed.has(code));
  const isOpen = timedLines.some(({ record }) => record === undefined);
  let units: readonly number[] = [];
  let timedMinutes = 0;
  if (timedLines.length > 0 && !isOpen) {
    const allocation = allocateUnits(
      { method: 'total-time', minutesPerUnit: 15, minimumMinutes: null },
      timedLines.map(({ code, record }) => ({ code, minutes: record!.minutes ?? 0 })),
    );
    units = supportableUnits(
      allocation,
      timedLines.map((line) => ({ code: line.code, billed: line.units })),
    );
    timedMinutes = allocation.totalMinutes;
  }
  const visitOut = new Uint8Array(2);
  if (timedLines.length > 0) {
    if (note === undefined) visitOut[0] = visitOut[1] = open;
    else {
      visitOut[0] = verdict(note.totalTreatmentMinutes !== null);
      if (note.totalTreatmentMinutes !== null)
        visitOut[1] = isOpen ? open : verdict(note.totalTreatmentMinutes >= timedMinutes);
    }
  }
  return {
    rules: medicare,
    visit: visitOut,
    lines: lines.map((line, index) => {
      const out = new Uint8Array(medicare.lineRules.length);
      const { code } = line;
      const isVerified = !lookups.unverified.has(code);
      if (lookups.timed.has(code)) {
        if (line.units !== null)
          out[0] = isOpen ? open : verdict(line.units <= units[timedLines.indexOf(line)]!);
        const oneLine = isVerified ? 1 : 11;
        if (visit.received === null) out[oneLine] = open;
        else if (visit.received >= oneLineFrom)
          out[oneLine] = verdict(!lines.some((other, at) => at !== index && other.code === code));
      }
      if (code === '97014') out[2] = violated;
      if (lookups.alwaysTherapy.has(code)) out[3] = verdict(anyIn(line.modifiers, lookups.planOfCare));
      if (lookups.evaluations.has(code)) out[4] = verdict(line.units === 1);
      if (lookups.therapies.has(code))
        out[isVerified ? 5 : 12] =
          provider === undefined ? open : provider.type === 'chiropractor' ? violated : skip;
      if (lookups.spinal.has(code)) {
        out[6] = line.modifiers.includes('AT')
          ? met
          : note === undefined
            ? open
            : verdict(note.phaseOfCare === 'maintenance');
      }
      ncci(out, encounter, line, index, lookups);
      return out;
    }),
  };
}

function ncci(
  out: Uint8Array,
  { lines, visit }: PlainEncounter,
  line: PlainLine,
  index: number,
  lookups: Lookups,
): void {
  const { code, modifiers } = line;
  const isPaired = (pairs: Pairs, others: ReadonlySet<string> | null): boolean => {
    const partners = pairs.partners.get(code);
    if (!partners) return false;
    return lines.some(
      (other, at) =>
        at !== index &&
        (others === null || others.has(other.code)) &&
        partners.some((partner) => partner.code === other.code && covers(partner, visit.date)),
    );
  };
  const isDistinct = anyIn(modifiers, lookups.distinct);
  if (isPaired(lookups.never, null)) out[7] = violated;
  if (isPaired(lookups.withModifier, null)) out[8] = verdict(isDistinct);
  if (isDistinct && lookups.timed.has(code) && isPaired(lookups.withModifier, lookups.timed)) {
    out[9] = line.record === undefined ? open : verdict(line.record.separateInterval === true);
  }
  if (isPaired(lookups.uncertain, null)) out[10] = verdict(isDistinct);
}

// ------------------------------------------------------------------------------------- UnitedHealthcare

function judgeUnited({ lines, visit }: PlainEncounter, lookups: Lookups): HandJudgement {
  return {
    rules: united,
    visit: new Uint8Array(0),
    lines: lines.map(({ code, modifiers }) => {
      const out = new Uint8Array(2);
      if (!lookups.alwaysTherapy.has(code)) return out;
      const holds = verdict(anyIn(modifiers, lookups.planOfCare));
      if (visit.date >= unitedRevised) out[1] = holds;
      else if (visit.received === null) out[0] = out[1] = open;
      else out[visit.received < unitedEnforced ? 0 : 1] = holds;
      return out;
    }),
  };
}
