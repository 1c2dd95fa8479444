import { useMemo } from 'react';
import { Button } from 'react-aria-components';

import { useAnswer } from '../../session/use-answer.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowIcon } from '../../ui/icons.tsx';
import { Scrolling } from '../../ui/Scrolling.tsx';
import type { PanelProps } from '../panel.ts';
import { citedHere } from './sources-view.ts';
import './sources.css';

/** What the source says, beside the rule at the cursor; else beside what the chosen encounter does not meet. */
export function SourceDock({ session, workbench }: PanelProps) {
  const { judged, cursor, openPath, why } = session;
  const sources = useAnswer(workbench, 'sources', undefined, session);
  const cited = useMemo(
    () => citedHere(sources ?? [], cursor?.path === openPath ? cursor : null, judged?.rules ?? [], why),
    [sources, cursor, openPath, judged, why],
  );
  if (!sources) return <EmptyState title="Reading the sources …" />;
  if (!cited) {
    return (
      <EmptyState title="Nothing here cites a source.">
        <p>Put the cursor into a rule, or choose a saved encounter: the clauses behind it are shown here.</p>
      </EmptyState>
    );
  }
  return (
    <div className="dock-body" data-pane="source">
      <Scrolling className="pane-body cited" focus label={`Cited by: ${cited.title}`}>
        <h3>{cited.title}</h3>
        {cited.clauses.map(({ source, clause }) => (
          <article key={`${source.source.id}#${clause.id}`} className="cited-clause">
            <blockquote>{clause.text}</blockquote>
            <p className="source-soft">
              <Button
                className="link"
                onPress={() => workbench.showClause({ source: source.source.id, clause: clause.id })}
              >
                {source.source.title}: {clause.name} <ArrowIcon />
              </Button>
              {clause.basis === null ? null : <span> {clause.basis}</span>}
            </p>
          </article>
        ))}
      </Scrolling>
    </div>
  );
}
