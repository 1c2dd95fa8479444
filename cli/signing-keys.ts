import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SigningKeys } from '../publishing/exporting.ts';
import { InputError } from './command.ts';
import { privateKeyFile, readKeyFile } from './keys.ts';

/** A pair in the folder of keys, with its private key usable; `file` never leaves this program. */
interface FoundKey {
  readonly name: string;
  readonly keyId: string;
  /** The private key; absolute. */
  readonly file: string;
}

interface FoundKeys {
  readonly keys: readonly FoundKey[];
  readonly unusable: SigningKeys['unusable'];
}

/** The only folder in which the page looks for keys: the one that the help of `keys new` names. */
export function keysFolderOf(home: string): string {
  return path.join(home, 'proviso-keys');
}

/** What a page may know of the keys: names and ids, and nothing of a private key. */
export async function signingKeysIn(folder: string): Promise<SigningKeys> {
  const { keys, unusable } = await findKeys(folder);
  return { folder, keys: keys.map(({ name, keyId }) => ({ name, keyId })), unusable };
}

/**
 * The private key with this id; null where there is none.
 * Asked for by id and never by name, so nothing that a page says becomes part of a path.
 */
export async function privateKeyWith(keyId: string, folder: string): Promise<string | null> {
  return (await findKeys(folder)).keys.find((key) => key.keyId === keyId)?.file ?? null;
}

/** The pair in the folder itself and those one folder below it. Links are not followed. */
async function findKeys(folder: string): Promise<FoundKeys> {
  const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = below.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const places = [
    { name: path.basename(folder), file: path.join(folder, privateKeyFile) },
    ...names.toSorted().map((name) => ({ name, file: path.join(folder, name, privateKeyFile) })),
  ];
  const keys: FoundKey[] = [];
  const unusable: { readonly name: string; readonly why: string }[] = [];
  for (const { name, file } of places) {
    const status = await lstat(file).catch(() => null);
    if (!status?.isFile()) continue;
    // Windows has no such bits; there, only the rights of the folder tell who may read it.
    if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
      unusable.push({ name, why: 'other people on this machine may read it, so its signature says little' });
      continue;
    }
    try {
      keys.push({ name, keyId: (await readKeyFile(file, folder)).keyId, file });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unusable.push({ name, why: error.message.replaceAll('`', '').replace(/\.$/, '') });
    }
  }
  return { keys, unusable };
}
