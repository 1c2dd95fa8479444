import type { Diagnostic } from './diagnostic.ts';

/** A diagnostic as text: place, sentence, the line with carets under the words, and the next move. */
export function printDiagnostic(diagnostic: Diagnostic, text: string): string {
  const { place } = diagnostic;
  const line = text.split('\n')[place.line - 1]?.replace(/\r$/, '') ?? '';
  const gutter = String(place.line).length;
  const end = place.endLine === place.line ? place.endColumn : line.length + 1;
  const shown = line.length > 160 ? `${line.slice(0, 160)} …` : line;
  const carets = '^'.repeat(Math.max(1, Math.min(end, shown.length + 1) - place.column));
  const out = [`${diagnostic.severity}: ${diagnostic.message} [${diagnostic.code}]`];
  out.push(`${' '.repeat(gutter)}--> ${place.path}:${place.line}:${place.column}`);
  if (line.trim() !== '' && place.column <= 160) {
    out.push(`${place.line} | ${shown}`, `${' '.repeat(gutter)} | ${' '.repeat(place.column - 1)}${carets}`);
  }
  if (diagnostic.help) out.push(`${' '.repeat(gutter)} = ${diagnostic.help}`);
  return out.join('\n');
}
