import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { maxFileBytes } from '../../storage/content.ts';

/** A line of a file; offsets count the bytes of the text, of a zipped file those after unzipping. */
export interface Line {
  /** Null: longer than any encounter may be; it was not kept. */
  readonly bytes: Uint8Array | null;
  /** 1-based. */
  readonly number: number;
  readonly offset: number;
  /** Where the next line begins. */
  readonly end: number;
}

export interface LineReading {
  /** The lines by the pieces in which the disk gave them; whoever is not ready for more keeps the file waiting. */
  readonly lines: AsyncIterable<readonly Line[]>;
  /** Bytes of the file itself that have been read. */
  readonly bytesRead: () => number;
}

/**
 * Reads a file line by line from a place that an earlier reading gave, without ever holding more than a line and a
 * piece of it. Throws what the system or the unzipping reports.
 */
export function readLines(
  file: { readonly absolute: string; readonly zipped: boolean },
  from: { readonly offset: number; readonly line: number } = { offset: 0, line: 1 },
): LineReading {
  // A zipped file can be entered at its beginning only.
  const start = file.zipped ? 0 : from.offset;
  const raw = createReadStream(file.absolute, { start, highWaterMark: 262_144 });
  const text = file.zipped ? pipeline(raw, createGunzip(), () => undefined) : raw;
  return {
    lines: cut(text, file.zipped ? from.offset : 0, from),
    bytesRead: () => start + raw.bytesRead,
  };
}

async function* cut(
  text: AsyncIterable<Uint8Array>,
  toSkip: number,
  from: { readonly offset: number; readonly line: number },
): AsyncGenerator<readonly Line[]> {
  let skip = toSkip;
  let [offset, number] = [from.offset, from.line];
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const take = (piece: Uint8Array, ending: number): Line => {
    const length = heldBytes + piece.length;
    const bytes =
      length > maxFileBytes ? null : held.length === 0 ? piece : Buffer.concat([...held, piece], length);
    const line = { bytes, number, offset, end: offset + length + ending };
    [held, heldBytes, offset, number] = [[], 0, line.end, number + 1];
    return line;
  };
  for await (const chunk of text) {
    const fresh = skip > 0 ? chunk.subarray(Math.min(skip, chunk.length)) : chunk;
    skip -= chunk.length - fresh.length;
    const lines: Line[] = [];
    let at = 0;
    for (let end = fresh.indexOf(10); end !== -1; end = fresh.indexOf(10, at)) {
      lines.push(take(fresh.subarray(at, end), 1));
      at = end + 1;
    }
    const rest = fresh.subarray(at);
    heldBytes += rest.length;
    // Of a line that is too long its length alone is remembered.
    if (heldBytes > maxFileBytes) held = [];
    else held.push(rest);
    if (lines.length > 0) yield lines;
  }
  if (heldBytes > 0) yield [take(new Uint8Array(0), 0)];
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a line, without a byte order mark; null: it is not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
