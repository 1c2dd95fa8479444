import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { packColumns, unpackColumns } from '#engine';
import type { PackedColumns } from '#engine';
import type { Block, CorpusPlace, Position, Unreadable } from './blocks.ts';

/**
 * Encounters kept in columns, so that the next comparison need not read them again:
 *
 *     file   = block of the file, blocks
 *     block  = length of head, length of body (32 bits each, little-endian), head (JSON), body (bytes)
 *
 * The block of the file has no body; its head says what the encounters were read from.
 * Such a file holds everything that the encounters say.
 */
const format = 'proviso-kept-1';

interface FileHead {
  readonly format: string;
  /** Of the files and of the vocabulary with which they were read. */
  readonly from: string;
}

interface BlockHead {
  readonly about: PackedColumns['about'];
  readonly sizes: readonly number[];
  readonly ids: readonly string[];
  readonly files: readonly string[];
  /** By encounter: position in `files`, line, offset. */
  readonly places: readonly (readonly [number, number | null, number | null])[];
  readonly unreadable: readonly Unreadable[];
}

export function keptFileHead(from: string): Uint8Array {
  return inBlock({ format, from } satisfies FileHead, []);
}

export function keptBlock({ columns, ids, places, unreadable }: Block): Uint8Array {
  const { about, bytes } = packColumns(columns);
  const files = [...new Set(places.map(({ file }) => file))];
  const positions = new Map(files.map((file, position) => [file, position]));
  const head: BlockHead = {
    about,
    sizes: bytes.map(({ length }) => length),
    ids,
    files,
    places: places.map(({ file, line, offset }) => [positions.get(file)!, line, offset]),
    unreadable,
  };
  return inBlock(head, bytes);
}

function inBlock(head: FileHead | BlockHead, body: readonly Uint8Array[]): Uint8Array {
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(text.length, 0);
  lengths.writeUInt32LE(
    body.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  return Buffer.concat([lengths, text, ...body]);
}

/** What a kept file was read from; null where there is none, or it is none. */
export async function keptFrom(file: string): Promise<string | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const found = await readBlock(handle, 0, 10_000);
    const head = found && (found.head as Partial<FileHead>);
    return head?.format === format && typeof head.from === 'string' ? head.from : null;
  } catch {
    // Whatever it is, it is none of ours.
    return null;
  } finally {
    await handle.close();
  }
}

/** The blocks of a kept file; a position in it is an offset. */
export async function* readKept(file: string, from: Position): AsyncGenerator<Block> {
  const handle = await open(file);
  try {
    let offset = from.offset;
    if (offset === 0) offset = (await readBlock(handle, 0))!.end;
    for (;;) {
      const found = await readBlock(handle, offset);
      if (found === null) return;
      offset = found.end;
      yield blockOf(found.head as BlockHead, found.body, { file: 0, offset, line: 1 });
    }
  } finally {
    await handle.close();
  }
}

function blockOf(head: BlockHead, body: Uint8Array, next: Position): Block {
  const { about, sizes, ids, files, unreadable } = head;
  let at = 0;
  const bytes = sizes.map((size) => body.subarray(at, (at += size)));
  return {
    columns: unpackColumns({ about, bytes }),
    ids,
    places: head.places.map(([file, line, offset]): CorpusPlace => ({ file: files[file]!, line, offset })),
    unreadable,
    next,
    bytesDone: next.offset,
  };
}

async function readBlock(handle: FileHandle, offset: number, longestHead = 0xffffffff) {
  const lengths = await readBytes(handle, offset, 8);
  if (lengths === null) return null;
  const [head, body] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
  if (head > longestHead) return null;
  const text = await readBytes(handle, offset + 8, head);
  const bytes = await readBytes(handle, offset + 8 + head, body);
  if (text === null || bytes === null) throw new Error('a kept file breaks off');
  return {
    head: JSON.parse(text.toString()) as FileHead | BlockHead,
    body: bytes,
    end: offset + 8 + head + body,
  };
}

/** Null at the end of the file. */
async function readBytes(handle: FileHandle, offset: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
  if (bytesRead === 0 && length > 0) return null;
  if (bytesRead < length) throw new Error('a kept file breaks off');
  return buffer;
}
