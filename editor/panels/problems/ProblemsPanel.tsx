import { useMemo } from 'react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';

import type { PanelProps } from '../panel.ts';
import { Quoted } from '../../ui/Quoted.tsx';
import { problemRows } from './problems-view.ts';
import './problems.css';

export function ProblemsPanel({ session, workbench }: PanelProps) {
  const { files, openPath } = session;
  const diagnostics = session.judged?.diagnostics ?? null;
  const rows = useMemo(() => problemRows(diagnostics ?? [], files, openPath), [diagnostics, files, openPath]);
  return (
    <div className="dock-body" data-pane="problems">
      {rows.length === 0 ? (
        <p className="problems-none">
          {diagnostics === null
            ? 'Reading the files …'
            : 'Every file can be read, and every rule says where it comes from.'}
        </p>
      ) : (
        <ListBox
          className="pane-body problems"
          aria-label="Problems"
          data-pane-focus-within=""
          items={rows.map((row) => ({ ...row, id: row.key }))}
          onAction={(key) => {
            const row = rows.find((it) => it.key === key);
            if (row) workbench.jump(row.place);
          }}
        >
          {(row) => (
            <ListBoxItem className="problem" textValue={`${row.word}: ${row.message}`}>
              <span className={`problem-word problem-${row.severity}`}>{row.word}</span>
              <span className="problem-words">
                <Text slot="label">
                  <Quoted text={row.message} />
                </Text>{' '}
                <Text slot="description">
                  <Quoted text={row.help} />
                </Text>
              </span>
              <span className="problem-where">{row.where}</span>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  );
}
