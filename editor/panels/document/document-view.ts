import { titleIn } from '../../marks/title-in.ts';
import { kindWords, periodWords } from '../../marks/words.ts';
import type { Judged, WorkFile } from '../../session/session.ts';
import { isUnsaved } from '../../session/session.ts';

/** The head of the open file: what it is called, what it is, and how it stands with the disk. */
export interface DocumentHead {
  readonly title: string;
  readonly detail: string;
  readonly path: string;
  readonly state: 'conflict' | 'saving' | 'unsaved' | 'saved';
}

export function documentHead(file: WorkFile, judged: Judged | null): DocumentHead {
  const policy = judged?.policies.find((it) => it.path === file.path);
  const detail = policy
    ? `${kindWords[policy.kind] ?? policy.kind} · ${periodWords(policy.from, policy.to)}`
    : (kinds.find(([suffix]) => file.path.endsWith(suffix))?.[1] ?? 'File');
  return {
    title: titleIn(file),
    detail,
    path: file.path,
    state: file.conflict ? 'conflict' : file.saving ? 'saving' : isUnsaved(file) ? 'unsaved' : 'saved',
  };
}

const kinds = [
  ['.policy.yaml', 'Policy'],
  ['.suite.yaml', 'Suite of saved encounters'],
  ['.encounter.yaml', 'Saved encounter'],
  ['.list.yaml', 'List'],
  ['.source.yaml', 'Source'],
  ['.vocabulary.yaml', 'Facts'],
] as const;

/** Where a cited clause is written: `source#clause` as a file and a line; null if it is not there. */
export function clausePlace(
  files: ReadonlyMap<string, WorkFile>,
  cite: string,
): { readonly path: string; readonly line: number; readonly column: number } | null {
  const [source = '', clause = ''] = cite.split('#');
  const file = [...files.values()].find(
    (it) => it.path.endsWith('.source.yaml') && idLine(it.text, 'source', source) !== null,
  );
  if (!file) return null;
  return { path: file.path, line: idLine(file.text, 'id', clause) ?? 1, column: 1 };
}

function idLine(text: string, key: string, id: string): number | null {
  const at = text.split('\n').findIndex((line) => {
    const written = new RegExp(`(?:^|[\\s{-])${key}:\\s*["']?([\\w.-]+)`).exec(line)?.[1];
    return written === id;
  });
  return at === -1 ? null : at + 1;
}
