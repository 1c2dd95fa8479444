import type { Look } from '../session/look.ts';
import type { Session, WorkFile } from '../session/session.ts';
import type { Workbench } from '../session/workbench.ts';

/** What every part of the screen is given: all there is to know, and all that can be done. */
export interface PanelProps {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly look: Look;
}

/** A part of the screen that is about the open file. */
export interface FilePanelProps extends PanelProps {
  readonly file: WorkFile;
}
