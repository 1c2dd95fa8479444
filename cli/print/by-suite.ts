import type { CaseResult } from '#engine';

/** Results under the suite they belong to, in the order in which they came. */
export function bySuite(cases: readonly CaseResult[]): readonly (readonly [string, readonly CaseResult[]])[] {
  const suites = new Map<string, CaseResult[]>();
  for (const result of cases) {
    const results = suites.get(result.suite) ?? [];
    results.push(result);
    suites.set(result.suite, results);
  }
  return [...suites];
}
