import { formatDay } from '../base/calendar-date.ts';
import type { Policy } from '../model/policy.ts';
import type { ExportGiven } from './target.ts';

/** The policies of the workspace that are exported, in the order of the program: for targets that people read. */
export function exportedPolicies({
  program,
  workspace,
}: Pick<ExportGiven, 'program' | 'workspace'>): readonly Policy[] {
  return program.policies.map(({ id, periods }) => {
    const policy = workspace.policies.find(
      (one) => one.id === id && formatDay(one.from) === periods[0]?.from,
    );
    if (!policy) throw new Error(`the policy ${id} is in the program and not in the workspace`);
    return policy;
  });
}
