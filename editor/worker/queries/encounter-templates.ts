import { encounterTemplates } from '#engine';
import type { EncounterTemplate } from '#engine';

import type { Memory } from '../memory.ts';

export type TemplateRow = Omit<EncounterTemplate, 'text'>;

/** What a new encounter can begin from. The texts stay here until one is used. */
export function templates({ draft }: Memory): readonly TemplateRow[] {
  return encounterTemplates(draft).map(({ id, title, words, payer }) => ({ id, title, words, payer }));
}
