import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { NotHere } from './engine.ts';
import { fetchedFolder, fetchMinutes, printedBy } from './machine.ts';

/** Where our Java lies, with the lists of what it runs on. */
export const javaFolder = path.join(import.meta.dirname, 'java');

/** What is fetched from the repository of Maven, once. */
export interface JavaLibraries {
  /** As one says it in a sentence: “the DMN engine”. */
  readonly title: string;
  /** Names its folder in the cache; with its version. */
  readonly name: string;
  /** The list in `javaFolder`. */
  readonly list: string;
  /** One of the files that must be there in the end. */
  readonly file: string;
}

/** The class path of libraries, where there are Java and Maven. */
export async function classPathOf({ title, name, list, file }: JavaLibraries): Promise<string | NotHere> {
  if ((await printedBy('javac', ['-version'])) === null)
    return { missing: 'There is no Java development kit on this machine; install one, 17 or later.' };
  const there = await fetchedFolder(
    name,
    async (one) => (await readdir(path.join(one, 'lib')).catch((): string[] => [])).includes(file),
    async (half) => {
      const into = `-DoutputDirectory=${path.join(half, 'fetched')}`;
      const copied = await printedBy(
        'mvn',
        ['-q', '-B', '-f', path.join(javaFolder, list), 'dependency:copy-dependencies', into],
        { minutes: fetchMinutes },
      );
      // Maven ends with an error where a library is missing.
      if (copied !== null) await rename(path.join(half, 'fetched'), path.join(half, 'lib'));
    },
  );
  if (there !== null) return path.join(there, 'lib', '*');
  return {
    missing: `Maven could not fetch ${title}; install Maven and see that it reaches its repository.`,
  };
}
