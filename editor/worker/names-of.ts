import type { NameIndex, Workspace } from '#engine';
import { indexNames } from '#engine';

let last: { readonly workspace: Workspace; readonly index: NameIndex } | null = null;

/** The names of a workspace; of the last one asked about everything is kept that has not changed since. */
export function namesOf(workspace: Workspace): NameIndex {
  if (last?.workspace !== workspace) last = { workspace, index: indexNames(workspace, last?.index) };
  return last.index;
}
