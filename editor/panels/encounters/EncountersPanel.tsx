import type { ReactNode } from 'react';
import { useCallback } from 'react';

import { againstTitle, againstWords } from '../../marks/against.ts';
import { count } from '../../marks/words.ts';
import type { CaseColumn } from '../../session/case-filters.ts';
import { everyCase } from '../../session/case-filters.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { PanelProps } from '../panel.ts';
import { CaseFilterBar } from './CaseFilterBar.tsx';
import { openCase } from '../../session/subjects.ts';
import { EncounterGrid } from './EncounterGrid.tsx';
import { summaryOf } from './encounters-view.ts';
import type { Cases } from './use-cases.ts';
import { useCases } from './use-cases.ts';
import './encounters.css';

const columns: readonly CaseColumn[] = ['title', 'date', 'actual'];

/** The saved encounters beside an open file, in brief. */
export function EncountersPanel(props: PanelProps) {
  const cases = useCases(props.session, false);
  return (
    <Pane name="encounters" title="Saved encounters" note={<CasesNote cases={cases} />}>
      <CaseFilterBar {...props} cases={cases} whole={false} />
      <CaseGrid {...props} cases={cases} columns={columns} sortable={false} />
    </Pane>
  );
}

/** How many there are, or how many of them change. */
export function CasesNote({ cases: { all, rows } }: { readonly cases: Cases }) {
  const { changed } = summaryOf(all);
  return (
    <output>
      {changed > 0 ? (
        <span className="encounters-changed">
          {changed} of {all.length} changed
        </span>
      ) : rows.length < all.length ? (
        `${rows.length} of ${count(all.length, 'case')}`
      ) : (
        all.length > 0 && count(all.length, 'case')
      )}
    </output>
  );
}

interface CaseGridProps extends PanelProps {
  readonly cases: Cases;
  readonly columns: readonly CaseColumn[];
  readonly sortable: boolean;
}

/** The grid, or why it is empty and what to do about it. */
export function CaseGrid({ session, workbench, cases, columns, sortable }: CaseGridProps): ReactNode {
  const { judged, search, filters } = session;
  const onChoose = useCallback((key: string) => workbench.chooseCase(key), [workbench]);
  const onOpen = useCallback((key: string) => openCase(workbench, key), [workbench]);
  const stale = judged?.stale ? (
    <output className="encounters-stale">
      These are the last good verdicts. Fix the problem in the text and they are judged again.
    </output>
  ) : null;
  if (cases.rows.length > 0) {
    return (
      <>
        {stale}
        <EncounterGrid
          rows={cases.rows}
          columns={columns}
          earlier={againstTitle(session.against)}
          rowHeight={Math.round((session.settings.textSize * 28) / 13)}
          chosen={session.chosenCase}
          onChoose={onChoose}
          onOpen={onOpen}
          sorting={sortable ? { order: session.order, onOrder: (order) => workbench.sortCases(order) } : null}
        />
      </>
    );
  }
  if (judged === null) return <EmptyState title="Judging the saved encounters …" />;
  if (cases.all.length === 0) {
    return (
      <EmptyState title="There are no saved encounters yet.">
        <p>Begin one from a template; it can be kept as a case of a suite with the verdict it has today.</p>
        <Button look="main" onPress={() => workbench.showDialog('new-encounter')}>
          New encounter…
        </Button>
      </EmptyState>
    );
  }
  const onlyChanged = filters.shows.length === 1 && filters.shows[0] === 'changed' && search === '';
  return (
    <>
      {stale}
      <EmptyState
        title={
          onlyChanged
            ? `No verdict is other than by ${againstWords(session.against)}.`
            : 'No saved encounter is like that.'
        }
      >
        <Button
          onPress={() => {
            workbench.narrow(everyCase);
            workbench.search('');
          }}
        >
          Show all {cases.all.length}
        </Button>
      </EmptyState>
    </>
  );
}
