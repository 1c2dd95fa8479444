import {
  columnsOf,
  createColumnJudge,
  decidedOtherwise,
  factTable,
  impactOf,
  joinedVocabulary,
  rowsOfImpact,
} from '#engine';
import type { DecidedOtherwise, ImpactRows, Workspace } from '#engine';

import { earlierOf } from '../memory.ts';
import type { Judging, Memory } from '../memory.ts';

/** A part of the encounters: from which on, and how many. */
export interface ImpactParams {
  readonly from: number;
  readonly count: number;
}

export interface ImpactPart {
  /** The counts of this part alone. */
  readonly rows: ImpactRows;
  /** The encounters of this part that are decided otherwise; `key` is that of their `CaseRow`. */
  readonly changed: readonly (Omit<DecidedOtherwise, 'position'> & { readonly key: string })[];
  /** How many of `total` are done when this part is; the next part begins here. */
  readonly done: number;
  readonly total: number;
  /** Facts that the two versions take for different kinds of thing. Unless empty, nothing was counted. */
  readonly differing: readonly string[];
}

/**
 * What becomes of the open encounters (every case and every free encounter) under the draft, against the release or the
 * files on disk, whichever everything is compared with: in counts and charges by decision, code, payer and rule.
 * Every policy in force judges, as with a claim that comes in, also where the suite of a case asks some of them alone.
 *
 * It answers for a part at a time, so that the worker is free for a key in between, that it can be said how far it is,
 * and that stopping is not to ask on:
 *
 *     let impact = noImpact;
 *     for (let from = 0, total = 1; from < total && !stopped; ) {
 *       const part = await workbench.ask('impact', { from, count: 500 });
 *       impact = addImpacts(impact, impactOfRows(part.rows));
 *       ({ done: from, total } = part);
 *     }
 *
 * A change typed in between makes the parts before it stale: begin again with `from: 0`.
 */
export function impact(memory: Memory, { from, count }: ImpactParams): ImpactPart {
  return impactOfPart(earlierOf(memory), memory.judged, from, count);
}

/** The same against any version. */
export function impactOfPart(before: Workspace, judged: Judging, from: number, count: number): ImpactPart {
  const all = judged.cases.flatMap(({ row, ready }) => (ready ? [{ key: row.key, ...ready }] : []));
  const after = judged.workspace;
  const { vocabulary, differing } = joinedVocabulary(after.vocabulary, before.vocabulary);
  const part = differing.length > 0 ? [] : all.slice(from, from + count);
  const tables = part.map(({ encounter, table }) =>
    vocabulary === after.vocabulary ? table : factTable(encounter, vocabulary),
  );
  const judge = createColumnJudge(columnsOf(tables, vocabulary));
  const [one, other] = [judge(before.program), judge(after.program)];
  return {
    rows: rowsOfImpact(impactOf(one, other)),
    changed: decidedOtherwise(one, other).map(({ position, ...change }) => ({
      key: part[position]!.key,
      ...change,
    })),
    done: Math.min(all.length, from + count),
    total: all.length,
    differing,
  };
}
