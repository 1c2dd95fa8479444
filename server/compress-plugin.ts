import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What gets smaller by compressing; fonts in woff2 and pictures are compressed already. */
const worthwhile = new Set(['.css', '.html', '.js', '.json', '.svg', '.ttf']);

/** A file that is smaller than one packet is not helped. */
const leastBytes = 1_400;

/** Lays a compressed copy beside each file of a build, so that the server has nothing to compress. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error('a build that is not a folder cannot be compressed');
      const names = Object.keys(bundle).filter((name) => worthwhile.has(extname(name)));
      await Promise.all(names.map((name) => compress(join(dir, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < leastBytes) return;
  // The highest levels take twenty times as long for another tenth.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  await Promise.all([
    promisify(brotliCompress)(content, { params }).then((smaller) => writeFile(`${path}.br`, smaller)),
    promisify(gzip)(content, { level: 9 }).then((smaller) => writeFile(`${path}.gz`, smaller)),
  ]);
}
