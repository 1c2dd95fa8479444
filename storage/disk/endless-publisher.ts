import { openDiskReleases } from '../disk-releases.ts';

/**
 * A program to be killed: publishes one release after the other until somebody stops it.
 * `disk-releases.test.ts` starts it with the workspace folder; every file of release 7 holds `7`, many times.
 */
const [folder] = process.argv.slice(2) as [string];
const store = await openDiskReleases(folder);
process.stdout.write('publishing\n');

for (;;) {
  const number = ((await store.read()).releases.at(-1)?.number ?? 0) + 1;
  const text = `${number}\n`.repeat(1000);
  await store.publish(
    number,
    ['manifest.json', 'files/rules/a.yaml', 'files/rules/b/c.yaml'].map((path) => ({ path, text })),
  );
}
