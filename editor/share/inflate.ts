import { Inflate } from 'fflate';

export type Inflated =
  | { readonly kind: 'inflated'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'damaged' };

/** So much is handed over at once that one step can grow to 4 MB at the very most (deflate packs up to 1,032 to 1). */
const stepBytes = 4096;

/** Unpacks, and stops as soon as there is more than allowed: what a bomb claims about its size is not believed. */
export function inflateWithin(packed: Uint8Array, mostBytes: number): Inflated {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((part) => {
    parts.push(part);
    length += part.length;
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += stepBytes) {
      stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
      if (length > mostBytes) return { kind: 'too-large' };
    }
  } catch {
    // Every error of the package means that these bytes are no deflate stream, or not all of one.
    return { kind: 'damaged' };
  }
  return { kind: 'inflated', bytes: joined(parts, length) };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
