import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

import { openBrowser } from './browser.ts';

const built = fileURLToPath(new URL('../../dist/playground/', import.meta.url));

/** A web host as plain as can be: the built playground in a sub-folder, and nothing else. */
export interface WebHost {
  /** The address of the page. */
  readonly address: string;
  /** What has been asked for, with its size as a host that compresses would send it. */
  readonly served: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

const folder = '/tools/proviso/';

export async function openWebHost(): Promise<WebHost> {
  if (!existsSync(join(built, 'index.html'))) {
    throw new Error('The playground is not built: run `npm run build:playground` first.');
  }
  const served = new Map<string, number>();
  const server = createServer((request, response) => void answer(request, response, served));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${folder}`,
    served,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  served: Map<string, number>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const name = pathname.startsWith(folder) ? pathname.slice(folder.length) : null;
  const place = name === null || name.includes('..') ? null : join(built, name === '' ? 'index.html' : name);
  const content = place === null ? null : await readFile(place).catch(() => null);
  if (content === null) return void response.writeHead(404).end('Not here.\n');
  served.set(name!, gzipSync(content, { level: 9 }).length);
  response.writeHead(200, { 'content-type': contentTypes[extname(place!)] ?? 'application/octet-stream' });
  response.end(content);
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export interface OpenPlayground {
  readonly page: Page;
  /** What the browser complained of, and every request that went anywhere but to the host of the page. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

interface PlaygroundOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/** A browser with an empty profile of its own, at an address of the playground. */
export async function openPlayground(
  address: string,
  { width = 1280, height = 800, scheme = 'light' }: PlaygroundOptions = {},
): Promise<OpenPlayground> {
  const browser = await openBrowser({ width, height, scheme });
  const { context } = browser;
  const page = context.pages()[0] ?? (await context.newPage());
  // Less than a test has, so that it says which step it waited for.
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const { origin } = new URL(address);
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}${folder}`) && !url.startsWith(`blob:${origin}/`)) complaints.push(url);
    // What stands behind the `#` must stay in the browser.
    if (url.includes('share=') && !url.startsWith('blob:')) {
      const sent = new URL(url);
      if (`${sent.pathname}${sent.search}`.includes('share=')) complaints.push(url);
    }
  });
  await page.addInitScript(() => {
    localStorage.setItem('proviso.settings', localStorage.getItem('proviso.settings') ?? '{"tourSeen":true}');
  });
  await page.goto(address);
  return { page, complaints, close: browser.close };
}

export async function untilReady(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Saved encounters' }).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}
