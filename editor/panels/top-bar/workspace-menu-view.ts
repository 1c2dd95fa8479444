import type { Session } from '../../session/session.ts';

export interface WorkspaceMenuView {
  readonly name: string;
  /** Where this workspace lies; null: nobody has said. */
  readonly here: string | null;
  readonly others: readonly { readonly id: string; readonly name: string; readonly place: string }[];
}

export function workspaceMenu({ workspace, folders }: Session): WorkspaceMenuView {
  return {
    name: workspace === '' ? 'Workspace' : workspace,
    here: folders.find(({ isHere }) => isHere)?.folder ?? null,
    others: folders
      .filter(({ isHere }) => !isHere)
      .map(({ id, name, folder }) => ({ id, name, place: folder })),
  };
}
