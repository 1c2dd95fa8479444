import { lookForPersonalData } from '#engine';
import type { PersonalKind, SavedEncounter } from '#engine';

/** What names a person by itself. Days and free text do not, and every encounter has them. */
const telling: readonly PersonalKind[] = [
  'social-security-number',
  'member-id',
  'date-of-birth',
  'e-mail',
  'telephone',
  'address',
  'name',
];

/** How `export` says it; the page adds to it what can be done there. */
export const namesAPerson = 'seems to name a person';

/** The first encounter that seems to name a person, and where; null where none does. */
export function personalIn(
  saved: readonly SavedEncounter[],
): { readonly id: string; readonly at: string } | null {
  for (const { id, document } of saved) {
    // JSON is YAML, too.
    const found = lookForPersonalData(id, JSON.stringify(document)).find(({ kind }) =>
      telling.includes(kind),
    );
    if (found) return { id, at: found.at };
  }
  return null;
}
