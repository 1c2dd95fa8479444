import { openDiskDrafts } from '../disk-drafts.ts';

/**
 * A program to be killed: keeps one draft over and over, each time whole in one letter, and says which was kept.
 * `drafts.test.ts` starts it with the workspace folder.
 */
const drafts = await openDiskDrafts(process.argv[2]!);
const draft = { tab: 'typist-1', path: 'rules/a.yaml', base: null, at: '2026-11-24T11:02:00.000Z' };

for (let count = 0; ; count += 1) {
  await drafts.put({ ...draft, text: `${count} `.repeat(20_000) });
  process.stdout.write(`${count}\n`);
}
