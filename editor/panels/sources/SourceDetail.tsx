import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';

import type { ClauseState, TrackedSource } from '#engine';
import { clauseStates } from '#engine';

import { Button } from '../../ui/Button.tsx';
import { Chips } from '../../ui/Chips.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowIcon } from '../../ui/icons.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Scrolling } from '../../ui/Scrolling.tsx';
import type { PanelProps } from '../panel.ts';
import { ClauseActions } from './ClauseActions.tsx';
import type { ClauseRow } from './sources-view.ts';
import { clauseRows, countWords, readWords, stateWords } from './sources-view.ts';
import { StateMark } from './StateMark.tsx';

interface SourceDetailProps extends PanelProps {
  readonly tracked: TrackedSource;
  /** As a view of its open file, whose title stands above it already. */
  readonly ofFile?: boolean;
}

/** One source, clause by clause: what implements each, why it is set aside, and what can be done about it. */
export function SourceDetail({ tracked, ofFile = false, ...props }: SourceDetailProps) {
  const { session, workbench } = props;
  const { source, counts } = tracked;
  const [filter, setFilter] = useState<readonly ClauseState[]>([]);
  const rows = clauseRows(tracked, filter);
  const chosen = session.clause?.clause ?? null;
  return (
    <Pane
      name="sources"
      title="Clause by clause"
      tools={
        <>
          <AriaButton className="link" onPress={() => workbench.showClause(null)}>
            All sources
          </AriaButton>
          {ofFile ? null : (
            <AriaButton className="link" onPress={() => workbench.jump(source.place)}>
              Open the file <ArrowIcon />
            </AriaButton>
          )}
        </>
      }
    >
      <header className="source-head">
        <h3 className={ofFile ? 'visually-hidden' : 'source-title'}>{source.title}</h3>
        <p className="source-soft">
          {[source.publisher, readWords(source), countWords(counts)].filter((it) => it !== '').join(' · ')}
        </p>
        {source.address === '' ? null : (
          <p>
            <a className="source-address" href={source.address} target="_blank" rel="noopener noreferrer">
              {source.address}
              <span className="visually-hidden"> (opens in a new tab)</span>
            </a>
          </p>
        )}
      </header>
      <div className="sources-bar">
        <Chips
          label="Which clauses"
          chosen={filter}
          chips={clauseStates.map((state) => ({ id: state, label: stateWords[state], count: counts[state] }))}
          onChoose={setFilter}
        />
      </div>
      <Scrolling className="pane-body clauses" focus label={`Clauses of ${source.title}`}>
        {rows.length === 0 ? (
          <EmptyState title="No clause stands like this." />
        ) : (
          rows.map((row) => (
            <ClausePart key={row.id} row={row} chosen={row.id === chosen} source={source.id} {...props} />
          ))
        )}
        {filter.length === 0 ? null : (
          <p className="source-soft clauses-more">
            <Button look="quiet" onPress={() => setFilter([])}>
              Show every clause
            </Button>
          </p>
        )}
      </Scrolling>
    </Pane>
  );
}

function ClausePart({
  row,
  chosen,
  source,
  ...props
}: PanelProps & { readonly row: ClauseRow; readonly chosen: boolean; readonly source: string }) {
  const { workbench } = props;
  const part = useRef<HTMLElement>(null);
  useEffect(() => {
    if (chosen) part.current?.scrollIntoView({ block: 'center' });
  }, [chosen]);
  return (
    <article
      ref={part}
      className={chosen ? 'clause clause-chosen' : 'clause'}
      aria-label={`Clause ${row.name}: ${stateWords[row.state]}`}
      aria-current={chosen ? 'true' : undefined}
    >
      <div className="clause-head">
        <h4>
          <AriaButton className="rule-title" onPress={() => workbench.jump(row.place)}>
            {row.name}
          </AriaButton>
        </h4>
        <StateMark state={row.state} />
      </div>
      <p>{row.text}</p>
      {row.basis === null ? null : <p className="source-soft">{row.basis}</p>}
      {row.setAside === null ? null : (
        <p className="clause-aside">
          <span>Set aside:</span> {row.setAside}
        </p>
      )}
      {row.uses.length === 0 ? null : (
        <ul className="clause-uses" aria-label="Implemented by">
          {row.uses.map((use) => (
            <li key={use.key}>
              <AriaButton className="link" onPress={() => workbench.jump(use.place)}>
                {use.words} <ArrowIcon />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <ClauseActions row={row} source={source} {...props} />
    </article>
  );
}
