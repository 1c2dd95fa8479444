import { renameSync, rmSync, symlinkSync } from 'node:fs';

/**
 * A program to be killed: puts a link to another folder in the place of a folder, and the folder back, over and over.
 * `disk.test.ts` starts it with the folder and the other one.
 */
const [folder, other] = process.argv.slice(2) as [string, string];
process.stdout.write('swapping\n');

for (;;) {
  renameSync(folder, `${folder}.away`);
  inItsPlace(() => symlinkSync(other, folder));
  pause();
  inItsPlace(() => renameSync(`${folder}.away`, folder));
  pause();
}

/** Who is tried may make the folder anew while it is away. */
function inItsPlace(put: () => void): void {
  for (;;) {
    rmSync(folder, { recursive: true, force: true });
    try {
      put();
      return;
    } catch (error) {
      if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** Long enough for some reads to pass between two swaps, and of any length, so that swaps fall everywhere. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 2);
}
