import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Exporting } from '../publishing/exporting.ts';
import { createNoExporting } from '../publishing/no-exporting.ts';
import { openDiskPublishing } from '../publishing/disk-publishing.ts';
import { systemClock } from '../publishing/system-clock.ts';
import { openDiskDrafts } from '../storage/disk-drafts.ts';
import { openDiskStorage } from '../storage/disk.ts';
import { StorageError } from '../storage/storage.ts';
import { listen } from './listen.ts';
import type { RunningServer } from './listen.ts';
import type { RecentFolders } from './recent.ts';

/** The folders that this process has open, each behind a listener of its own: own port, own token. */
export interface OpenFolders {
  /** Opens the folder, or gives the listener that it has already. Puts it first among the recent ones. */
  open(folder: string, port?: number): Promise<RunningServer>;
  /** Closes all. */
  close(): Promise<void>;
}

/**
 * The folders that a page may lead to. It names them by an id of the list and never by a path, so that no page, whatever
 * has got into it, opens a folder that the author has not opened before.
 */
export interface Neighbours {
  list(): Promise<readonly Neighbour[]>;
  /** Gives the address to open, with its token. Throws a `StorageError` if the folder is not in the list or not there. */
  open(id: string): Promise<string>;
  /** Takes it off the list; the folder itself stays as it is. */
  forget(id: string): Promise<void>;
}

export interface Neighbour {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** It is the folder that the page itself shows. */
  readonly isHere: boolean;
}

export function createOpenFolders(
  editorFolder: string,
  recent: RecentFolders,
  exportingOf: (folder: string) => Exporting = createNoExporting,
): OpenFolders {
  const opened = new Map<string, Promise<RunningServer>>();

  function neighboursOf(here: string): Neighbours {
    async function folderOf(id: string): Promise<string> {
      const folder = (await recent.list()).find((one) => idOf(one) === id);
      if (folder !== undefined) return folder;
      throw new StorageError('not-found', 'This folder is not among those that were opened lately.');
    }
    return {
      async list() {
        const folders = await recent.list();
        return folders.map((folder) => ({
          id: idOf(folder),
          name: nameOf(folder),
          folder,
          isHere: folder === here,
        }));
      },
      async open(id) {
        const folder = await folderOf(id);
        await checkWorkspace(folder);
        return (await open(folder)).address;
      },
      async forget(id) {
        await recent.forget(await folderOf(id));
      },
    };
  }

  async function start(folder: string, port: number): Promise<RunningServer> {
    return listen({
      storage: await openDiskStorage(folder),
      drafts: await openDiskDrafts(folder),
      workspaceName: nameOf(folder),
      editorFolder,
      port,
      neighbours: neighboursOf(folder),
      publishing: await openDiskPublishing(folder, systemClock),
      exporting: exportingOf(folder),
    });
  }

  async function open(folder: string, port = 0): Promise<RunningServer> {
    const known = opened.get(folder);
    const starting = known ?? start(folder, port);
    opened.set(folder, starting);
    try {
      const running = await starting;
      // The list is a convenience: that it cannot be written keeps nobody from working.
      await recent.add(folder).catch(() => undefined);
      return running;
    } catch (error) {
      opened.delete(folder);
      throw error;
    }
  }

  return {
    open,
    async close() {
      const all = await Promise.allSettled(opened.values());
      const running = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      await Promise.all(running.map((one) => one.close()));
    },
  };
}

/** Says nothing of the folder, and is the same in every process. */
function idOf(folder: string): string {
  return createHash('sha256').update(folder).digest('base64url').slice(0, 22);
}

function nameOf(folder: string): string {
  return basename(folder) || folder;
}

/** The author opened it once; meanwhile it may have been moved or emptied. */
async function checkWorkspace(folder: string): Promise<void> {
  const isFolder = async (place: string) => (await stat(place).catch(() => null))?.isDirectory() ?? false;
  if (!(await isFolder(folder)))
    throw new StorageError('not-found', `There is no folder ${folder} any more.`);
  if (!(await isFolder(join(folder, 'rules')))) {
    throw new StorageError(
      'not-found',
      `The folder ${folder} holds no policies any more: it has no \`rules\`.`,
    );
  }
}
