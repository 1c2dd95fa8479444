import { useMemo, useState } from 'react';

import { Button } from '../../ui/Button.tsx';
import type { PanelProps } from '../panel.ts';
import { recoveredView } from './recovered-view.ts';
import type { RecoveredRow } from './recovered-view.ts';
import './recovered.css';

/** What an earlier page left unsaved is in the files again; the author says of each what is to become of it. */
export function RecoveredPanel({ session, workbench }: PanelProps) {
  // The drafts came with the page, so its first moment is near enough to say “today” by.
  const [opened] = useState(() => new Date());
  const view = useMemo(() => recoveredView(session, opened), [session, opened]);
  const [sure, setSure] = useState<string | null>(null);
  if (view === null) return null;

  function compare({ path, isConflict }: RecoveredRow): void {
    workbench.chooseFile(path);
    if (isConflict) workbench.settle(path);
    else {
      // What is unsaved is what is asked about.
      void workbench.compareWith({ kind: 'saved' });
      workbench.showView('changes');
    }
  }

  return (
    <section className="recovered" data-pane="drafts" aria-label="Drafts that were brought back">
      <div className="recovered-head">
        <output>{view.sentence}</output>
        {view.rows.length === 1 ? null : (
          <Button onPress={() => workbench.acceptDrafts(view.rows.map(({ path }) => path))}>Keep all</Button>
        )}
      </div>
      <ul className="recovered-list">
        {view.rows.map((row) => (
          <li key={row.path} className="recovered-row">
            <span className="recovered-title">
              {row.title}
              {row.note === null ? null : <span className="recovered-note"> · {row.note}</span>}
            </span>
            {sure === row.path ? (
              <>
                <span className="recovered-note">What was typed is then gone.</span>
                <Button onPress={() => workbench.throwAwayDraft(row.path)}>Throw it away</Button>
                <Button look="quiet" onPress={() => setSure(null)}>
                  No
                </Button>
              </>
            ) : (
              <>
                <Button
                  look="quiet"
                  label={`Keep ${row.title}`}
                  onPress={() => workbench.acceptDrafts([row.path])}
                >
                  Keep
                </Button>
                <Button look="quiet" label={`Compare ${row.title}`} onPress={() => compare(row)}>
                  Compare
                </Button>
                <Button look="quiet" label={`Throw away ${row.title}`} onPress={() => setSure(row.path)}>
                  Throw away
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
