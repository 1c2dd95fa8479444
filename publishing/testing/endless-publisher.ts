import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDiskPublishing } from '../disk-publishing.ts';
import { policies } from './policies.ts';

/**
 * A program to be killed: changes a policy, has it accepted by two people, publishes, and begins again.
 * `killed-publishing.test.ts` starts it with the workspace folder; it says what is done.
 */
const [folder] = process.argv.slice(2) as [string];
const clock = () => ({ today: '2024-03-04', now: '2024-03-04T09:30:00.000Z' });
const publishing = await openDiskPublishing(folder, clock);

for (;;) {
  const last = (await publishing.history()).releases.at(-1)?.number ?? 0;
  // Seven minutes and eight by turns, which the case of eight minutes does not mind.
  for (const [path, text] of Object.entries(policies({ minutes: last % 2 === 0 ? 8 : 7 }))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const who of ['Ada', 'Ben']) {
    const { decided } = await publishing.decide({ verdict: 'accept', items: 'all', who, why: 'Agreed' });
    if (decided.length > 0) process.stdout.write(`decided ${last + 1} ${who}\n`);
  }
  const { number } = await publishing.publish({ who: 'Cy', why: 'Agreed', overrides: [], seen: null });
  process.stdout.write(`published ${number}\n`);
}
