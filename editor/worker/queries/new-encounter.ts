import { encounterTemplates, newEncounter as make, parseDay } from '#engine';
import type { FileEdits } from '#engine';

import type { Memory } from '../memory.ts';

export interface NewEncounterParams {
  readonly template: string;
  readonly title: string;
  /** Null: as in the template. */
  readonly payer: string | null;
  /** ISO date of service; null, or no date: as in the template. */
  readonly date: string | null;
}

/** A new encounter file; null where its template is gone meanwhile. */
export function newEncounter({ draft }: Memory, params: NewEncounterParams): FileEdits | null {
  const template = encounterTemplates(draft).find(({ id }) => id === params.template);
  if (!template) return null;
  const { title, payer, date } = params;
  return make(draft, { text: template.text, title, payer, day: date === null ? null : parseDay(date) });
}
