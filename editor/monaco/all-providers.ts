import { codeActions } from './providers/code-actions.ts';
import { codeLens } from './providers/code-lens.ts';
import { completion } from './providers/completion.ts';
import { hover } from './providers/hover.ts';
import type { Provider } from './providers/provider.ts';
import { typing } from './providers/typing.ts';

/** Everything the editor can do with our files. One more is a file and a line. */
export const providers: readonly Provider[] = [typing, completion, hover, codeLens, codeActions];
