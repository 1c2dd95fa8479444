const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding; RFC 4648, section 4. The language itself has none. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += signs[bits >> 18]! + signs[(bits >> 12) & 63]!;
    text += b === undefined ? '=' : signs[(bits >> 6) & 63]!;
    text += c === undefined ? '=' : signs[bits & 63]!;
  }
  return text;
}

/** Null for what `toBase64` does not write, so that equal bytes have one text only. */
export function fromBase64(text: string): Uint8Array | null {
  const bare = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let index = 0; index < bare.length; index += 1) {
    bits = ((bits << 6) | signs.indexOf(bare[index]!)) & 0xffffff;
    if (index % 4 !== 0) bytes[at++] = (bits >> (6 - 2 * (index % 4))) & 0xff;
  }
  return toBase64(bytes) === text ? bytes : null;
}
