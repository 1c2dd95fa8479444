import { formatYaml } from '#engine';

import type { Memory } from '../memory.ts';

/** A text as the language lays it out; the text itself where it cannot be read. */
export function format(_: Memory, { path, text }: { readonly path: string; readonly text: string }): string {
  return formatYaml(path, text).value;
}
