import { useMemo } from 'react';

import type { Decision } from '#engine';

import { DecisionShape } from '../../marks/DecisionMark.tsx';
import { count, decisionWords } from '../../marks/words.ts';
import type { CaseFilter, Judged } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Chips } from '../../ui/Chips.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { EncounterGrid } from './EncounterGrid.tsx';
import { encounterRows, filterCounts, summaryOf } from './encounters-view.ts';
import './encounters.css';

interface EncountersPanelProps {
  readonly judged: Judged | null;
  /** Only encounters of this payer; null: of every payer. */
  readonly payer: string | null;
  readonly filter: CaseFilter;
  readonly search: string;
  readonly chosen: string | null;
  readonly onFilter: (filter: CaseFilter) => void;
  readonly onSearch: (text: string) => void;
  readonly onChoose: (key: string) => void;
}

export function EncountersPanel(props: EncountersPanelProps) {
  const { judged, payer, filter, search, chosen, onFilter, onSearch, onChoose } = props;
  const cases = useMemo(
    () => (judged?.cases ?? []).filter((row) => payer === null || row.payer === payer),
    [judged, payer],
  );
  const rows = useMemo(() => encounterRows(cases, filter, search), [cases, filter, search]);
  const chips = useMemo(
    () =>
      filterCounts(cases).map(({ filter, count }) => ({
        id: filter,
        count,
        label: filterWords(filter),
        mark: isDecision(filter) ? <DecisionShape decision={filter} /> : undefined,
      })),
    [cases],
  );
  const { changed } = summaryOf(cases);
  return (
    <Pane
      name="encounters"
      title="Saved encounters"
      note={
        <output>
          {changed > 0 ? (
            <span className="encounters-changed">
              {changed} of {cases.length} changed
            </span>
          ) : (
            cases.length > 0 && count(cases.length, 'case')
          )}
        </output>
      }
    >
      <div className="encounters-tools">
        <SearchField label="Find by words, code or rule" value={search} onChange={onSearch} />
        <Chips label="Show" chips={chips} chosen={filter} onChoose={onFilter} />
      </div>
      {judged?.stale ? (
        <output className="encounters-stale">
          These are the last good verdicts. Fix the problem in the text and they are judged again.
        </output>
      ) : null}
      {rows.length > 0 ? (
        <EncounterGrid rows={rows} chosen={chosen} onChoose={onChoose} />
      ) : judged === null ? (
        <EmptyState title="Judging the saved encounters …" />
      ) : cases.length === 0 ? (
        <EmptyState title="There are no saved encounters yet.">
          <p>Put a file ending in .suite.yaml or .encounter.yaml under the folder testcases.</p>
        </EmptyState>
      ) : (
        <EmptyState
          title={
            filter === 'changed' && search === ''
              ? 'No verdict has changed since the last save.'
              : 'No saved encounter is like that.'
          }
        >
          <Button
            onPress={() => {
              onFilter('all');
              onSearch('');
            }}
          >
            Show all {cases.length}
          </Button>
        </EmptyState>
      )}
    </Pane>
  );
}

function isDecision(filter: CaseFilter): filter is Decision {
  return filter in decisionWords;
}

function filterWords(filter: CaseFilter): string {
  if (isDecision(filter)) return decisionWords[filter];
  return filter === 'all' ? 'All' : filter === 'changed' ? 'Changed' : 'Failing';
}
