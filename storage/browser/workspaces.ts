import { bytesOf, versionOf } from '../content.ts';
import { StorageError } from '../storage.ts';
import { checkPath } from '../workspace-path.ts';
import type { Database, FileRecord, WorkspaceRecord } from './database.ts';
import { asked, keysOf } from './database.ts';

/** The named workspaces of this browser: made, listed and removed as a whole. */
export interface BrowserWorkspaces {
  /** The oldest first. */
  list(): Promise<readonly WorkspaceRecord[]>;
  /** All files or none: a workspace that does not fit is not half there. Refuses an id that is taken. */
  create(workspace: WorkspaceRecord, files: readonly TextFile[]): Promise<void>;
  /** Takes the place of what was there, drafts too, as one step. */
  replace(workspace: WorkspaceRecord, files: readonly TextFile[]): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export function createBrowserWorkspaces(database: Database): BrowserWorkspaces {
  async function put(
    workspace: WorkspaceRecord,
    files: readonly TextFile[],
    over: 'nothing' | 'what is there',
  ): Promise<void> {
    const records = await Promise.all(files.map((file) => recordOf(workspace.id, file)));
    await asked(async () => {
      const work = database.transaction(tables, 'readwrite', { durability: 'strict' });
      const taken = (await work.objectStore('workspaces').get(workspace.id)) !== undefined;
      if (taken && over === 'nothing') {
        await work.done;
        throw new StorageError('failed', `There is already a workspace “${workspace.name}”.`);
      }
      const table = work.objectStore('files');
      await Promise.all([
        work.objectStore('workspaces').put(workspace),
        table.delete(keysOf(workspace.id)),
        work.objectStore('drafts').delete(keysOf(workspace.id)),
        ...records.map((record) => table.put(record)),
        work.done,
      ]);
    });
  }

  return {
    async list() {
      const found = await asked(() => database.getAll('workspaces'));
      return found.sort((a, b) => a.made - b.made || (a.id < b.id ? -1 : 1));
    },
    create: (workspace, files) => put(workspace, files, 'nothing'),
    replace: (workspace, files) => put(workspace, files, 'what is there'),
    async remove(id) {
      await asked(async () => {
        const work = database.transaction(tables, 'readwrite');
        await Promise.all([
          work.objectStore('workspaces').delete(id),
          work.objectStore('files').delete(keysOf(id)),
          work.objectStore('drafts').delete(keysOf(id)),
          work.done,
        ]);
      });
    },
  };
}

const tables = ['workspaces', 'files', 'drafts'] as const;

async function recordOf(workspace: string, { path, text }: TextFile): Promise<FileRecord> {
  checkPath(path);
  const bytes = bytesOf(path, text);
  return { workspace, path, bytes, version: await versionOf(bytes) };
}
