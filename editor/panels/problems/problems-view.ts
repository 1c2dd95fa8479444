import type { Diagnostic, Severity } from '#engine';

import { titleIn } from '../../marks/title-in.ts';
import { sentence } from '../../marks/words.ts';
import type { WorkFile } from '../../session/session.ts';

export interface ProblemRow {
  readonly key: string;
  readonly severity: Severity;
  readonly word: string;
  readonly message: string;
  readonly help: string;
  readonly where: string;
  readonly place: Diagnostic['place'];
}

/** Problems before advice, those of the open file before others; the rest stays in the order of the files. */
export function problemRows(
  diagnostics: readonly Diagnostic[],
  files: ReadonlyMap<string, WorkFile>,
  openPath: string | null,
): readonly ProblemRow[] {
  const rank = ({ severity, place }: Diagnostic) =>
    severityOrder.indexOf(severity) * 2 + (place.path === openPath ? 0 : 1);
  return diagnostics
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ code, severity, place, message, help }, at) => {
      const file = files.get(place.path);
      const name = place.path === openPath ? 'this file' : file ? titleIn(file) : place.path;
      return {
        key: `${place.path}:${place.from}:${code}:${at}`,
        severity,
        word: severityWords[severity],
        message: sentence(message),
        help: sentence(help),
        where: `${name}, line ${place.line}`,
        place,
      };
    });
}

/** `2 problems, 1 piece of advice`; null where there is nothing. */
export function problemSummary(diagnostics: readonly Diagnostic[]): string | null {
  const problems = diagnostics.filter(({ severity }) => severity === 'error').length;
  const advice = diagnostics.length - problems;
  const words = [
    problems > 0 ? `${problems} to fix` : null,
    advice > 0 ? `${advice} to look at` : null,
  ].filter((it) => it !== null);
  return words.length > 0 ? words.join(', ') : null;
}

const severityOrder = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

const severityWords = { error: 'Problem', warning: 'Look at', info: 'Note' } as const satisfies Record<
  Severity,
  string
>;
