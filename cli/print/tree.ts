import type { CaseResult, SuiteReport } from '#engine';
import type { OpenWorkspace } from '../workspace.ts';
import { bySuite } from './by-suite.ts';
import { fromHere } from './report.ts';
import { paintFor, plain, plural } from './terminal.ts';
import type { Paint } from './terminal.ts';

const marks = { passed: '✓', failed: '✗', skipped: '–', errored: '!' } as const;

/** Results by suite. A suite in which all is well takes one line, unless it is the only one. */
export function treeText(
  cases: readonly CaseResult[],
  open: Pick<OpenWorkspace, 'folder'>,
  host: { readonly cwd: string; readonly color: boolean },
): string {
  const paint = paintFor(host.color);
  const suites = bySuite(cases);
  const blocks = suites.map(([suite, results]) => {
    const file = plain(fromHere(open.folder, results[0]!.path, host.cwd));
    if (suites.length > 1 && results.every(({ outcome }) => outcome === 'passed')) {
      return `${paint.green(marks.passed)} ${plain(suite)} ${paint.dim(plural(results.length, 'case'))}`;
    }
    return [
      `${paint.bold(suite)} ${paint.dim(file)}`,
      ...results.flatMap((result) => caseLines(result, file, paint)),
    ].join('\n');
  });
  return blocks.length === 0 ? '' : `${blocks.join('\n')}\n\n`;
}

function caseLines(result: CaseResult, file: string, paint: Paint): string[] {
  const { outcome, id, title, reason, differences, place } = result;
  const loud = { passed: paint.green, failed: paint.red, skipped: paint.yellow, errored: paint.red }[outcome];
  const head = `  ${loud(marks[outcome])} ${plain(id)}${title === id ? '' : paint.dim(`  ${title}`)}`;
  if (outcome === 'passed') return [head];
  const why = reason === null ? [] : [`      ${plain(reason)}`];
  if (outcome === 'skipped') return [head, ...why];
  return [
    head,
    paint.dim(`      ${file}:${place.line}`),
    ...why,
    ...differences.flatMap(({ at, expected, actual }) => [
      `      ${plain(at)}`,
      `        expected  ${paint.green(expected)}`,
      `        actual    ${paint.red(actual)}`,
    ]),
  ];
}

/** `118 passed, 1 failed, 2 skipped`: passed and failed always, the others where there are any. */
export function outcomeCounts({ passed, failed, skipped, errored }: SuiteReport, color: boolean): string {
  const paint = paintFor(color);
  const parts = [
    passed > 0 ? paint.green(`${passed} passed`) : '0 passed',
    failed > 0 ? paint.red(`${failed} failed`) : '0 failed',
  ];
  if (skipped > 0) parts.push(paint.yellow(`${skipped} skipped`));
  if (errored > 0) parts.push(paint.red(`${errored} could not be judged`));
  return parts.join(', ');
}
