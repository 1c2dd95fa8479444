import { createWorkspace, report, resultOf, runCases, withDays } from '#engine';
import type {
  CaseOutcome,
  CaseResult,
  Diagnostic,
  Judged,
  Program,
  ReadyCase,
  SuiteReport,
  WorkspaceFile,
} from '#engine';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { readDay } from '../read-day.ts';
import { diagnosticRow, jsonText } from '../print/json.ts';
import { junitText } from '../print/junit.ts';
import { diagnosticsText } from '../print/report.ts';
import { plural } from '../print/terminal.ts';
import { outcomeCounts, treeText } from '../print/tree.ts';
import { askedCounts, askedText } from '../print/what-if.ts';
import type { AskedCase } from '../print/what-if.ts';
import { versionNote } from '../version.ts';
import { readWhatIf, rulesOf, whatIfJson, whatIfNotes, whatIfOptions, whatIfWords } from '../what-if.ts';
import type { WhatIf } from '../what-if.ts';
import { openWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

export const test: Command = {
  name: 'test',
  summary: 'Judge the saved cases and compare with what they expect',
  usage:
    'test [paths] [--filter <text>] [--as-of <date>] [--received <date>] [--version <version>] [--engine <engine>] [--reporter <reporter>]',
  options: {
    filter: { value: 'text', summary: 'only cases whose suite, id or title holds this text' },
    engine: {
      value: 'engine',
      choices: ['compiled', 'json-rules-engine'],
      summary: 'who judges: our own evaluator, or json-rules-engine as the reference',
    },
    reporter: {
      value: 'reporter',
      choices: ['tree', 'json', 'junit'],
      summary: 'how the results are written',
    },
    ...whatIfOptions,
    json: { summary: 'the same as --reporter json: { passed, failed, skipped, errored, cases: [...] }' },
    today: { value: 'date', summary: 'the day by which known gaps expire; left out: today' },
  },
  notes: [
    'A path is a workspace folder, or suites and folders of one.',
    ...whatIfNotes,
    `A version is ${versionNote}: the cases of the folder are then judged by the policies of that version.`,
    'With --as-of, --received or --version it is told which cases would come out otherwise than they expect. That is no failure of theirs, since they are written for their own days and policies: the exit code is 0 unless something could not be judged.',
    'The answer is a no when a case failed or could not be judged, when policies or suites have errors, and when nothing ran.',
  ],
  examples: [
    'test',
    'test testcases/hns --filter seven-minutes',
    'test --engine json-rules-engine --reporter junit',
    'test testcases/united-healthcare --as-of 2020-03-31 --received 2020-04-01',
    'test --version release:latest',
  ],

  async run(args, context) {
    const today = readDay(args.value('today') ?? context.today, '--today');
    const open = await openWorkspace(args.positionals, context.cwd);
    const errors = errorsThatMatter(open);
    const cases = casesToRun(open, args.value('filter'));
    const whatIf = readWhatIf(args);
    if (whatIf !== null) return ask(whatIf, { open, cases, errors, today }, args, context);
    const results = await judgeCases(cases, args.value('engine') === 'json-rules-engine', today);

    const reporter = args.has('json') ? 'json' : (args.value('reporter') ?? 'tree');
    context.stdout.write(resultsText(reporter, results, errors, open, context, args));
    const ran = results.passed + results.failed + results.errored;
    return ran > 0 && results.failed + results.errored === 0 && errors.length === 0
      ? exitCodes.ok
      : exitCodes.no;
  },
};

interface Asked {
  readonly open: OpenWorkspace;
  readonly cases: readonly ReadyCase[];
  readonly errors: readonly Diagnostic[];
  readonly today: number;
}

/** What would come of the cases then: a question, and not a test of them. */
async function ask(
  whatIf: WhatIf,
  { open, cases, errors, today }: Asked,
  args: Arguments,
  context: Context,
): Promise<number> {
  if (args.value('reporter') === 'junit')
    throw new InputError(
      'JUnit counts failures, and what comes out otherwise then is none.',
      'Write `--reporter json`, or leave the reporter out.',
    );
  const rules = await rulesOf(whatIf.version, open.folder, context);
  const byReference = args.value('engine') === 'json-rules-engine';
  const plainly = cases.map((one) => ({ ...one, knownGap: null }));
  const other = rules === null ? plainly : otherwiseReady(plainly, rules, open);
  const now = await judgeCases(plainly, byReference, today);
  const then = await judgeCases(
    other.map((one) => asOf(one, whatIf)),
    byReference,
    today,
  );
  const told = then.cases.map((result, at): AskedCase => ({
    result,
    differsAnyway: now.cases[at]?.outcome === 'failed',
  }));
  // By the policies of a version those of the folder have no say, whatever state they are in.
  const doubts = rules === null ? errors : errors.filter(({ place }) => !place.path.startsWith('rules/'));
  const { same, different, errored, ...counts } = askedCounts(told);
  if (args.has('json') || args.value('reporter') === 'json') {
    const cases_ = told.map(({ result, differsAnyway }) => ({
      ...caseJson(result),
      outcome: askedOutcomes[result.outcome],
      differsAnyway,
    }));
    const frame = { ...whatIfJson(whatIf), same, different, ...counts, errored };
    context.stdout.write(jsonText({ ...frame, cases: cases_, diagnostics: doubts.map(diagnosticRow) }));
  } else {
    const nothing = told.length === 0 ? `${nothingRan(args)}\n` : '';
    context.stdout.write(
      `${doubtText(doubts, open, context)}${nothing}${askedText(told, whatIfWords(whatIf), open, context)}`,
    );
  }
  return same + different > 0 && errored === 0 && doubts.length === 0 ? exitCodes.ok : exitCodes.no;
}

const askedOutcomes = {
  passed: 'same',
  failed: 'different',
  skipped: 'skipped',
  errored: 'errored',
} as const satisfies Record<CaseOutcome, string>;

/** The same cases, by the rules of another version. */
function otherwiseReady(
  cases: readonly ReadyCase[],
  rules: readonly WorkspaceFile[],
  { contents }: OpenWorkspace,
): readonly ReadyCase[] {
  const saved = contents.files.filter(({ path }) => !path.startsWith('rules/'));
  const version = createWorkspace([...rules, ...saved]);
  const keyOf = ({ path, suite, id }: ReadyCase) => `${path} ${suite}/${id}`;
  const known = new Map(version.cases.map((one) => [keyOf(one), one]));
  return cases.map((one): ReadyCase => {
    const found = known.get(keyOf(one));
    return found
      ? { ...found, knownGap: null }
      : { ...one, ready: null, error: 'that version has no place for it' };
  });
}

function asOf(one: ReadyCase, whatIf: WhatIf): ReadyCase {
  const { ready } = one;
  return ready
    ? { ...one, ready: { ...ready, table: withDays(ready.table, whatIf, ready.program.vocabulary) } }
    : one;
}

/**
 * Errors under `rules/` make every result doubtful, since a policy with an error judges nothing;
 * those of suites and encounters matter where they were to be run.
 */
function errorsThatMatter(open: OpenWorkspace): readonly Diagnostic[] {
  return open.diagnostics.filter(
    ({ severity, place }) =>
      severity === 'error' && (place.path.startsWith('rules/') || open.selects(place.path)),
  );
}

function casesToRun(open: OpenWorkspace, filter: string | null): readonly ReadyCase[] {
  const wanted = filter?.toLowerCase() ?? '';
  return open.workspace.cases.filter(
    ({ path, suite, id, title }) =>
      open.selects(path) && `${suite}/${id}\n${title}`.toLowerCase().includes(wanted),
  );
}

async function judgeCases(
  cases: readonly ReadyCase[],
  byReference: boolean,
  today: number,
): Promise<SuiteReport> {
  if (!byReference) return runCases(cases, today);
  const judgeByReference = await referenceJudge();
  const results = [];
  for (const suiteCase of cases) {
    const judged = suiteCase.ready && (await judgeByReference(suiteCase.ready));
    results.push(resultOf(suiteCase, judged, today));
  }
  return report(results);
}

/** The reference engine is loaded only when it is wanted; what it makes of a set of policies is kept for their next case. */
async function referenceJudge(): Promise<(ready: NonNullable<ReadyCase['ready']>) => Promise<Judged>> {
  const { createReference } = await import('#reference');
  const references = new Map<Program, ReturnType<typeof createReference>>();
  return async ({ program, table }) => {
    const reference =
      references.get(program) ??
      createReference(
        program.policies.map(({ policy }) => policy),
        program.vocabulary,
      );
    references.set(program, reference);
    const { verdict, traces } = await reference.judge(table);
    const outcomeOf: Judged['outcomeOf'] = (rule, line) =>
      traces.find((trace) => trace.rule.id === rule && trace.line === line)?.outcome ?? 'not-applicable';
    return { verdict, outcomeOf };
  };
}

function resultsText(
  reporter: string,
  results: SuiteReport,
  errors: readonly Diagnostic[],
  open: OpenWorkspace,
  context: Context,
  args: Arguments,
): string {
  if (reporter === 'json') return jsonText(jsonResults(results, errors, args));
  if (reporter === 'junit') return junitText(results, errors);
  const nothing = results.cases.length === 0 ? `${nothingRan(args)}\n` : '';
  const doubt = doubtText(errors, open, context);
  return `${doubt}${treeText(results.cases, open, context)}${nothing}${outcomeCounts(results, context.color)}\n`;
}

function doubtText(errors: readonly Diagnostic[], open: OpenWorkspace, context: Context): string {
  if (errors.length === 0) return '';
  return `${diagnosticsText(errors, open, context)}${plural(errors.length, 'error')} in the files: a policy with an error judges nothing, so the results below are not to be relied on.\n\n`;
}

function nothingRan(args: Arguments): string {
  const filter = args.value('filter');
  if (filter !== null) return `no case holds the text \`${filter}\``;
  return args.positionals.length > 0
    ? 'the files named hold no case'
    : 'the workspace has no suite with a case';
}

function jsonResults(results: SuiteReport, errors: readonly Diagnostic[], args: Arguments): unknown {
  const { passed, failed, skipped, errored, cases } = results;
  return {
    passed,
    failed,
    skipped,
    errored,
    engine: args.value('engine') ?? 'compiled',
    cases: cases.map(caseJson),
    diagnostics: errors.map(diagnosticRow),
  };
}

function caseJson({ suite, id, title, path, place, outcome, reason, differences }: CaseResult) {
  return { suite, id, title, path, line: place.line, outcome, reason, differences };
}
