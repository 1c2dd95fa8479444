import { formatDay } from '../base/calendar-date.ts';
import type { Policy } from '../model/policy.ts';
import type { Check } from './check.ts';

/** Revisions of one policy must neither overlap nor, as a rule, leave days between them. */
export const periods: Check = ({ policies, reporterFor }) => {
  const byId = new Map<string, Policy[]>();
  // Revisions of an overlay are one for each revision of its base, so they are told apart by file.
  const files = new Map(policies.map((policy) => [policy.place.path, policy]));
  for (const policy of files.values()) byId.set(policy.id, [...(byId.get(policy.id) ?? []), policy]);
  for (const revisions of byId.values()) {
    const sorted = revisions.toSorted((a, b) => a.from - b.from || (a.place.path < b.place.path ? -1 : 1));
    sorted.forEach((later, index) => {
      const earlier = sorted[index - 1];
      if (!earlier) return;
      const reporter = reporterFor(later.place.path);
      const at = { span: later.place, yamlPath: 'effective' };
      if (earlier.to === null || earlier.to >= later.from) {
        reporter.report(
          'period-overlap',
          at,
          `from ${formatDay(later.from)} this revision and ${earlier.place.path} are both in force`,
          `end the earlier one: \`to: ${formatDay(later.from - 1)}\``,
        );
      } else if (earlier.to + 1 < later.from) {
        reporter.report(
          'period-gap',
          at,
          `no revision is in force from ${formatDay(earlier.to + 1)} to ${formatDay(later.from - 1)}`,
          'if that is meant, leave it; otherwise let the periods adjoin',
          { severity: 'warning' },
        );
      }
    });
  }
};
