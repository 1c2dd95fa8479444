import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createWorkspace, parseDay } from '#engine';
import { handWritten } from './hand-written.ts';
import type { HandJudgement } from './hand-written.ts';
import type { PlainEncounter } from './plain-encounter.ts';
import { shippedFiles } from '../conformance/shipped-files.ts';

/**
 * What a programmer would write who had to compare two versions over a file of encounters and nothing else: JSON.parse,
 * the hand-written function for each version (it is the same one twice), and a counter for each rule.
 * `impact.ts` starts it with the file; it prints how often each rule was violated, and its seconds.
 */
const [file] = process.argv.slice(2) as [string];
const byHand = handWritten(createWorkspace(shippedFiles('rules')).lists);
const emptyNote = nothingOf('phaseOfCare outcomeScore totalTreatmentMinutes frequencyJustification');
const emptyPlan = nothingOf('active start through visits therapies goals visitsPerWeek');
const emptyEpisode = nothingOf('visitNumber firstVisit lastEvaluation visitsSinceEvaluation baselineScore');
const emptyPrior = nothingOf('date visitNumber therapies');
const emptyRecord = nothingOf(
  'minutes contact performedBy type rationale regions setting frequency settingApplies activities deficits ' +
    'functionalImpairment functionalGoal outcome skilledNeed improvementExpected needsDirectSupervision correlation ' +
    'medicallyNecessary consistentWith separateInterval',
);
const counts = new Map<string, number>();
const start = performance.now();
let encounters = 0;
for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  const encounter = readPlain(text);
  count(byHand(encounter), 1);
  count(byHand(encounter), 0);
  encounters += 1;
}
const seconds = (performance.now() - start) / 1_000;
process.stdout.write(JSON.stringify({ encounters, seconds, violated: Object.fromEntries(counts) }));

function count({ rules, lines, visit }: HandJudgement, by: number): void {
  const add = (outcomes: Uint8Array, names: readonly string[]) => {
    for (let rule = 0; rule < outcomes.length; rule += 1)
      if (outcomes[rule] === 2) counts.set(names[rule]!, (counts.get(names[rule]!) ?? 0) + by);
  };
  for (const line of lines) add(line, rules.lineRules);
  add(visit, rules.visitRules);
}

function nothingOf(names: string): Section {
  return Object.fromEntries(names.split(' ').map((name) => [name, null]));
}

type Section = Record<string, unknown>;

/** Dates become numbers, and what is not said becomes empty: the rules ask no more of an encounter. */
function readPlain(text: string): PlainEncounter {
  const { visit, note, provider, plan, episode, priorVisits, lines } = JSON.parse(text) as Record<
    string,
    Section | undefined
  > & { readonly priorVisits?: readonly Section[]; readonly lines: readonly Section[] };
  const section = (values: Section | undefined, empty: Section, dates: readonly string[] = []) => {
    if (values === undefined) return undefined;
    const read = { ...empty, ...values };
    for (const date of dates) {
      const text = read[date];
      if (typeof text === 'string') read[date] = parseDay(text);
    }
    return read;
  };
  return {
    visit: section(visit, { received: null }, ['date', 'received']),
    note: section(note, emptyNote),
    provider: section(provider, { type: null }),
    plan: section(plan, emptyPlan, ['start', 'through']),
    episode: section(episode, emptyEpisode, ['firstVisit', 'lastEvaluation']),
    priorVisits: priorVisits?.map((prior) => ({
      ...section(prior, emptyPrior, ['date']),
      codes: prior['codes'] ?? [],
    })),
    lines: lines.map(({ record, ...line }) => ({
      ...line,
      modifiers: line['modifiers'] ?? [],
      record: section(record as Section | undefined, emptyRecord),
    })),
  } as unknown as PlainEncounter;
}
