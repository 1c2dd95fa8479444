import type { Diagnostic } from './diagnostic.ts';

/** By path, place and code, so that the order never depends on who found what first; exact repeats are removed. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = diagnostics.toSorted(
    (a, b) =>
      compareText(a.place.path, b.place.path) ||
      a.place.from - b.place.from ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
  return sorted.filter((diagnostic, index) => {
    const before = sorted[index - 1];
    return (
      !before ||
      before.place.path !== diagnostic.place.path ||
      before.place.from !== diagnostic.place.from ||
      before.code !== diagnostic.code ||
      before.message !== diagnostic.message
    );
  });
}
