import { toDocument } from '../intermediate/document.ts';
import type { EncounterDocument } from '../intermediate/document.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface SavedEncounter {
  readonly id: string;
  readonly document: EncounterDocument;
}

/** Every encounter of the cases and files of a workspace, each once, by the name under which it is saved. */
export function savedEncounters({ cases, encounters, vocabulary }: Workspace): readonly SavedEncounter[] {
  const found = [
    ...cases.flatMap(({ suite, id, ready }) => (ready ? [{ id: `${suite}/${id}`, table: ready.table }] : [])),
    ...encounters.flatMap(({ path, table }) => (table ? [{ id: path, table }] : [])),
  ];
  const known = new Set<string>();
  return found.flatMap(({ id, table }): SavedEncounter[] => {
    const { encounter: _, ...said } = toDocument(table, vocabulary);
    const text = JSON.stringify(said);
    if (known.has(text)) return [];
    known.add(text);
    return [{ id, document: { encounter: id, ...said } }];
  });
}
