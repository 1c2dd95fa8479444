import { defineConfig } from 'vite';

/**
 * The command line in one file for Node 20: our own rooms inside, packages from npm outside.
 * Development needs none of this: `npm run proviso` runs the sources.
 */
export default defineConfig({
  // The workbench has its own build; nothing of `public/` belongs beside the command line.
  publicDir: false,
  build: {
    ssr: 'cli/main.ts',
    target: 'node20.19',
    outDir: 'dist/cli',
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name].js' } },
  },
});
