import { encounterTemplates, newEncounter as make, parseDay } from '#engine';
import type { FileEdits } from '#engine';

import type { Memory } from '../memory.ts';

export interface NewEncounterParams {
  /** A template by its id, or the text of an encounter. */
  readonly from: { readonly template: string } | { readonly text: string };
  readonly title: string;
  /** Null: as in the template. */
  readonly payer: string | null;
  /** ISO date of service; null, or no date: as in the template. */
  readonly date: string | null;
}

/** A new encounter file; null where its template is gone meanwhile. */
export function newEncounter({ draft }: Memory, params: NewEncounterParams): FileEdits | null {
  const { from, title, payer, date } = params;
  const text =
    'text' in from ? from.text : encounterTemplates(draft).find(({ id }) => id === from.template)?.text;
  if (text === undefined) return null;
  return make(draft, { text, title, payer, day: date === null ? null : parseDay(date) });
}
