import { dayOf, dayWords } from '#engine';

import { titleIn } from '../../marks/title-in.ts';
import type { Session } from '../../session/session.ts';
import { recoveredFiles } from '../../session/session.ts';

export interface RecoveredView {
  /** “2 unsaved drafts from 11:02 were brought back.” */
  readonly sentence: string;
  readonly rows: readonly RecoveredRow[];
}

export interface RecoveredRow {
  readonly path: string;
  readonly title: string;
  /** What happened to the file since; null: nothing. */
  readonly note: string | null;
  readonly isConflict: boolean;
}

/** The drafts of an earlier page that wait for a word of the author; null: there are none. */
export function recoveredView(session: Session, now: Date): RecoveredView | null {
  const files = recoveredFiles(session);
  if (files.length === 0) return null;
  const times = files.map(({ at }) => new Date(at)).sort((a, b) => a.getTime() - b.getTime());
  const [first, last] = [whenWords(times[0]!, now), whenWords(times.at(-1)!, now)];
  const count = files.length === 1 ? '1 unsaved draft' : `${files.length} unsaved drafts`;
  const when = first === last ? `from ${first}` : `from ${first} to ${last}`;
  return {
    sentence: `${count} ${when} ${files.length === 1 ? 'was' : 'were'} brought back.`,
    rows: files.map(({ path, file }) => ({
      path,
      title: titleIn(file),
      note: noteOf(file.conflict, file.version),
      isConflict: file.conflict !== null,
    })),
  };
}

function noteOf(conflict: { readonly text: string | null } | null, version: string | null): string | null {
  if (conflict === null) return version === null ? 'a new file' : null;
  return conflict.text === null ? 'removed on disk meanwhile' : 'changed on disk meanwhile';
}

/** The time alone today, and the day with it otherwise. */
export function whenWords(at: Date, now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === now.toDateString()) return time;
  const day = dayOf(at.getFullYear(), at.getMonth() + 1, at.getDate());
  return `${dayWords(day)}, ${time}`;
}
