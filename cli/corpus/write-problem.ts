import { systemCodeOf } from '../../storage/disk/system-error.ts';
import { InputError } from '../command.ts';

const meanings: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the system allows no larger file',
  EROFS: 'the disk is mounted read-only',
  EACCES: 'the system does not permit it',
  EPERM: 'the system does not permit it',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  EISDIR: 'a folder has that name',
};

/** What the disk does not permit is the user's to mend; what was written down before it stays. */
export async function inPlainWords<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    throw new InputError(
      `\`${file}\` cannot be written: ${meanings[code] ?? `the system reports ${code}`}.`,
      'What was written down before is kept: mend it and give the same command again, and counting goes on from there.',
    );
  }
}
