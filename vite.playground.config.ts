import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';

import { packZip } from './editor/share/workspace-zip.ts';
import { contentSecurityPolicy } from './server/site.ts';
import { pathProblem, workspaceFolders } from './storage/workspace-path.ts';
import { treeshake } from './vite.shared.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The workbench as files for any web host and any folder of it: `dist/playground`, opened by its `index.html`. */
export default defineConfig({
  root: here('editor'),
  base: './',
  plugins: [react(), shippedExample(), strictPage()],
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    outDir: here('dist/playground'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { input: here('editor/playground.html'), treeshake },
  },
});

/** The shipped policies and cases as one file beside the page. It is content: no part of the code imports it. */
function shippedExample(): Plugin {
  const name = 'example.zip';
  return {
    name: 'proviso-example',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: packZip(shippedFiles()) });
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${name}`, (_, response) => void response.end(packZip(shippedFiles())));
    },
  };
}

function shippedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return workspaceFolders
    .flatMap((folder) => readdirSync(here(folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((place) => ({ place, path: place.slice(here('.').length).split(sep).join('/') }))
    .filter(({ path }) => pathProblem(path) === null)
    .map(({ place, path }) => ({ path, text: readFileSync(place, 'utf8') }));
}

/** A host we know nothing of sends no header for us: what the local server says in one stands in the page itself. */
function strictPage(): Plugin {
  // Browsers heed who may frame a page only in a header.
  const policy = contentSecurityPolicy.filter((rule) => !rule.startsWith('frame-ancestors')).join('; ');
  return {
    name: 'proviso-strict-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
    // The page that a host shows for a folder is called `index.html`.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        bundle['playground.html']!.fileName = 'index.html';
      },
    },
  };
}
