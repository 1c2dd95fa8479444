import type { ComponentType } from 'react';

import { EncounterIcon, ListIcon, PolicyIcon, SourceIcon, TimelineIcon } from '../ui/icons.tsx';
import type { PageId } from '../session/places.ts';
import { EncountersPage } from './encounters/EncountersPage.tsx';
import type { PanelProps } from './panel.ts';
import { SourcesPage } from './sources/SourcesPage.tsx';
import { TimelinePage } from './timeline/TimelinePage.tsx';

/** One page of the rail: which files stand below it, and what takes the middle until a file is opened. */
export interface Page {
  readonly id: PageId;
  readonly title: string;
  readonly Icon: ComponentType;
  /** Null: the open file stays. */
  readonly Panel: ComponentType<PanelProps> | null;
  /** Whether the list of saved encounters stands at the right of the page; it has one of its own otherwise. */
  readonly encounters: boolean;
}

export const allPages: readonly Page[] = [
  { id: 'policies', title: 'Policies', Icon: PolicyIcon, Panel: null, encounters: true },
  { id: 'encounters', title: 'Encounters', Icon: EncounterIcon, Panel: EncountersPage, encounters: false },
  { id: 'lists', title: 'Lists', Icon: ListIcon, Panel: null, encounters: true },
  { id: 'sources', title: 'Sources', Icon: SourceIcon, Panel: SourcesPage, encounters: true },
  { id: 'timeline', title: 'Timeline', Icon: TimelineIcon, Panel: TimelinePage, encounters: true },
];
