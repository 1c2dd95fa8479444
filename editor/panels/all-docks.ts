import type { ComponentType } from 'react';

import type { DockId } from '../session/places.ts';
import type { Session } from '../session/session.ts';
import type { PanelProps } from './panel.ts';
import { ProblemsPanel } from './problems/ProblemsPanel.tsx';
import { problemRows, problemSummary } from './problems/problems-view.ts';
import { SourceDock } from './sources/SourceDock.tsx';
import { SuitesPanel } from './suites/SuitesPanel.tsx';
import { suiteRows, suitesNote } from './suites/suites-view.ts';

/** A tab below the open file. */
export interface Dock {
  readonly id: DockId;
  readonly title: string;
  /** Two or three words beside the title that say how it stands; null: nothing to say. */
  readonly note: (session: Session) => string | null;
  readonly Panel: ComponentType<PanelProps>;
  /** Everything that it reads of the session while it is shown; it is drawn again only when that changes. */
  readonly reads: (session: Session) => unknown;
}

export const allDocks: readonly Dock[] = [
  {
    id: 'problems',
    title: 'Problems',
    note: ({ judged }) => (judged === null ? null : (problemSummary(judged.diagnostics) ?? 'none')),
    Panel: ProblemsPanel,
    reads: ({ judged, files, openPath }) => judged && problemRows(judged.diagnostics, files, openPath),
  },
  {
    id: 'suites',
    title: 'Suites',
    note: suitesNote,
    Panel: SuitesPanel,
    reads: ({ judged }) => judged && suiteRows(judged.cases),
  },
  {
    id: 'source',
    title: 'Source page',
    note: () => null,
    Panel: SourceDock,
    reads: ({ cursor, openPath, files, judged, why }) => [
      [cursor, openPath, files.get(openPath ?? '')?.text],
      judged && judged.rules,
      why,
    ],
  },
];
