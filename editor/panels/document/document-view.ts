import { titleIn } from '../../marks/title-in.ts';
import { kindWords, inForceWords } from '../../marks/words.ts';
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
    ? `${kindWords[policy.kind] ?? policy.kind} · ${inForceWords(policy)}`
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
  ['.settings.yaml', 'Settings'],
] as const;
