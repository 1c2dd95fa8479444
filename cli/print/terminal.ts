import { printDiagnostic } from '#engine';
import type { Diagnostic } from '#engine';

/** Colours, or their absence: each function gives back what it was given, painted or not. */
export type Paint = Readonly<
  Record<'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim', (text: string) => string>
>;

export function paintFor(color: boolean): Paint {
  const with_ = (open: number, close: number) => (text: string) =>
    color ? `\u001b[${open}m${plain(text)}\u001b[${close}m` : plain(text);
  return {
    red: with_(31, 39),
    green: with_(32, 39),
    yellow: with_(33, 39),
    cyan: with_(36, 39),
    bold: with_(1, 22),
    dim: with_(2, 22),
  };
}

/** Text from a file as it may go to a terminal: what would move the cursor or turn the writing is shown as a sign instead. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (sign) =>
    sign === '\n' ? sign : sign === '\t' ? ' ' : '\ufffd',
  );
}

export function failureText(message: string, hint: string | null, color: boolean): string {
  const paint = paintFor(color);
  return `${paint.red('proviso:')} ${plain(message)}\n${hint === null ? '' : `${paint.dim(hint)}\n`}`;
}

/** A diagnostic with its line and carets; `text` is the text of its file. */
export function diagnosticText(diagnostic: Diagnostic, text: string, color: boolean): string {
  const paint = paintFor(color);
  const [headline = '', ...rest] = plain(printDiagnostic(diagnostic, text)).split('\n');
  const severity = diagnostic.severity;
  const loud = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan;
  const head = headline.startsWith(`${severity}:`)
    ? loud(`${severity}:`) + headline.slice(severity.length + 1)
    : headline;
  const body = rest.map((line) => {
    const carets = /^(\s+\|\s+)(\^+)$/.exec(line);
    if (carets) return carets[1]! + loud(carets[2]!);
    return /^\s*-->/.test(line) ? paint.dim(line) : line;
  });
  return [head, ...body].join('\n');
}

/** `no problems in 12 files`, `3 errors, 1 warning in 2 files`. */
export function diagnosticSummary(diagnostics: readonly Diagnostic[], files: number): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const n = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return n === 0 ? [] : [plural(n, severity === 'info' ? 'note' : severity)];
  });
  if (counts.length === 0) return `no problems in ${plural(files, 'file')}`;
  return `${counts.join(', ')} in ${plural(new Set(diagnostics.map(({ place }) => place.path)).size, 'file')}`;
}

export function plural(n: number, one: string, write: (n: number) => string = String): string {
  return `${write(n)} ${n === 1 ? one : `${one}s`}`;
}

/** Rows under their headings; columns of numbers stand to the right. Cells are plain; `paintRow` may colour a whole row. */
export function tableText(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paintRow: (row: readonly string[], line: string) => string = (_, line) => line,
): string[] {
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => plain(row[i] ?? '').length)),
  );
  const numeric = headings.map(
    (_, i) => rows.length > 0 && rows.every((row) => /^(?:[-+−]?\$?[\d.,]+|–|)$/.test(row[i] ?? '')),
  );
  const layOut = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (numeric[i] ? plain(cell).padStart(widths[i]!) : plain(cell).padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [layOut(headings), ...rows.map((row) => paintRow(row, layOut(row)))];
}
