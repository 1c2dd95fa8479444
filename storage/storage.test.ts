import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDiskStorage } from './disk.ts';
import { createMemoryStorage } from './memory.ts';
import { behavesLikeStorage } from './storage.cases.ts';

behavesLikeStorage('memory', async () => {
  const storage = await createMemoryStorage();
  return { storage, put: storage.outside.put, erase: storage.outside.remove, close: async () => undefined };
});

behavesLikeStorage('disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'proviso-disk-'));
  const storage = await openDiskStorage(root);
  // Counts who watches, so that closing a world stops what a test left running.
  const stops: (() => void)[] = [];
  return {
    storage: {
      ...storage,
      watch(...listeners: Parameters<typeof storage.watch>) {
        const stop = storage.watch(...listeners);
        stops.push(stop);
        return stop;
      },
    },
    async put(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    erase: (path) => rm(join(root, path)),
    async close() {
      for (const stop of stops) stop();
      await rm(root, { recursive: true });
    },
  };
});
