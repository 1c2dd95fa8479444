import { StorageError } from '../storage.ts';
import type { StorageErrorCode } from '../storage.ts';

type Meaning = readonly [code: StorageErrorCode, say: (name: string) => string];

/** What the system's error codes mean to somebody who wants to save a policy. */
const meanings: Readonly<Record<string, Meaning>> = {
  ENOENT: ['not-found', (name) => `There is no file ${name}.`],
  ENOTDIR: ['not-a-file', (name) => `${name} cannot be there: a part of its path is a file, not a folder.`],
  EISDIR: ['not-a-file', (name) => `${name} is a folder, not a file.`],
  ENXIO: ['not-a-file', (name) => `${name} is not a file.`],
  ELOOP: ['link', (name) => `The way to ${name} goes through a link, and links are not followed there.`],
  EACCES: [
    'not-permitted',
    (name) => `The system does not permit access to ${name}. Check who owns it and its permissions.`,
  ],
  EPERM: [
    'not-permitted',
    (name) => `The system does not permit access to ${name}. Check who owns it and its permissions.`,
  ],
  EROFS: [
    'read-only',
    (name) => `${name} lies on a disk that is mounted read-only, so nothing can be saved there.`,
  ],
  ENOSPC: [
    'disk-full',
    (name) => `The disk is full: ${name} was not saved and is as it was before. Make room and save again.`,
  ],
  EDQUOT: [
    'disk-full',
    (name) => `Your share of the disk is used up: ${name} was not saved and is as it was before.`,
  ],
  ENAMETOOLONG: ['unsafe-path', (name) => `The name ${name} is longer than the system allows.`],
};

/** A failure of the system as a `StorageError`; anything else is a mistake of ours and comes back as it is. */
export function asStorageError(error: unknown, path: string): unknown {
  const systemCode = systemCodeOf(error);
  if (error instanceof StorageError || systemCode === null) return error;
  const name = path === '' ? 'the workspace folder' : `\`${path}\``;
  const meaning = meanings[systemCode];
  if (meaning !== undefined) return new StorageError(meaning[0], capital(meaning[1](name)), { cause: error });
  return new StorageError('failed', `The system reports ${systemCode} for ${name}.`, { cause: error });
}

/** `ENOENT` and the like; null for an error that the system did not report. */
export function systemCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** What the action gives, or `otherwise` if the system reports one of these codes. */
export async function unlessSystemSays<T, U>(
  codes: readonly string[],
  otherwise: U,
  action: () => Promise<T>,
): Promise<T | U> {
  try {
    return await action();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== null && codes.includes(code)) return otherwise;
    throw error;
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
