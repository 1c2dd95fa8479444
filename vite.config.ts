import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { compressedCopies } from './server/compress-plugin.ts';
import { provisoApi } from './server/vite-plugin.ts';
import { treeshake } from './vite.shared.ts';

/** The browser workbench: `vite` serves it over the folder in WORKSPACE, `vite build` writes what the server serves. */
export default defineConfig({
  root: fileURLToPath(new URL('editor', import.meta.url)),
  plugins: [react(), provisoApi({ folder: process.env['WORKSPACE'] ?? process.cwd() }), compressedCopies()],
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    outDir: fileURLToPath(new URL('dist/editor', import.meta.url)),
    emptyOutDir: true,
    // Fonts and pictures stay files: the Content-Security-Policy lets no font in by a data address.
    assetsInlineLimit: 0,
    // The editor itself is one large part, loaded after the first paint.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { treeshake },
  },
});
