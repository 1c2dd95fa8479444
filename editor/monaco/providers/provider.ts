import type { Diagnostic } from '#engine';

import type { Workbench } from '../../session/workbench.ts';
import type { RuleCount } from '../../worker/protocol.ts';
import type { monaco } from '../setup.ts';

/** What the providers know of the files; the editor puts new answers in as they come. */
export interface Knowledge {
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly RuleCount[];
}

/** What a provider may use: what is known already, and the worker, which knows the rest. */
export interface Host {
  readonly knowledge: () => Knowledge;
  readonly onKnowledge: monaco.IEvent<Knowledge>;
  readonly ask: Workbench['ask'];
  /** The author wants to see how the saved encounters come out by a rule. */
  readonly showRule: (rule: string) => void;
}

/** One thing that the editor can do with our files. */
export interface Provider {
  /** Tells Monaco of it, once for all editors. */
  readonly register: (host: Host) => void;
  /** What an editor of its own needs besides, when it is made. */
  readonly attach?: (editor: monaco.editor.IStandaloneCodeEditor) => void;
}
