import { useMemo } from 'react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';

import type { Diagnostic } from '#engine';

import type { Jump, WorkFile } from '../../session/session.ts';
import { Pane } from '../../ui/Pane.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import { problemRows, problemSummary } from './problems-view.ts';
import './problems.css';

interface ProblemsPanelProps {
  readonly diagnostics: readonly Diagnostic[] | null;
  readonly files: ReadonlyMap<string, WorkFile>;
  readonly openPath: string | null;
  readonly onJump: (place: Omit<Jump, 'focus'>) => void;
}

export function ProblemsPanel({ diagnostics, files, openPath, onJump }: ProblemsPanelProps) {
  const rows = useMemo(() => problemRows(diagnostics ?? [], files, openPath), [diagnostics, files, openPath]);
  return (
    <Pane
      name="problems"
      title="Problems"
      note={<output>{diagnostics === null ? null : (problemSummary(diagnostics) ?? 'none')}</output>}
    >
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
            if (row) onJump(row.place);
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
    </Pane>
  );
}
