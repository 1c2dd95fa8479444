import type { ComponentType } from 'react';

import type { DialogId } from '../session/places.ts';
import { AboutProblemDialog } from './about-problem/AboutProblemDialog.tsx';
import { NewEncounterDialog } from './encounters/NewEncounterDialog.tsx';
import { SaveCaseDialog } from './encounters/SaveCaseDialog.tsx';
import { WhatIfDialog } from './encounters/WhatIfDialog.tsx';
import { KeysDialog } from './keys/KeysDialog.tsx';
import { PaletteDialog } from './palette/PaletteDialog.tsx';
import type { PanelProps } from './panel.ts';
import { ExportDialog } from './share/ExportDialog.tsx';
import { ShareDialog } from './share/ShareDialog.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { Tour } from './tour/Tour.tsx';

/** What opens over the rest; each is shown by `workbench.showDialog` and leaves by `workbench.leaveDialog`. */
export const allDialogs: Readonly<Record<DialogId, ComponentType<PanelProps>>> = {
  palette: PaletteDialog,
  keys: KeysDialog,
  settings: SettingsDialog,
  tour: Tour,
  share: ShareDialog,
  export: ExportDialog,
  'new-encounter': NewEncounterDialog,
  'what-if': WhatIfDialog,
  'save-case': SaveCaseDialog,
  'about-problem': AboutProblemDialog,
};
