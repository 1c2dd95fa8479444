import type { CaseResult } from '#engine';
import type { OpenWorkspace } from '../workspace.ts';
import { bySuite } from './by-suite.ts';
import { fromHere } from './report.ts';
import { paintFor, plain, plural } from './terminal.ts';

/** A saved case judged as of other days or by other policies than it was written for. */
export interface AskedCase {
  readonly result: CaseResult;
  /** It comes out otherwise than it expects as the folder is, too. */
  readonly differsAnyway: boolean;
}

/** How many come out as they expect, how many do not, and how many could not be asked. */
export function askedCounts(cases: readonly AskedCase[]) {
  const count = (outcome: CaseResult['outcome']) =>
    cases.filter(({ result }) => result.outcome === outcome).length;
  return {
    same: count('passed'),
    different: count('failed'),
    skipped: count('skipped'),
    errored: count('errored'),
  };
}

/** The cases that come out otherwise, by suite; what comes out as expected is only counted. None of it is a failure. */
export function askedText(
  cases: readonly AskedCase[],
  words: string,
  open: Pick<OpenWorkspace, 'folder'>,
  host: { readonly cwd: string; readonly color: boolean },
): string {
  const paint = paintFor(host.color);
  const told = new Map(cases.map((one) => [one.result, one]));
  const shown = cases.flatMap(({ result }) =>
    result.outcome === 'failed' || result.outcome === 'errored' ? [result] : [],
  );
  const blocks = bySuite(shown).map(([suite, results]) => {
    const file = plain(fromHere(open.folder, results[0]!.path, host.cwd));
    return [
      `${paint.bold(suite)} ${paint.dim(file)}`,
      ...results.flatMap((result) => {
        const anyway = told.get(result)!.differsAnyway ? paint.dim('  (so does it as the folder is)') : '';
        const mark = result.outcome === 'failed' ? paint.yellow('≠') : paint.red('!');
        return [
          `  ${mark} ${plain(result.id)}${result.title === result.id ? '' : paint.dim(`  ${plain(result.title)}`)}${anyway}`,
          ...(result.reason === null ? [] : [`      ${plain(result.reason)}`]),
          ...result.differences.map(
            ({ at, expected, actual }) =>
              `      ${plain(at)}: ${plain(actual)}, in place of ${plain(expected)}`,
          ),
        ];
      }),
    ].join('\n');
  });
  const { same, different, skipped, errored } = askedCounts(cases);
  const counts = [
    `${different} of ${plural(same + different, 'case')} would come out otherwise than they expect`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(errored > 0 ? [`${errored} could not be judged`] : []),
  ].join(', ');
  return `${[`Judged ${plain(words)}; everything else as it is.`, ...blocks, `${counts}. This is no failure: the cases are written for their own days and for the folder as it is.`].join('\n\n')}\n`;
}
