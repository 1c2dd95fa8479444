import { sameData } from '../base/same-data.ts';
import type { Vocabulary } from './encounter.ts';
import { createVocabulary } from './fact-table.ts';
import type { Fact } from './vocabulary.ts';

/** What makes a value of a fact right or wrong; its words may differ. */
function kindOf({ type, values, whole, min, max, absentMeansNone, computed }: Fact): unknown {
  return { type, values, whole, min, max, absentMeansNone, computed };
}

/**
 * A vocabulary with the facts of both, so that one reading of an encounter serves two versions of the policies.
 * `differing` are the facts that the two take for different kinds of thing: their encounters cannot be read for both.
 */
export function joinedVocabulary(
  one: Vocabulary,
  other: Vocabulary,
): { readonly vocabulary: Vocabulary; readonly differing: readonly string[] } {
  const added = other.facts.filter(({ path }) => !one.byPath.has(path));
  return {
    vocabulary: added.length === 0 ? one : createVocabulary([...one.facts, ...added]),
    differing: other.facts.flatMap((fact) => {
      const known = one.byPath.get(fact.path);
      return known && !sameData(kindOf(known), kindOf(fact)) ? [fact.path] : [];
    }),
  };
}
