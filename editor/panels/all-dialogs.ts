import type { ComponentType } from 'react';

import type { DialogId } from '../session/places.ts';
import { KeysDialog } from './keys/KeysDialog.tsx';
import { PaletteDialog } from './palette/PaletteDialog.tsx';
import { later } from './later.tsx';
import type { PanelProps } from './panel.ts';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { Tour } from './tour/Tour.tsx';

/** What opens over the rest; each is shown by `workbench.showDialog` and leaves by `workbench.leaveDialog`. */
export const allDialogs: Readonly<Record<DialogId, ComponentType<PanelProps>>> = {
  palette: PaletteDialog,
  keys: KeysDialog,
  settings: SettingsDialog,
  tour: Tour,
  share: later(async () => (await import('./share/ShareDialog.tsx')).ShareDialog),
  export: later(async () => (await import('./share/ExportDialog.tsx')).ExportDialog),
  'new-encounter': later(
    async () => (await import('./encounters/NewEncounterDialog.tsx')).NewEncounterDialog,
  ),
  'new-revision': later(async () => (await import('./timeline/NewRevisionDialog.tsx')).NewRevisionDialog),
  'what-if': later(async () => (await import('./encounters/WhatIfDialog.tsx')).WhatIfDialog),
  'save-case': later(async () => (await import('./encounters/SaveCaseDialog.tsx')).SaveCaseDialog),
  approve: later(async () => (await import('./publish/ApproveDialog.tsx')).ApproveDialog),
  publish: later(async () => (await import('./publish/PublishDialog.tsx')).PublishDialog),
  notice: later(async () => (await import('./notice/NoticeDialog.tsx')).NoticeDialog),
  impact: later(async () => (await import('./impact/ImpactDialog.tsx')).ImpactDialog),
  'about-problem': later(
    async () => (await import('./about-problem/AboutProblemDialog.tsx')).AboutProblemDialog,
  ),
};
