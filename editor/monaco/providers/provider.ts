import type { Workbench } from '../../session/workbench.ts';
import type { Models } from '../models.ts';
import type { monaco } from '../setup.ts';

/** What a provider may use: what the author can do and what is known, and the texts in the editor. */
export interface Host {
  readonly workbench: Workbench;
  readonly models: Models;
}

/** One thing that the editor can do with our files. */
export interface Provider {
  /** Tells Monaco of it, until what comes back is disposed. */
  readonly register: (host: Host) => monaco.IDisposable;
  /** What an editor of its own needs besides, when it is made. */
  readonly attach?: (editor: monaco.editor.IStandaloneCodeEditor) => void;
}
