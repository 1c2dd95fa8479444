import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, realpath, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './disk/at-work.ts';
import { inBatches } from './disk/batches.ts';
import { holdingFolder } from './disk/hold-folder.ts';
import { replaceWhole } from './disk/replace-whole.ts';
import { syncFolder } from './disk/sync-folder.ts';
import { asStorageError, unlessSystemSays } from './disk/system-error.ts';
import { clearLeftovers } from './disk/temporary.ts';
import { byPathAndTab, checkDraft, checkTab, maxDrafts, tooManyDrafts } from './drafts.ts';
import type { Draft, DraftStore, FoundDraft } from './drafts.ts';
import { createQueue } from './queue.ts';
import { StorageError } from './storage.ts';
import { checkPath } from './workspace-path.ts';

/**
 * Drafts in `.proviso/drafts/` of the workspace folder, one file each, readable by their owner alone.
 * They stay in the folder because they can hold what patients told in confidence; a `.gitignore` keeps them out of git.
 */
export async function openDiskDrafts(folder: string): Promise<DraftStore> {
  const root = await realpath(folder);
  const place = join(root, '.proviso', 'drafts');
  const inTurn = createQueue();

  /** With a name of the folder that no link can divert. */
  function inFolder<T>(action: (held: string) => Promise<T>): Promise<T> {
    return inSystemTerms(() => holdingFolder(root, place, shownFolder, action));
  }

  return {
    async load() {
      const found = await unlessThereIsNone<readonly (FoundDraft | null)[], readonly never[]>([], () =>
        inTurn(() =>
          inFolder(async (held) => {
            const names = (await readdir(held)).filter((name) => draftName.test(name));
            return inBatches(names, (name) => readDraft(join(held, name)));
          }),
        ),
      );
      return [...found].filter((draft) => draft !== null).sort(byPathAndTab);
    },

    async put(draft) {
      checkDraft(draft);
      await inTurn(async () => {
        await inSystemTerms(() => makeFolders(root));
        await inFolder(async (held) => {
          await clearLeftovers(held);
          await keepOutOfGit(held);
          const name = nameOf(draft.tab, draft.path);
          const others = (await readdir(held)).filter((other) => draftName.test(other) && other !== name);
          if (others.length >= maxDrafts) throw tooManyDrafts();
          await replaceWhole(held, name, textOf(draft), 0o600);
        });
      });
    },

    async remove(tab, path) {
      checkTab(tab);
      checkPath(path);
      await unlessThereIsNone(undefined, () =>
        inTurn(() =>
          inFolder(async (held) => {
            await rm(join(held, nameOf(tab, path)), { force: true });
            await syncFolder(held);
          }),
        ),
      );
    },
  };
}

const shownFolder = '.proviso/drafts';

/** A path can be longer than the system allows for a name, and the name must not tell what is worked on. */
function nameOf(tab: string, path: string): string {
  return `${tab}.${createHash('sha256').update(path).digest('hex').slice(0, 24)}.json`;
}

const draftName = /^[A-Za-z0-9-]{8,64}\.[0-9a-f]{24}\.json$/;

/** As it stands in the file: the draft, and which process wrote it. */
interface WrittenDraft extends Draft {
  readonly writer: { readonly pid: number; readonly since: number };
}

function textOf({ tab, path, text, base, at }: Draft): string {
  return JSON.stringify({ tab, path, text, base, at, writer: ourselves } satisfies WrittenDraft);
}

const ourselves = { pid: process.pid, since: Date.now() - Math.round(process.uptime() * 1000) };

/** The largest text in JSON, where each of its bytes may take six. */
const maxBytes = 13_000_000;

const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Null for what is no draft of ours, whatever its name: it is left alone. */
async function readDraft(file: string): Promise<FoundDraft | null> {
  const handle = await unlessSystemSays(['ENOENT', 'ELOOP', 'EACCES', 'ENXIO'], null, () =>
    open(file, readOnly),
  );
  if (handle === null) return null;
  try {
    const status = await handle.stat();
    if (!status.isFile() || status.size > maxBytes) return null;
    return draftIn(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

function draftIn(json: string): FoundDraft | null {
  try {
    const { tab, path, text, base, at, writer } = JSON.parse(json) as WrittenDraft;
    const draft = { tab, path, text, base, at };
    checkDraft(draft);
    return { ...draft, inUse: isAtWork(writer) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof StorageError)
      return null;
    throw error;
  }
}

/** Whether another server that still runs wrote it: the tab may be open there. Of our own tabs the server knows more. */
function isAtWork({ pid, since }: WrittenDraft['writer']): boolean {
  if (pid === process.pid) return false;
  // Numbers of processes begin anew with the machine.
  const machineSince = Date.now() - uptime() * 1000;
  return since > machineSince && isRunning(pid);
}

async function inSystemTerms<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, shownFolder);
  }
}

async function unlessThereIsNone<T, U>(otherwise: U, action: () => Promise<T>): Promise<T | U> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StorageError && error.code === 'not-found') return otherwise;
    throw error;
  }
}

async function makeFolders(root: string): Promise<void> {
  let folder = root;
  for (const name of ['.proviso', 'drafts']) {
    await holdingFolder(root, folder, shownFolder, async (held) => {
      const isNew = await unlessSystemSays(['EEXIST'], false, async () => {
        await mkdir(join(held, name), { mode: 0o700 });
        return true;
      });
      if (isNew) await syncFolder(held);
    });
    folder = join(folder, name);
  }
}

async function keepOutOfGit(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (!names.includes('.gitignore')) await replaceWhole(folder, '.gitignore', '*\n', 0o600);
}
