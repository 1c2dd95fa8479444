import { request } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { openDiskPublishing } from '../publishing/disk-publishing.ts';
import type { Exporting } from '../publishing/exporting.ts';
import { createNoExporting } from '../publishing/no-exporting.ts';
import { systemClock } from '../publishing/system-clock.ts';
import { openDiskDrafts } from '../storage/disk-drafts.ts';
import { openDiskStorage } from '../storage/disk.ts';
import { listen, newToken } from './listen.ts';
import type { RunningServer } from './listen.ts';

/** A real server over a real folder, for tests. */
export interface TestServer extends RunningServer {
  /** The workspace folder. */
  readonly root: string;
  /** Closes it and removes its folders. */
  readonly dispose: () => Promise<void>;
}

const editor = {
  'index.html':
    '<!doctype html><title>Workbench</title><script type="module" src="/assets/main-BxK2_q1-.js"></script>',
  'assets/main-BxK2_q1-.js': 'export {};',
  'assets/main-BxK2_q1-.js.br': brotliCompressSync('export {};'),
  'assets/main-BxK2_q1-.js.gz': gzipSync('export {};'),
  'assets/only-gz-AAAAAAAA.css': 'a {}',
  'assets/only-gz-AAAAAAAA.css.gz': gzipSync('a {}'),
  'assets/font-AAAAAAAA.woff2': 'font',
  'icon.svg': '<svg/>',
  'with space.txt': 'text',
};

/** `like`: what a server that was started again has in common with the one before, or what exports for it. */
export async function startTestServer(
  like: Partial<Pick<TestServer, 'port' | 'token' | 'root'>> & { readonly exporting?: Exporting } = {},
): Promise<TestServer> {
  const outer = await mkdtemp(join(tmpdir(), 'proviso-server-'));
  const root = like.root ?? join(outer, 'workspace');
  const editorFolder = join(outer, 'editor');
  await mkdir(root, { recursive: true });
  for (const [path, text] of Object.entries(editor)) await putFile(editorFolder, path, text);
  const storage = await openDiskStorage(root);
  const drafts = await openDiskDrafts(root);
  const { port = 0, token = newToken() } = like;
  const publishing = await openDiskPublishing(root, systemClock);
  const workspaceName = 'workspace';
  const exporting = like.exporting ?? createNoExporting();
  const server = await listen({
    storage,
    drafts,
    publishing,
    exporting,
    workspaceName,
    editorFolder,
    port,
    token,
  });
  const dispose = async () => {
    await server.close();
    await rm(outer, { recursive: true, force: true });
  };
  return { ...server, root, dispose };
}

export async function putFile(folder: string, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** A request sent as it is, with any host and any path, where `fetch` would tidy up. */
export async function send(
  port: number,
  asked: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<RawAnswer> {
  const [method, path] = asked.split(' ') as [string, string];
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
