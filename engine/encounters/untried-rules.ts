import { judge, outcomeCode } from '../evaluate/compile.ts';
import type { Place } from '../base/source.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A rule that saved cases leave open: a change that lets everything pass it, or nothing, would go unnoticed. */
export interface UntriedRule {
  readonly rule: string;
  readonly place: Place;
  /** The outcomes that no case has. */
  readonly wants: readonly TriedOutcome[];
}

export type TriedOutcome = 'violated' | 'met';

/** The rules that some case should try and none does. A prohibition without exception can only be violated. */
export function untriedRules({ policies, cases }: Workspace): readonly UntriedRule[] {
  const seen = new Set<string>();
  for (const { ready } of cases) {
    if (!ready) continue;
    for (const { epoch, lines, visit } of judge(ready.program, ready.table).policies) {
      const look = (rules: typeof epoch.lineRules, outcomes: Uint8Array): void => {
        rules.forEach(({ rule }, position) => {
          if (outcomes[position] === outcomeCode.violated) seen.add(`${rule.id} violated`);
          if (outcomes[position] === outcomeCode.met) seen.add(`${rule.id} met`);
        });
      };
      for (const line of lines) look(epoch.lineRules, line);
      look(epoch.visitRules, visit);
    }
  }
  return policies.flatMap(({ rules }) =>
    rules.flatMap(({ id, place, require, unless }) => {
      const possible: readonly TriedOutcome[] = require || unless ? ['violated', 'met'] : ['violated'];
      const wants = possible.filter((outcome) => !seen.has(`${id} ${outcome}`));
      return wants.length === 0 ? [] : [{ rule: id, place, wants }];
    }),
  );
}
