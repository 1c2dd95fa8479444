import { useState } from 'react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';

import type { TrackedSource } from '#engine';
import { clauseStates } from '#engine';

import { useAnswer } from '../../session/use-answer.ts';
import { Chips } from '../../ui/Chips.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { PanelProps } from '../panel.ts';
import { SourceDetail } from './SourceDetail.tsx';
import { sourceRows, sourcesWords } from './sources-view.ts';
import './sources.css';

/** The pages that policies come from: all of them, or one clause by clause. */
export function SourcesPage(props: PanelProps) {
  const { session, workbench } = props;
  const sources = useAnswer(workbench, 'sources', undefined, session.files);
  if (!sources) return <EmptyState title="Reading the sources …" />;
  const chosen = sources.find(({ source }) => source.id === session.clause?.source);
  // Another source begins anew: its own filter, its own place.
  if (chosen) return <SourceDetail key={chosen.source.id} {...props} tracked={chosen} />;
  return <AllSources sources={sources} {...props} />;
}

function AllSources({ sources, workbench }: PanelProps & { readonly sources: readonly TrackedSource[] }) {
  const [filter, setFilter] = useState<readonly 'open'[]>([]);
  const onlyOpen = filter.length > 0;
  const rows = sourceRows(sources, onlyOpen);
  const open = sources.filter(({ counts }) => counts.open > 0).length;
  return (
    <Pane name="sources" title="All sources" note={sourcesWords(sources)}>
      <div className="sources-bar">
        <Chips
          label="Which sources"
          chosen={filter}
          chips={[{ id: 'open', label: 'With open clauses', count: open }]}
          onChoose={setFilter}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={onlyOpen ? 'No clause is open.' : 'There are no sources yet.'}>
          <p>
            {onlyOpen
              ? 'Every clause is implemented by a rule, or set aside with a reason.'
              : 'A source is a page from which rules come, clause by clause, in your own words.'}
          </p>
        </EmptyState>
      ) : (
        <ListBox
          className="pane-body sources"
          aria-label="Sources"
          data-pane-focus-within=""
          items={rows}
          onAction={(id) => workbench.showClause({ source: String(id), clause: null })}
        >
          {(row) => (
            <ListBoxItem id={row.id} className="source" textValue={`${row.title}: ${row.words}`}>
              <Text slot="label" className="source-title">
                {row.title}
              </Text>
              <CountBar counts={row.counts} />
              <Text slot="description" className="source-words">
                <span>{row.detail}</span>
                <span>{row.words}</span>
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </Pane>
  );
}

/** One square for each clause: filled, edged or dashed, as the marks beside the clauses are. */
export function CountBar({ counts }: { readonly counts: TrackedSource['counts'] }) {
  return (
    <span className="count-bar" aria-hidden="true">
      {clauseStates.flatMap((state) =>
        Array.from({ length: counts[state] }, (_, at) => (
          <span key={`${state} ${at}`} className={`count-part count-${state}`} />
        )),
      )}
    </span>
  );
}
