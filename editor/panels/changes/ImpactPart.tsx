import { useMemo } from 'react';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { count } from '../../marks/words.ts';
import { useImpact } from '../../session/use-impact.ts';
import type { Workbench } from '../../session/workbench.ts';
import { ArrowIcon } from '../../ui/icons.tsx';
import type { ComparedVersions } from '../../worker/queries/compare.ts';
import { impactView } from './impact-view.ts';

interface ImpactPartProps {
  readonly workbench: Workbench;
  /** What it belongs to: a newer one is counted anew. */
  readonly comparison: ComparedVersions;
}

/** What becomes of the saved claim lines, and what was charged for them. */
export function ImpactPart({ workbench, comparison }: ImpactPartProps) {
  const live = useImpact(workbench, comparison);
  const view = useMemo(() => live && impactView(live.impact), [live]);
  if (live === null || view === null) return null;
  const { done, total, differing } = live;
  if (view.moves.length === 0 && done === total) return null;
  return (
    <section className="changes-section" aria-label="Saved claim lines and their charges">
      <h3>
        Saved claim lines and their charges{' '}
        {done < total ? (
          <span>
            counted {done.toLocaleString('en')} of {total.toLocaleString('en')} encounters
          </span>
        ) : null}
      </h3>
      {differing.length > 0 ? (
        <p className="changes-soft">
          Nothing can be counted: the two versions take {differing.join(', ')} for different kinds of thing.
        </p>
      ) : (
        <table className="changes-impact">
          <thead>
            <tr>
              <th scope="col">Decision</th>
              <th scope="col">Lines</th>
              <th scope="col">Charged</th>
            </tr>
          </thead>
          <tbody>
            {view.moves.map(({ before, after, lines, charges }) => (
              <tr key={`${before} ${after}`}>
                <td>
                  <span className="change-decisions">
                    <DecisionMark decision={before} />
                    <span className="change-arrow">
                      <ArrowIcon />
                      <span className="visually-hidden">now</span>
                    </span>
                    <DecisionMark decision={after} />
                  </span>
                </td>
                <td>{lines.toLocaleString('en')}</td>
                <td>{charges}</td>
              </tr>
            ))}
            <tr className="changes-soft">
              <td>as before</td>
              <td>{view.same.lines.toLocaleString('en')}</td>
              <td>{view.same.charges}</td>
            </tr>
          </tbody>
        </table>
      )}
      <p className="changes-soft">
        Every policy in force judges {count(total, 'saved encounter')}, as if each were a claim that comes in.{' '}
        {view.note}
      </p>
    </section>
  );
}
