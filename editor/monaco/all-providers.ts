import { codeActions } from './providers/code-actions.ts';
import { codeLens } from './providers/code-lens.ts';
import { completion } from './providers/completion.ts';
import { definition } from './providers/definition.ts';
import { folding } from './providers/folding.ts';
import { hover } from './providers/hover.ts';
import { markers } from './providers/markers.ts';
import { outline } from './providers/outline.ts';
import type { Provider } from './providers/provider.ts';
import { references } from './providers/references.ts';
import { rename } from './providers/rename.ts';
import { typing } from './providers/typing.ts';

/** Everything the editor can do with our files. One more is a file and a line. */
export const providers: readonly Provider[] = [
  typing,
  markers,
  completion,
  hover,
  codeLens,
  codeActions,
  definition,
  references,
  rename,
  outline,
  folding,
];
