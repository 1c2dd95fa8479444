import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileKind } from '#engine';
import { InputError } from '../command.ts';

/** A file of encounters, under the name by which the user knows it. */
export interface InputFile {
  readonly name: string;
  readonly absolute: string;
  /** One encounter in the whole file, or one in each line. */
  readonly holds: 'encounter' | 'lines';
  readonly zipped: boolean;
  readonly bytes: number;
  readonly modified: number;
}

/** What there is to read, as it was found before reading. */
export interface Survey {
  readonly files: number;
  readonly bytes: number;
  /** Files in the folders that are not encounters by their name. */
  readonly passedOver: number;
  /** Of names, sizes, times and beginnings: another one means other files. */
  readonly digest: string;
}

/** So much of the beginning of a file of many encounters is looked at to see whether it is still the same. */
const beginning = 65_536;

export async function surveyInputs(written: readonly string[], cwd: string): Promise<Survey> {
  const hash = createHash('sha256');
  let [files, bytes, passedOver] = [0, 0, 0];
  const pass = () => void (passedOver += 1);
  for await (const file of inputFiles(written, cwd, pass)) {
    files += 1;
    bytes += file.bytes;
    hash.update(JSON.stringify([file.absolute, file.bytes, file.modified]));
    if (file.holds === 'lines') hash.update(await beginningOf(file));
  }
  if (files === 0)
    throw new InputError(
      `there are no encounters in \`${written.join('`, `')}\`.`,
      'Encounters are files that end in `.encounter.yaml` or `.json`, or `.ndjson` with one in each line.',
    );
  return { files, bytes, passedOver, digest: hash.digest('hex') };
}

async function beginningOf({ absolute, name }: InputFile): Promise<Uint8Array> {
  const handle = await open(absolute).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`\`${name}\` cannot be read: ${error.code ?? 'the system refuses'}.`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning), 0, beginning, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The files in an order that is always the same: as they are named, those of a folder by their names. */
export async function* inputFiles(
  written: readonly string[],
  cwd: string,
  pass: () => void = () => undefined,
): AsyncGenerator<InputFile> {
  for (const name of written) {
    const absolute = path.resolve(cwd, name);
    const found = await stat(absolute).catch(() => null);
    if (found === null) throw new InputError(`there is no file or folder \`${name}\`.`);
    if (found.isDirectory()) {
      yield* filesBelow(name, absolute, pass);
      continue;
    }
    const kind = kindOf(name);
    if (kind === null || !found.isFile())
      throw new InputError(
        `\`${name}\` is no file of encounters.`,
        'Such files end in `.yaml` or `.json` (one encounter), or in `.ndjson`, `.jsonl` or `.ndjson.gz` (one in each line).',
      );
    yield { name, absolute, ...kind, bytes: found.size, modified: found.mtimeMs };
  }
}

async function* filesBelow(name: string, folder: string, pass: () => void): AsyncGenerator<InputFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`the folder \`${name}\` cannot be read: ${error.code ?? 'the system refuses'}.`);
  });
  for (const entry of entries.toSorted(byName)) {
    if (entry.name.startsWith('.')) continue;
    const [below, absolute] = [path.join(name, entry.name), path.join(folder, entry.name)];
    if (entry.isDirectory()) {
      yield* filesBelow(below, absolute, pass);
      continue;
    }
    const kind = entry.isFile() ? kindOf(entry.name) : null;
    const found = kind && (await stat(absolute).catch(() => null));
    if (kind && found) yield { name: below, absolute, ...kind, bytes: found.size, modified: found.mtimeMs };
    else pass();
  }
}

function byName({ name: a }: Dirent, { name: b }: Dirent): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function kindOf(name: string): Pick<InputFile, 'holds' | 'zipped'> | null {
  const [, ending, zipped] = /\.(ndjson|jsonl|json|ya?ml)(\.gz)?$/i.exec(name) ?? [];
  if (ending === undefined) return null;
  const holds = /^(?:ndjson|jsonl)$/i.test(ending) ? 'lines' : 'encounter';
  // Policies, suites and the like stand beside encounters in a workspace.
  const other = fileKind(name.replace(/\.gz$/i, ''));
  return other === null || other === 'encounter' ? { holds, zipped: zipped !== undefined } : null;
}
