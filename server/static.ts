import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface EditorFiles {
  /**
   * The answer to the path of an address (still percent-encoded); null if there is no such file.
   * `accepted` is the header Accept-Encoding of the request.
   */
  readonly answer: (pathname: string, accepted: string | null) => Promise<Response | null>;
}

/**
 * The built editor in a folder.
 * The folder is read once, and only the names found there are answered: no address can lead anywhere else.
 */
export async function openEditorFiles(folder: string): Promise<EditorFiles> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((place) => [`/${relative(folder, place).split(sep).join('/')}`, place]),
  );
  const onDisk = new Set(files.values());
  // A compressed copy has no address of its own.
  const isCopy = (place: string): boolean =>
    encodings.some(({ ending }) => place.endsWith(ending) && onDisk.has(place.slice(0, -ending.length)));
  const places = new Map([...files].filter(([, place]) => !isCopy(place)));
  const index = places.get('/index.html');
  if (index === undefined)
    throw new Error(`There is no built editor in ${folder}: run \`npm run build\` first.`);
  places.delete('/index.html');
  places.set('/', index);

  return {
    async answer(pathname, accepted) {
      const name = decoded(pathname);
      const place = name === null ? undefined : places.get(name);
      if (place === undefined) return null;
      const encoding = encodings.find(
        ({ ending, coding }) => onDisk.has(`${place}${ending}`) && accepts(accepted, coding),
      );
      // A file may also be gone by now, when the editor is built anew under a running server.
      const content = await readFile(`${place}${encoding?.ending ?? ''}`).catch(() => null);
      if (content === null) return null;
      return new Response(new Uint8Array(content), {
        headers: {
          'content-type': contentTypes[extname(place)] ?? 'application/octet-stream',
          'cache-control': hasHash(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
          vary: 'accept-encoding',
          ...(encoding ? { 'content-encoding': encoding.coding } : {}),
        },
      });
    },
  };
}

/** The copies that the build lays beside a file, the smallest first. */
const encodings = [
  { ending: '.br', coding: 'br' },
  { ending: '.gz', coding: 'gzip' },
] as const;

/** Whether a browser says that it can read a coding: `gzip, br;q=0.5`, and not `br;q=0`. */
function accepts(header: string | null, coding: string): boolean {
  const offers = (header ?? '').split(',').map((offer) =>
    offer
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return offers.some(([name, ...more]) => name === coding && !more.some((it) => /^q=0(?:\.0*)?$/.test(it)));
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Vite names what it puts under `assets/` after its content: `editor-BxK2-q1_.js`. */
function hasHash(pathname: string): boolean {
  return /^\/assets\/.*-[\w-]{8}\.\w+$/.test(pathname);
}
