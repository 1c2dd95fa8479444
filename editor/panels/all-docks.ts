import type { ComponentType } from 'react';

import type { DockId } from '../session/places.ts';
import type { Session } from '../session/session.ts';
import type { PanelProps } from './panel.ts';
import { ProblemsPanel } from './problems/ProblemsPanel.tsx';
import { problemSummary } from './problems/problems-view.ts';
import { SuitesPanel } from './suites/SuitesPanel.tsx';
import { suitesNote } from './suites/suites-view.ts';

/** A tab below the open file. */
export interface Dock {
  readonly id: DockId;
  readonly title: string;
  /** Two or three words beside the title that say how it stands; null: nothing to say. */
  readonly note: (session: Session) => string | null;
  readonly Panel: ComponentType<PanelProps>;
}

export const allDocks: readonly Dock[] = [
  {
    id: 'problems',
    title: 'Problems',
    note: ({ judged }) => (judged === null ? null : (problemSummary(judged.diagnostics) ?? 'none')),
    Panel: ProblemsPanel,
  },
  { id: 'suites', title: 'Suites', note: suitesNote, Panel: SuitesPanel },
];
