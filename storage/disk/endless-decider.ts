import { openDiskDecisions } from '../disk-decisions.ts';

/**
 * A program to be killed: writes decisions down, one after the other, until somebody stops it.
 * `disk-decisions.test.ts` starts it with the workspace folder; the text counts, and each is as long as it must be.
 */
const [folder] = process.argv.slice(2) as [string];
const store = await openDiskDecisions(folder);

for (;;) {
  const number = await store.update(async (text) => {
    const next = Number(text?.split(' ')[0] ?? 0) + 1;
    return { text: `${next} `.repeat(20_000), result: next };
  });
  process.stdout.write(`${number}\n`);
}
