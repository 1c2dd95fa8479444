import { titleIn } from '../../marks/title-in.ts';
import type { Session } from '../../session/session.ts';
import { conflictedFiles, movedTo } from '../../session/session.ts';

export interface ConflictView {
  readonly path: string;
  readonly heading: string;
  readonly note: string;
  /** The file is gone from the disk, so there is nothing to compare with. */
  readonly removed: boolean;
  /** Where the file seems to be now, if it was removed under its name. */
  readonly movedTo: string | null;
  readonly theirs: string;
  readonly mine: string;
}

/** The conflict that is being settled; null: none is. */
export function conflictView(session: Session): ConflictView | null {
  const file = session.settling === null ? undefined : session.files.get(session.settling);
  if (!file?.conflict) return null;
  const all = conflictedFiles(session);
  const position =
    all.length === 1 ? '' : `Conflict ${all.findIndex((it) => it.path === file.path) + 1} of ${all.length}. `;
  const removed = file.conflict.text === null;
  const moved = movedTo(session, file.path);
  return {
    path: file.path,
    heading: removed
      ? `“${titleIn(file)}” was removed on disk`
      : `“${titleIn(file)}” was changed on disk meanwhile`,
    note: position + noteOf(removed, moved),
    removed,
    movedTo: moved,
    theirs: file.conflict.text ?? '',
    mine: file.text,
  };
}

function noteOf(removed: boolean, moved: string | null): string {
  if (!removed) {
    return 'Somebody, or another program, saved it after you began. Nothing is lost yet: keep one version, or make one of both at the right and save that.';
  }
  if (moved !== null) {
    return `A file with the same text as the one you began with is now at ${moved}; the file or its folder was probably renamed. Nothing of yours is lost yet.`;
  }
  return 'Nothing of yours is lost yet. Write your version again, or let the file go.';
}
