import type { Against } from '../session/session.ts';

/** What everything is compared with, within a sentence. */
export function againstWords(against: Against): string {
  return against.kind === 'saved' ? 'the files as saved' : `release ${against.number}`;
}

/** The same at the head of a column or of a text. */
export function againstTitle(against: Against): string {
  return against.kind === 'saved' ? 'As saved' : `Release ${against.number}`;
}
