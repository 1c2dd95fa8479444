/** Which rows a condition is true of, and of which it is not known; it is false of the others. One bit a row. */
export interface Truths {
  readonly yes: Int32Array;
  readonly unknown: Int32Array;
}

export function wordsFor(rows: number): number {
  return (rows + 31) >>> 5;
}

export function nowhere(rows: number): Truths {
  return { yes: new Int32Array(wordsFor(rows)), unknown: new Int32Array(wordsFor(rows)) };
}

export function everywhere(rows: number): Truths {
  const truths = nowhere(rows);
  truths.yes.fill(-1);
  clearTail(truths.yes, rows);
  return truths;
}

/** Bits behind the last row stay zero, so that counting needs no care. */
export function clearTail(bits: Int32Array, rows: number): void {
  if ((rows & 31) !== 0) bits[bits.length - 1]! &= (1 << (rows & 31)) - 1;
}

export function isEmpty({ yes, unknown }: Truths): boolean {
  for (let i = 0; i < yes.length; i += 1) if ((yes[i]! | unknown[i]!) !== 0) return false;
  return true;
}

export function hasBit(bits: Int32Array, row: number): boolean {
  return ((bits[row >>> 5]! >>> (row & 31)) & 1) === 1;
}

export function setBit(bits: Int32Array, row: number): void {
  bits[row >>> 5]! |= 1 << (row & 31);
}

export function countBits(bits: Int32Array): number {
  let count = 0;
  for (let i = 0; i < bits.length; i += 1) {
    let word = bits[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** The rows whose bit is set, in order. */
export function eachBit(bits: Int32Array, visit: (row: number) => void): void {
  for (let i = 0; i < bits.length; i += 1) {
    let word = bits[i]!;
    while (word !== 0) {
      const lowest = word & -word;
      visit((i << 5) + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
}
