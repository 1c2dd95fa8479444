import type { Diagnostic } from '#engine';

/** One document, readable, with a line break at its end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A diagnostic as other tools want it: flat, with the path relative to the workspace. */
export interface DiagnosticRow {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly yamlPath: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string;
}

export function diagnosticRow({ place, code, severity, message, help }: Diagnostic): DiagnosticRow {
  const { path, line, column, endLine, endColumn, yamlPath } = place;
  return { path, line, column, endLine, endColumn, yamlPath, code, severity, message, help };
}
