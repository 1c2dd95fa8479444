import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { decode, readLines } from './lines.ts';

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'proviso-lines-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}

/** Number, text (or how long it is) and where the next line begins. */
async function linesOf(absolute: string, from?: { readonly offset: number; readonly line: number }) {
  const { lines, bytesRead } = readLines({ absolute, zipped: absolute.endsWith('.gz') }, from);
  const out: (readonly [number, string | null, number])[] = [];
  for await (const some of lines)
    for (const { number, bytes, end } of some) {
      const text = bytes && decode(bytes);
      out.push([number, text && text.length > 20 ? `${text.length}` : text, end]);
    }
  return { out, bytesRead: bytesRead() };
}

const text = ['first', '', 'ä☕', 'x'.repeat(300_000), 'last, without an end'].join('\n');

test.each(['a.ndjson', 'a.ndjson.gz'])('%s: from every line on, the rest is the same', async (name) => {
  const content = name.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
  const absolute = await fileWith(name, content);
  const { out, bytesRead } = await linesOf(absolute);
  expect(out).toEqual([
    [1, 'first', 6],
    [2, '', 7],
    [3, 'ä☕', 13],
    [4, '300000', 300_014],
    [5, 'last, without an end', 300_034],
  ]);
  expect(bytesRead).toBe(content.length);
  for (const [index, [line, , end]] of out.entries())
    expect((await linesOf(absolute, { offset: end, line: line + 1 })).out).toEqual(out.slice(index + 1));
});

test('a line that is too long is left out, and those around it are not', async () => {
  const long = 'y'.repeat(2_000_001);
  const absolute = await fileWith('a.ndjson', `one\n${long}\ntwo\n${long}${long}`);
  expect((await linesOf(absolute)).out).toEqual([
    [1, 'one', 4],
    [2, null, 2_000_006],
    [3, 'two', 2_000_010],
    [4, null, 6_000_012],
  ]);
});

test('two zipped files behind each other are one', async () => {
  const absolute = await fileWith('a.ndjson.gz', Buffer.concat([gzipSync('a\nb'), gzipSync('c\n')]));
  expect((await linesOf(absolute)).out.map(([, line]) => line)).toEqual(['a', 'bc']);
});

test('what is not UTF-8 is no text, and a byte order mark is none of it', () => {
  expect(decode(Uint8Array.of(0xff))).toBe(null);
  expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
});
