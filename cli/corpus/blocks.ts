import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { columnsOf, createEncounterReader, diagnosticCodes, encounterKeys } from '#engine';
import type { Columns, Diagnostic, FactTable, Vocabulary } from '#engine';
import { maxFileBytes } from '../../storage/content.ts';
import { inputFiles } from './inputs.ts';
import type { InputFile } from './inputs.ts';
import { decode, readLines } from './lines.ts';

/** Where an encounter stands; in a file with one encounter there is no line. */
export interface CorpusPlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number | null;
  /** Bytes before the line; of a zipped file those after unzipping. */
  readonly offset: number | null;
}

export interface Unreadable {
  readonly place: CorpusPlace;
  /** Says what is wrong and where, and nothing of what stands there. */
  readonly reason: string;
}

/** Where reading goes on: in which of the files, in their order, and where in it. */
export interface Position {
  readonly file: number;
  readonly offset: number;
  readonly line: number;
}

export const atBeginning: Position = { file: 0, offset: 0, line: 1 };

/** Some encounters laid out in columns, with their ids and places in the order in which they were read. */
export interface Block {
  readonly columns: Columns;
  readonly ids: readonly string[];
  readonly places: readonly CorpusPlace[];
  readonly unreadable: readonly Unreadable[];
  /** Where the block after this one begins. */
  readonly next: Position;
  /** Of all bytes of all files, those that are done with this block. */
  readonly bytesDone: number;
}

export interface Ground {
  readonly vocabulary: Vocabulary;
  readonly payers: ReadonlySet<string> | null;
}

/** A block ends with so many lines, or with so much text: some tenths of a second of work. */
const mostLinesInBlock = 4_000;
const bytesInBlock = 16_000_000;
/** A file of its own is more work than a line: it is opened, and is mostly YAML. */
const linesForFile = 10;

/** Reads the files from a position on, a block at a time; the one who takes the blocks decides when to go on. */
export async function* readBlocks(
  written: readonly string[],
  cwd: string,
  { vocabulary, payers }: Ground,
  from: Position,
  linesInBlock = mostLinesInBlock,
): AsyncGenerator<Block> {
  const read = createEncounterReader(vocabulary, payers);
  const names = namesOf(vocabulary);
  let gathering = newGathering();
  let bytesBefore = 0;
  let index = -1;
  const close = (next: Position, bytesDone: number): Block => {
    const { tables, places, unreadable } = gathering;
    gathering = newGathering();
    const ids = tables.map(({ id }) => id);
    return { columns: columnsOf(tables, vocabulary), ids, places, unreadable, next, bytesDone };
  };
  const add = (place: CorpusPlace, text: string | null, bytes: number) => {
    gathering.bytes += bytes;
    gathering.lines += place.line === null ? linesForFile : 1;
    if (text === null) {
      gathering.unreadable.push({ place, reason: 'it is not UTF-8 text' });
      return;
    }
    const { table, diagnostics } = read(place.file, text);
    if (table) {
      gathering.tables.push(table);
      gathering.places.push(place);
    } else gathering.unreadable.push({ place, reason: reasonOf(diagnostics, names) });
  };
  const isFull = () => gathering.lines >= linesInBlock || gathering.bytes >= bytesInBlock;

  for await (const file of inputFiles(written, cwd)) {
    index += 1;
    const start = index === from.file ? from : { ...atBeginning, file: index };
    if (index >= from.file) {
      if (file.holds === 'encounter') {
        await readWhole(file, add, (unreadable) => gathering.unreadable.push(unreadable));
        if (isFull()) yield close({ ...atBeginning, file: index + 1 }, bytesBefore + file.bytes);
      } else {
        const { lines, bytesRead } = readLines(file, start);
        let last: CorpusPlace = { file: file.name, line: start.line, offset: start.offset };
        try {
          for await (const some of lines) {
            for (const { bytes, number, offset, end } of some) {
              const place: CorpusPlace = { file: file.name, line: number, offset };
              last = { file: file.name, line: number + 1, offset: end };
              if (bytes === null) gathering.unreadable.push({ place, reason: tooLarge });
              else if (!isBlank(bytes)) add(place, decode(bytes), bytes.length);
              if (isFull())
                yield close(
                  { file: index, offset: end, line: number + 1 },
                  bytesBefore + Math.min(file.bytes, bytesRead()),
                );
            }
          }
        } catch (error) {
          gathering.unreadable.push({ place: last, reason: `the rest of the file ${whyNot(error)}` });
        }
      }
    }
    bytesBefore += file.bytes;
  }
  yield close({ ...atBeginning, file: index + 1 }, bytesBefore);
}

interface Gathering {
  readonly tables: FactTable[];
  readonly places: CorpusPlace[];
  readonly unreadable: Unreadable[];
  bytes: number;
  lines: number;
}

function newGathering(): Gathering {
  return { tables: [], places: [], unreadable: [], bytes: 0, lines: 0 };
}

const tooLarge = 'it is larger than 2 MB, the most that an encounter may have';

async function readWhole(
  file: InputFile,
  add: (place: CorpusPlace, text: string | null, bytes: number) => void,
  refuse: (unreadable: Unreadable) => void,
): Promise<void> {
  const place: CorpusPlace = { file: file.name, line: null, offset: null };
  if (file.bytes > maxFileBytes) {
    refuse({ place, reason: tooLarge });
    return;
  }
  try {
    const raw = await readFile(file.absolute);
    const bytes = file.zipped ? await promisify(gunzip)(raw, { maxOutputLength: maxFileBytes }) : raw;
    add(place, decode(bytes), bytes.length);
  } catch (error) {
    refuse({ place, reason: `it ${whyNot(error)}` });
  }
}

/** Only what the system or the unzipping reports is the file's doing. */
function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  if (code === 'Z_BUF_ERROR') return 'is missing: the zipped file breaks off';
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'is larger than 2 MB, the most that an encounter may have';
  if (code.startsWith('Z_')) return 'is not zipped as it should be';
  return `cannot be read: ${code}`;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 8 && bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}

/** The first mistake: what it is and where it stands. The message itself would quote what stands there. */
function reasonOf(diagnostics: readonly Diagnostic[], names: ReadonlySet<string>): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) throw new Error('an encounter without a mistake was not read');
  const where = knownPath(first.place.yamlPath, names);
  const title = diagnosticCodes[first.code];
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  return `${where === '' ? '' : `${where}: `}${title.charAt(0).toLowerCase()}${title.slice(1)}${more}`;
}

/** A path as far as its names are those of the language or the vocabulary; a name of somebody else is not repeated. */
function knownPath(yamlPath: string, names: ReadonlySet<string>): string {
  const parts = yamlPath.split('.');
  const foreign = parts.findIndex((part) => !names.has(part.replace(/\[\d+\]$/, '')));
  return parts.slice(0, foreign === -1 ? parts.length : foreign).join('.');
}

function namesOf({ facts }: Vocabulary): ReadonlySet<string> {
  return new Set([...encounterKeys, 'record', ...facts.map(({ path }) => path.slice(path.indexOf('.') + 1))]);
}
