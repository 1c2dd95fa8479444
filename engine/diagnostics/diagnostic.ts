import type { Place, Source } from '../base/source.ts';
import { placeOf } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { DiagnosticCode } from './codes.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One mistake in one place: what is there, in one plain sentence, and the next move. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly help: string;
  /** A replacement of the place that mends the mistake, where there is exactly one likely one. */
  readonly fix?: Fix;
  /** Of a name that is not known: the known ones that could stand in its place, likeliest first. */
  readonly choices?: readonly string[];
}

export interface Fix {
  readonly title: string;
  readonly text: string;
}

/** What was understood of a text, beside what was wrong with it. */
export interface Read<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the diagnostics of one source. It lives as long as one reading does. */
export interface Reporter {
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  report(
    code: DiagnosticCode,
    at: { span: Span; yamlPath: string },
    message: string,
    help: string,
    more?: { severity?: Severity; fix?: Fix; choices?: readonly string[] },
  ): void;
}

export function createReporter(source: Source): Reporter {
  const diagnostics: Diagnostic[] = [];
  return {
    source,
    diagnostics,
    report(code, at, message, help, more = {}) {
      diagnostics.push({
        code,
        severity: more.severity ?? 'error',
        place: placeOf(source, at.span, at.yamlPath),
        message,
        help,
        ...(more.fix ? { fix: more.fix } : {}),
        ...(more.choices ? { choices: more.choices } : {}),
      });
    },
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
