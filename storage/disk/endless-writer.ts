import { openDiskStorage } from '../disk.ts';

/**
 * A program to be killed: writes one file over and over, each time whole in one letter, until somebody stops it.
 * `disk.test.ts` starts it with the workspace folder and the path of the file.
 */
const [folder, path] = process.argv.slice(2) as [string, string];
const storage = await openDiskStorage(folder);
let { version } = await storage.read(path);
process.stdout.write('writing\n');

for (let count = 0; ; count += 1) {
  const letter = String.fromCharCode(97 + (count % 26));
  const result = await storage.write(path, letter.repeat(1_000_000), version);
  if (result.kind === 'conflict') throw new Error('somebody else wrote');
  version = result.version;
}
