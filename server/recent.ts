import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** The workspace folders that were opened last, the latest first. */
export interface RecentFolders {
  list(): Promise<readonly string[]>;
  /** Puts the folder first. It must be absolute, with its links resolved, so that it stands in the list once. */
  add(folder: string): Promise<void>;
  forget(folder: string): Promise<void>;
}

/** More than anybody reads through; the oldest give way. */
const mostFolders = 20;

/**
 * Kept in the user's own state folder, readable by the user alone: names of folders can tell of whom one works for.
 * It holds names and nothing of what is in the folders.
 */
export function createRecentFolders(stateFolder: string): RecentFolders {
  const file = join(stateFolder, 'recent-folders.json');

  async function list(): Promise<readonly string[]> {
    // A list that is missing or spoiled is an empty one: nothing but convenience is lost with it.
    const text = await readFile(file, 'utf8').catch(() => '');
    return foldersIn(text).slice(0, mostFolders);
  }

  async function write(folders: readonly string[]): Promise<void> {
    await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    const beside = `${file}.${process.pid}.tmp`;
    try {
      const handle = await open(beside, 'w', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify({ folders: folders.slice(0, mostFolders) }, null, 2)}\n`);
      } finally {
        await handle.close();
      }
      await rename(beside, file);
    } finally {
      await rm(beside, { force: true });
    }
  }

  return {
    list,
    async add(folder) {
      await write([folder, ...(await list()).filter((other) => other !== folder)]);
    },
    async forget(folder) {
      await write((await list()).filter((other) => other !== folder));
    },
  };
}

function foldersIn(text: string): readonly string[] {
  try {
    const { folders } = JSON.parse(text) as { readonly folders: unknown };
    if (!Array.isArray(folders)) return [];
    const names = folders.filter((folder) => typeof folder === 'string' && isAbsolute(folder));
    return [...new Set(names as string[])];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return [];
    throw error;
  }
}
