import { lookForPersonalData } from '#engine';
import type { KitLine, PersonalKind } from '#engine';

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

/** The first saved encounter that seems to name a person, and where; null where none does. Generated ones are nobody's. */
export function personalIn(kit: readonly KitLine[]): { readonly id: string; readonly at: string } | null {
  for (const { id, tag, encounter } of kit) {
    if (tag !== 'saved') continue;
    // JSON is YAML, too.
    const found = lookForPersonalData(id, JSON.stringify(encounter)).find(({ kind }) =>
      telling.includes(kind),
    );
    if (found) return { id, at: found.at };
  }
  return null;
}
