import { useMemo } from 'react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';

import type { PanelProps } from '../panel.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { suiteRows, suiteWords } from './suites-view.ts';
import './suites.css';

/** Every suite with how its cases came out; choosing one shows its cases, the failing ones where there are any. */
export function SuitesPanel({ session, workbench }: PanelProps) {
  const { judged } = session;
  const rows = useMemo(() => suiteRows(judged?.cases ?? []), [judged]);
  const most = Math.max(1, ...rows.map((row) => row.passed + row.failed + row.unchecked));
  return (
    <div className="dock-body" data-pane="suites">
      {rows.length === 0 ? (
        <EmptyState title={judged === null ? 'Reading the suites …' : 'There are no suites yet.'}>
          <p>A suite says what must be decided about saved encounters, so that no change goes unnoticed.</p>
        </EmptyState>
      ) : (
        <ListBox
          className="pane-body suites"
          aria-label="Suites"
          data-pane-focus-within=""
          items={rows.map((row) => ({ ...row, id: row.path }))}
          onAction={(path) => {
            const row = rows.find((it) => it.path === path);
            if (!row) return;
            workbench.filter(row.failed > 0 ? 'failing' : 'all');
            workbench.search(row.title);
          }}
        >
          {(row) => (
            <ListBoxItem className="suite" textValue={`${row.title}: ${suiteWords(row)}`}>
              <Text slot="label" className="suite-title">
                {row.title}
              </Text>
              <Bar row={row} most={most} />
              <Text slot="description" className="suite-words">
                {suiteWords(row)}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  );
}

/** As long as the suite is large; what fails is hatched, so that colour is never needed. */
function Bar({ row, most }: { readonly row: ReturnType<typeof suiteRows>[number]; readonly most: number }) {
  const scale = 100 / most;
  const parts = [
    { name: 'passed', n: row.passed },
    { name: 'failed', n: row.failed },
    { name: 'unchecked', n: row.unchecked },
  ];
  return (
    <span className="suite-bar" aria-hidden="true">
      {parts.map(({ name, n }) =>
        n === 0 ? null : (
          <span
            key={name}
            className={`suite-part suite-${name}`}
            style={{ width: `max(3px, ${n * scale}%)` }}
          />
        ),
      )}
    </span>
  );
}
