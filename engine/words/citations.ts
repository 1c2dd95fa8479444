import type { Citation } from '../model/policy.ts';
import { nameWords, words } from './runs.ts';
import type { Run, Runs } from './runs.ts';
import type { Naming } from './speaking.ts';

/** "HNS, ultrasound (97035), clauses “timed” and “dose”; …", one after the other, each source named once. */
export function citationWords(
  cites: readonly Pick<Citation, 'source' | 'clause'>[],
  { sources }: Pick<Naming, 'sources'>,
): Runs {
  const bySource = new Map<string, Run[]>();
  for (const { source, clause } of cites) {
    const clauses = bySource.get(source) ?? [];
    clauses.push({ kind: 'citation', text: `“${nameWords(clause)}”`, source, clause });
    bySource.set(source, clauses);
  }
  return [...bySource].flatMap(([source, clauses], index) => {
    const title = sources.find(({ id }) => id === source)?.title;
    return words(
      index === 0 ? '' : '; ',
      title === undefined || title === '' ? source : title,
      clauses.length === 1 ? ', clause ' : ', clauses ',
      ...clauses.flatMap((clause, at) =>
        at === 0 ? [clause] : [at === clauses.length - 1 ? ' and ' : ', ', clause],
      ),
    );
  });
}
