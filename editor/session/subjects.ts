import type { Subject } from '#engine';

import { titleIn } from '../marks/title-in.ts';
import type { Session } from './session.ts';
import type { Workbench } from './workbench.ts';
import type { CaseRow } from '../worker/protocol.ts';

/** What an encounter in the grid is: a case of a suite, or a file of its own. */
export function subjectOfRow({ key, path }: Pick<CaseRow, 'key' | 'path'>): Subject {
  if (key === path) return { kind: 'encounter', path };
  const slash = key.lastIndexOf('/');
  return { kind: 'case', suite: key.slice(0, slash), id: key.slice(slash + 1) };
}

/** The encounter that is meant now: the one that is open as a file, or else the one that is chosen in the grid. */
export function subjectOf({ openPath, showing, judged, chosenCase }: Session): Subject | null {
  if (showing === 'document' && openPath?.endsWith('.encounter.yaml'))
    return { kind: 'encounter', path: openPath };
  const row = judged?.cases.find(({ key }) => key === chosenCase);
  return row ? subjectOfRow(row) : null;
}

/** The place of a case in its suite, or the file of an encounter. */
export function openCase(workbench: Workbench, key: string): void {
  const row = workbench.store.get().judged?.cases.find((it) => it.key === key);
  if (row) workbench.jump({ path: row.path, line: row.place.line, column: row.place.column });
}

/** What people call it. */
export function subjectTitle({ judged, files }: Session, subject: Subject): string {
  if (subject.kind === 'encounter') {
    const file = files.get(subject.path);
    return file ? titleIn(file) : subject.path;
  }
  const key = `${subject.suite}/${subject.id}`;
  return judged?.cases.find((row) => row.key === key)?.title ?? key;
}

/** Chooses an encounter that was written just now, as soon as it is judged, unless the author chooses another meanwhile. */
export function chooseOnceJudged(workbench: Workbench, key: string): void {
  const { store } = workbench;
  const before = store.get().chosenCase;
  const leave = store.subscribe(look);
  function look(): void {
    const { judged, chosenCase } = store.get();
    if (chosenCase !== before) leave();
    else if (judged?.cases.some((row) => row.key === key)) {
      leave();
      workbench.chooseCase(key);
    }
  }
  look();
}

/** The place of a case in the text of its suite; null where it is not written as the form writes it. */
export function placeOfCase(
  { files }: Session,
  path: string,
  id: string,
): { readonly path: string; readonly line: number; readonly column: number } | null {
  const lines = files.get(path)?.text.split('\n') ?? [];
  const at = lines.findIndex((line) => line.trim() === `- id: ${id}`);
  return at === -1 ? null : { path, line: at + 1, column: lines[at]!.indexOf('id:') + 1 };
}
