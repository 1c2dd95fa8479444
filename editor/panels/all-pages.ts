import type { ComponentType } from 'react';

import {
  ChangesIcon,
  EncounterIcon,
  ExportIcon,
  ListIcon,
  PolicyIcon,
  ReleasesIcon,
  SourceIcon,
  TimelineIcon,
} from '../ui/icons.tsx';
import type { PageId } from '../session/places.ts';

import { EncountersPage } from './encounters/EncountersPage.tsx';
import { later } from './later.tsx';
import type { PanelProps } from './panel.ts';

/** One page of the rail: which files stand below it, and what takes the middle until a file is opened. */
export interface Page {
  readonly id: PageId;
  readonly title: string;
  readonly Icon: ComponentType;
  /** Null: the open file stays. */
  readonly Panel: ComponentType<PanelProps> | null;
  /** What stands at the right of it: the list of encounters above “Why”; “Why” alone; or nothing, for it needs the room. */
  readonly beside: 'encounters' | 'why' | 'nothing';
}

export const allPages: readonly Page[] = [
  { id: 'policies', title: 'Policies', Icon: PolicyIcon, Panel: null, beside: 'encounters' },
  { id: 'encounters', title: 'Encounters', Icon: EncounterIcon, Panel: EncountersPage, beside: 'why' },
  { id: 'lists', title: 'Lists', Icon: ListIcon, Panel: null, beside: 'encounters' },
  {
    id: 'sources',
    title: 'Sources',
    Icon: SourceIcon,
    Panel: later(async () => (await import('./sources/SourcesPage.tsx')).SourcesPage),
    beside: 'encounters',
  },
  {
    id: 'timeline',
    title: 'Timeline',
    Icon: TimelineIcon,
    Panel: later(async () => (await import('./timeline/TimelinePage.tsx')).TimelinePage),
    beside: 'encounters',
  },
  {
    id: 'changes',
    title: 'Changes',
    Icon: ChangesIcon,
    Panel: later(async () => (await import('./changes/ChangesPage.tsx')).ChangesPage),
    beside: 'nothing',
  },
  {
    id: 'releases',
    title: 'Releases',
    Icon: ReleasesIcon,
    Panel: later(async () => (await import('./releases/ReleasesPage.tsx')).ReleasesPage),
    beside: 'nothing',
  },
  {
    id: 'exports',
    title: 'Export',
    Icon: ExportIcon,
    Panel: later(async () => (await import('./exports/ExportsPage.tsx')).ExportsPage),
    beside: 'nothing',
  },
];
