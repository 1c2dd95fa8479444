import { report, resultOf, runCases } from '#engine';
import type { Diagnostic, Judged, Program, ReadyCase, SuiteReport } from '#engine';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes } from '../command.ts';
import { readDay } from '../read-day.ts';
import { diagnosticRow, jsonText } from '../print/json.ts';
import { junitText } from '../print/junit.ts';
import { diagnosticsText } from '../print/report.ts';
import { plural } from '../print/terminal.ts';
import { outcomeCounts, treeText } from '../print/tree.ts';
import { openWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

export const test: Command = {
  name: 'test',
  summary: 'Judge the saved cases and compare with what they expect',
  usage: 'test [paths] [--filter <text>] [--engine <engine>] [--reporter <reporter>]',
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
    json: { summary: 'the same as --reporter json: { passed, failed, skipped, errored, cases: [...] }' },
    today: { value: 'date', summary: 'the day by which known gaps expire; left out: today' },
  },
  notes: [
    'A path is a workspace folder, or suites and folders of one.',
    'The answer is a no when a case failed or could not be judged, when policies or suites have errors, and when nothing ran.',
  ],
  examples: [
    'test',
    'test testcases/hns --filter seven-minutes',
    'test --engine json-rules-engine --reporter junit',
  ],

  async run(args, context) {
    const today = readDay(args.value('today') ?? context.today, '--today');
    const open = await openWorkspace(args.positionals, context.cwd);
    const errors = errorsThatMatter(open);
    const cases = casesToRun(open, args.value('filter'));
    const results = await judgeCases(cases, args.value('engine') === 'json-rules-engine', today);

    const reporter = args.has('json') ? 'json' : (args.value('reporter') ?? 'tree');
    context.stdout.write(resultsText(reporter, results, errors, open, context, args));
    const ran = results.passed + results.failed + results.errored;
    return ran > 0 && results.failed + results.errored === 0 && errors.length === 0
      ? exitCodes.ok
      : exitCodes.no;
  },
};

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
  const doubt =
    errors.length === 0
      ? ''
      : `${diagnosticsText(errors, open, context)}${plural(errors.length, 'error')} in the files: a policy with an error judges nothing, so the results below are not to be relied on.\n\n`;
  return `${doubt}${treeText(results.cases, open, context)}${nothing}${outcomeCounts(results, context.color)}\n`;
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
    cases: cases.map(({ suite, id, title, path, place, outcome, reason, differences }) => ({
      suite,
      id,
      title,
      path,
      line: place.line,
      outcome,
      reason,
      differences,
    })),
    diagnostics: errors.map(diagnosticRow),
  };
}
