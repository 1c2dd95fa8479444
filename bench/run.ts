import {
  columnsOf,
  comparePolicies,
  compile,
  createColumnJudge,
  createWorkspace,
  decisions,
  epochsInForce,
  factTable,
  judge,
  outcomeAt,
  outcomeCode,
  regionWords,
  traceOf,
  updateWorkspace,
  verdictOf,
  witnessOf,
} from '#engine';
import type { Columns, Encounter, FactTable, Judgement, Program, Workspace } from '#engine';
import { createReference } from '#reference';
import { measureCorpus } from './corpus.ts';
import { syntheticEncounters } from './encounters.ts';
import { handWritten } from './hand-written.ts';
import type { HandJudgement, HandWritten } from './hand-written.ts';
import { logicRules } from './json-logic.ts';
import type { LogicRule } from './json-logic.ts';
import { measureInTurns, ratio, spread } from './measure.ts';
import type { Spread } from './measure.ts';
import { plainEncounter } from './plain-encounter.ts';
import type { PlainEncounter } from './plain-encounter.ts';
import { shippedFiles } from '../conformance/shipped-files.ts';

const howMany = 10_000;
const rounds = 7;
const seed = 20240304;
/** json-rules-engine is a thousand times slower: it judges fewer, and the cost is counted by encounter all the same. */
const forReference = 100;
const inLiveView = 1_000;
const inCorpus = 100_000;

await main();

async function main(): Promise<void> {
  const files = shippedFiles('rules');
  const workspace = createWorkspace(files);
  const { vocabulary, program, lists } = workspace;
  const encounters = syntheticEncounters(howMany, seed);
  const subjects = encounters.map((encounter): Subject => ({
    encounter,
    table: factTable(encounter, vocabulary),
    plain: plainEncounter(encounter),
  }));
  const tables = subjects.map(({ table }) => table);
  const byHand = handWritten(lists);
  const byLogic = createLogic(program, subjects);

  const columns = columnsOf(tables, vocabulary);

  checkColumns(program, columns, tables);
  checkByHand(program, byHand, subjects);
  checkLogic(program, byLogic, subjects.length, tables);
  const sample = tables.slice(0, forReference);
  const reference = createReference(workspace.policies, vocabulary);
  for (const table of sample) {
    if (
      JSON.stringify((await reference.judge(table)).verdict) !==
      JSON.stringify(verdictOf(judge(program, table)))
    )
      throw new Error(`json-rules-engine differs on ${table.id}`);
  }

  const costs = await measureInTurns(
    [
      {
        name: 'hand-written',
        encounters: howMany,
        run: () => subjects.forEach(({ plain }) => byHand(plain)),
      },
      { name: 'compiled', encounters: howMany, run: () => tables.forEach((table) => judge(program, table)) },
      {
        name: 'compiled, readable verdicts',
        encounters: howMany,
        run: () => tables.forEach((table) => verdictOf(judge(program, table))),
      },
      {
        name: 'compiled, every rule explained',
        encounters: howMany,
        run: () => tables.forEach((table) => traceOf(program, table)),
      },
      { name: 'columns', encounters: howMany, run: () => createColumnJudge(columns)(program) },
      { name: 'laid out in columns', encounters: howMany, run: () => columnsOf(tables, vocabulary) },
      { name: 'json-logic-engine, compiled', encounters: howMany, run: () => byLogic.runAll() },
      {
        name: 'json-rules-engine',
        encounters: forReference,
        run: async () => {
          for (const table of sample) await reference.judge(table);
        },
      },
    ],
    rounds,
  );
  const corpus = await measureCorpus(workspace, inCorpus, seed, rounds);
  const live = await liveView(workspace, tables.slice(0, inLiveView));

  const names = [...costs.keys()];
  const methods = names.map((name) => ({
    name,
    microseconds: spread(costs.get(name)!),
    toHandWritten: ratio(costs, name, 'hand-written'),
  }));
  const goals = [
    goal('compiled ÷ json-logic-engine', ratio(costs, 'compiled', 'json-logic-engine, compiled'), 1),
    goal('compiled ÷ hand-written', ratio(costs, 'compiled', 'hand-written'), 6),
    goal('every rule explained ÷ verdicts', ratio(costs, 'compiled, every rule explained', 'compiled'), 5),
    goal('all policies and one changed parameter compared over every encounter, ms', live.compare, 200),
    goal(`an edited rule judged again on ${inLiveView} encounters, ms`, live.edited, 16),
    goal('columns ÷ hand-written', ratio(costs, 'columns', 'hand-written'), 2),
    goal(`an edited rule judged again on ${inCorpus} encounters in columns, ms`, corpus.edited, 50),
  ];
  const other = [
    { name: 'json-rules-engine ÷ compiled', spread: ratio(costs, 'json-rules-engine', 'compiled') },
    { name: `two versions compared on ${inCorpus} encounters in columns, µs each`, spread: corpus.compared },
    {
      name: 'the edited rule with its file read and everything counted, ms',
      spread: corpus.editedAndCounted,
    },
    { name: 'the same of a limit that the time rule reads, ms', spread: corpus.limit },
    {
      name: 'columns, bytes an encounter',
      spread: { min: corpus.bytesEach, median: corpus.bytesEach, max: corpus.bytesEach },
    },
    { name: `every policy judged again on ${inLiveView} encounters, ms`, spread: live.everything },
    { name: 'one policy file read and resolved again, ms', spread: live.update },
    { name: `all ${files.length} files read, ms`, spread: live.load },
  ];
  const rules = workspace.policies.reduce((sum, policy) => sum + policy.rules.length, 0);
  if (process.argv.includes('--json')) {
    process.stdout.write(
      `${JSON.stringify({ encounters: howMany, policies: workspace.policies.length, rules, rounds, methods, goals, other }, null, 2)}\n`,
    );
    return;
  }
  process.stdout.write(
    `${workspace.policies.length} shipped policies, ${rules} rules; ${howMany} encounters of 1 to 6 lines; ${rounds} rounds in turns; CPU time.\n`,
  );
  process.stdout.write(
    'Every method gave the same outcomes before it was timed. Minimum / median / maximum of the rounds.\n\n',
  );
  print(
    ['method', 'µs an encounter', '÷ hand-written'],
    methods.map(({ name, microseconds, toHandWritten }) => [name, text(microseconds), text(toHandWritten)]),
  );
  print(
    ['goal', 'measured', 'at most', ''],
    goals.map(({ name, measured, atMost, isMet }) => [
      name,
      text(measured),
      String(atMost),
      isMet ? 'met' : 'missed',
    ]),
  );
  print(
    ['besides', 'measured'],
    other.map(({ name, spread }) => [name, text(spread)]),
  );
}

interface Subject {
  readonly encounter: Encounter;
  readonly table: FactTable;
  readonly plain: PlainEncounter;
}

// ------------------------------------------------------------------------------------- the same outcomes

/** Outcome codes by rule: of each line, and of the visit. */
function outcomesOf({ policies, table }: Judgement): readonly ReadonlyMap<string, number>[] {
  const lines = table.lines.map(
    (_, index) =>
      new Map(
        policies.flatMap(({ epoch, lines }) =>
          epoch.lineRules.map(({ rule }, at): [string, number] => [rule.id, lines[index]![at]!]),
        ),
      ),
  );
  const visit = new Map(
    policies.flatMap(({ epoch, visit }) =>
      epoch.visitRules.map(({ rule }, at): [string, number] => [rule.id, visit[at]!]),
    ),
  );
  return [...lines, visit];
}

function checkColumns(program: Program, columns: Columns, tables: readonly FactTable[]): void {
  const judged = createColumnJudge(columns)(program);
  const { lineStart, order } = columns;
  for (const { fromVisit, toVisit, fromLine, policies } of judged.runs) {
    for (let visit = fromVisit; visit < toVisit; visit += 1) {
      const judgement = judge(program, tables[order[visit]!]!);
      const from = lineStart[visit]!;
      const lines = judgement.table.lines.map((_, index) => from - fromLine + index);
      const found = policies.map(({ lineRules, visitRules }) => ({
        lines: lines.map((row) => lineRules.map((rule) => outcomeAt(rule, row))),
        visit: visitRules.map((rule) => outcomeAt(rule, visit - fromVisit)),
      }));
      const expected = judgement.policies.map(({ lines: ofLines, visit: ofVisit }) => ({
        lines: ofLines.map((outcomes) => [...outcomes]),
        visit: [...ofVisit],
      }));
      const verdict = verdictOf(judgement);
      if (
        JSON.stringify(found) !== JSON.stringify(expected) ||
        decisions[judged.visits[visit]!] !== verdict.decision ||
        verdict.lines.some(({ decision }, index) => decisions[judged.lines[from + index]!] !== decision)
      )
        throw new Error(`the columns differ on ${judgement.table.id}`);
    }
  }
}

function checkByHand(program: Program, byHand: HandWritten, subjects: readonly Subject[]): void {
  for (const { table, plain } of subjects) {
    const expected = outcomesOf(judge(program, table));
    const found = byHandOutcomes(byHand(plain));
    expected.forEach((outcomes, index) => {
      for (const [rule, outcome] of outcomes) {
        if (found[index]!.get(rule) !== outcome)
          throw new Error(
            `the hand-written function differs on ${table.id}, ${index < table.lines.length ? `line ${index + 1}` : 'visit'}, ${rule}: ${found[index]!.get(rule)} instead of ${outcome}`,
          );
      }
      for (const [rule, outcome] of found[index]!) {
        if (outcome !== 0 && !outcomes.has(rule))
          throw new Error(`the hand-written function asks ${rule} of ${table.id}, where it is not in force`);
      }
    });
  }
}

function byHandOutcomes({ rules, lines, visit }: HandJudgement): readonly ReadonlyMap<string, number>[] {
  return [
    ...lines.map((line) => new Map(rules.lineRules.map((id, at) => [id, line[at]!]))),
    new Map(rules.visitRules.map((id, at) => [id, visit[at]!])),
  ];
}

// ----------------------------------------------------------------------------------------------- JsonLogic

interface Logic {
  readonly runAll: () => void;
  /** What each rule said of each line and of the visit. */
  readonly outcomesOf: (index: number) => readonly ReadonlyMap<string, number>[];
}

/** Figures are computed by the same code for both; JsonLogic has no means for them. */
function createLogic(program: Program, subjects: readonly Subject[]): Logic {
  const rulesOf = new Map<unknown, { lines: readonly LogicRule[]; visit: readonly LogicRule[] }>();
  const prepared = subjects.map(({ table, plain }) => {
    const { lines, priorVisits: _, ...visit } = plain;
    const data = lines.map(({ record, ...line }, index) => ({
      ...visit,
      line,
      record,
      others: lines
        .filter((_, at) => at !== index)
        .map(({ record: otherRecord, ...otherLine }) => ({ line: otherLine, record: otherRecord })),
    }));
    const epochs = epochsInForce(program, table).map((epoch) => {
      let rules = rulesOf.get(epoch);
      if (!rules) {
        const all = logicRules(epoch.policy);
        rules = {
          lines: all.filter(({ rule }) => rule.scope === 'line'),
          visit: all.filter(({ rule }) => rule.scope === 'visit'),
        };
        rulesOf.set(epoch, rules);
      }
      return { epoch, rules };
    });
    return { table, data, visit, epochs };
  });
  const run = (index: number, write: (at: number, id: string, outcome: number) => void) => {
    const { table, data, visit, epochs } = prepared[index]!;
    for (const { epoch, rules } of epochs) {
      const { visit: computed, lines } = epoch.figures(table);
      const figures: Record<string, unknown> = {
        timedMinutes: computed[0],
        supportableUnits: computed[1],
        billedTimedUnits: computed[2],
      };
      const known: Record<string, unknown> = {
        timedMinutes: flag(computed[0]),
        supportableUnits: flag(computed[1]),
        billedTimedUnits: flag(computed[2]),
      };
      epoch.policy.derived.forEach(({ name }, position) => {
        figures[name] = computed[position + 3];
        known[name] = flag(computed[position + 3]);
      });
      for (let at = 0; at < data.length; at += 1) {
        const ofLine = lines[at] === undefined ? undefined : lines[at];
        const facts = {
          ...data[at]!,
          figures: { ...figures, ofLine },
          known: { ...known, ofLine: flag(ofLine) },
        };
        for (const rule of rules.lines) write(at, rule.id, rule.run(facts));
      }
      const facts = { ...visit, figures, known };
      for (const rule of rules.visit) write(data.length, rule.id, rule.run(facts));
    }
  };
  return {
    runAll: () => {
      let sum = 0;
      for (let index = 0; index < prepared.length; index += 1) {
        run(index, (_, __, outcome) => {
          sum += outcome;
        });
      }
      return sum;
    },
    outcomesOf: (index) => {
      const found = Array.from({ length: prepared[index]!.data.length + 1 }, () => new Map<string, number>());
      run(index, (at, id, outcome) => found[at]!.set(id, outcome));
      return found;
    },
  };
}

/** Known is 1, unknown is absent. */
function flag(value: unknown): 1 | undefined {
  return value === undefined ? undefined : 1;
}

function checkLogic(program: Program, logic: Logic, length: number, tables: readonly FactTable[]): void {
  for (let index = 0; index < length; index += 1) {
    const found = logic.outcomesOf(index);
    outcomesOf(judge(program, tables[index]!)).forEach((outcomes, at) => {
      for (const [rule, outcome] of outcomes) {
        const allowed =
          outcome === outcomeCode.violated
            ? [2]
            : outcome === outcomeCode.met
              ? [1]
              : outcome === outcomeCode.undetermined
                ? [0, 1]
                : [0];
        if (!allowed.includes(found[at]!.get(rule)!))
          throw new Error(
            `JsonLogic differs on ${tables[index]!.id}, ${at}, ${rule}: ${found[at]!.get(rule)} where the outcome is ${outcome}`,
          );
      }
    });
  }
}

// ----------------------------------------------------------------------------------------------- live view

interface Live {
  readonly edited: Spread;
  readonly compare: Spread;
  readonly everything: Spread;
  readonly update: Spread;
  readonly load: Spread;
}

/** What a keystroke costs: the edited file is read again, its policy made executable and asked of every encounter. */
async function liveView(workspace: Workspace, tables: readonly FactTable[]): Promise<Live> {
  const path = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
  const id = 'hns-97530-time/minimum-time';
  const before = workspace.files.get(path)!;
  const after = before.replace('minimumMinutes: { value: 8', 'minimumMinutes: { value: 9');
  if (after === before) throw new Error(`${path} is not as the bench expects it`);
  const edited = updateWorkspace(workspace, [{ path, text: after }]);
  const policy = edited.policies.find(({ id }) => id === 'hns-97530-time')!;
  const onlyRule = { ...policy, rules: policy.rules.filter((rule) => rule.id === id) };
  const texts = [before, after];
  // Read apart, so that nothing is known to be the same without a look at it.
  const otherFiles = createWorkspace([...edited.files].map(([name, it]) => ({ path: name, text: it })));
  let turn = 0;
  let current = workspace;
  const costs = await measureInTurns(
    [
      {
        name: 'edited',
        encounters: 1_000,
        run: () => {
          const program = compile([onlyRule], workspace.vocabulary);
          tables.forEach((table) => judge(program, table));
        },
      },
      { name: 'compare', encounters: 1_000, run: () => comparedWith(workspace, otherFiles) },
      {
        name: 'everything',
        encounters: 1_000,
        run: () => tables.forEach((table) => judge(workspace.program, table)),
      },
      {
        name: 'update',
        encounters: 1_000,
        run: () => {
          turn += 1;
          current = updateWorkspace(current, [{ path, text: texts[turn % 2]! }]);
        },
      },
      {
        name: 'load',
        encounters: 1_000,
        run: () => createWorkspace([...workspace.files].map(([path, text]) => ({ path, text }))),
      },
    ],
    rounds * 3,
  );
  // CPU microseconds divided by 1,000 are milliseconds.
  const of = (name: string) => spread(costs.get(name)!);
  return {
    edited: of('edited'),
    compare: of('compare'),
    everything: of('everything'),
    update: of('update'),
    load: of('load'),
  };
}

/** Every region with its words and its example. */
function comparedWith(before: Workspace, after: Workspace): void {
  const { regions, uncovered } = comparePolicies(before.program, after.program, before);
  const found = regions.map((region) => {
    const { vocabulary } = before;
    const witness = witnessOf(region, { vocabulary, before: before.program, after: after.program });
    return { witness, words: regionWords(region, after) };
  });
  if (found.length !== 2 || uncovered.length > 0 || found.some(({ witness }) => witness === null))
    throw new Error('the comparison finds something else than it should');
}

// --------------------------------------------------------------------------------------------------- print

interface Goal {
  readonly name: string;
  readonly measured: Spread;
  readonly atMost: number;
  readonly isMet: boolean;
}

function goal(name: string, measured: Spread, atMost: number): Goal {
  return { name, measured, atMost, isMet: measured.median <= atMost };
}

function text({ min, median, max }: Spread): string {
  return [min, median, max]
    .map((value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)))
    .join(' / ');
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) {
    process.stdout.write(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')}\n`,
    );
  }
  process.stdout.write('\n');
}
