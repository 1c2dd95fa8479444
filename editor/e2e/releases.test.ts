import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { openDiskPublishing } from '../../publishing/disk-publishing.ts';
import { systemClock } from '../../publishing/system-clock.ts';
import { accessibleInBothSchemes } from './accessible.ts';
import { dialog, publish } from './publishing.ts';
import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench, timePolicy } from './workbench.ts';

let open: OpenWorkbench | null = null;

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

test('a release that somebody changed is named when the folder is opened, and what was changed in it', async () => {
  open = await openWorkbench();
  const { page, folder, write: writeFile, read } = open;
  page.setDefaultTimeout(20_000);
  await page.keyboard.press('Alt+R');
  await dialog(page, 'Publish release 1').waitFor();
  await publish(page, 1, 'As it is in force');

  const path = `releases/1/files/${timePolicy}`;
  await chmod(join(folder, path), 0o644);
  await writeFile(path, (await read(path)).replace('value: 8', 'value: 6'));
  await page.reload();
  await page
    .getByRole('alert')
    .getByText(/2019-05-01\.policy\.yaml.*The page Releases tells all of it/)
    .waitFor();
  await page.keyboard.press('Shift+Alt+7');
  const release = page.getByRole('article', { name: 'Release 1' });
  await release.getByText('This release is not as it was published.').waitFor();
  await accessibleInBothSchemes(page, 'a release that was changed');
  await page.keyboard.press('Alt+R');
  await page.getByText('The releases that are there are not as they were published.').waitFor();
});

test('what is decided and published elsewhere shows by itself: Releases, Changes, Approve', async () => {
  open = await openWorkbench();
  const { page, folder, write: writeFile, read } = open;
  page.setDefaultTimeout(20_000);
  // The command line, as far as this page can tell.
  const elsewhere = await openDiskPublishing(folder, systemClock);
  const publishElsewhere = (why: string) =>
    elsewhere.publish({ who: 'B. Chen', why, overrides: [], seen: null });

  await page.keyboard.press('Shift+Alt+7');
  await page.getByText('Nothing has been published yet.').waitFor();
  expect(await publishElsewhere('As it is in force')).toMatchObject({ published: true });
  await page.getByRole('article', { name: 'Release 1' }).waitFor();
  await page.getByText('Release 1 has been published by B. Chen.').waitFor();

  await writeFile(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 10'));
  await page.keyboard.press('Shift+Alt+6');
  const changes = page.getByRole('region', { name: 'Changes' });
  await changes.getByText(/^Against release 1: 2 kinds of claim are judged otherwise/).waitFor();

  await page.keyboard.press('Alt+G');
  const approve = dialog(page, 'Approve what changes since release 1');
  await approve.getByText(/^0 of \d+ things decided/).waitFor();
  for (const who of ['B. Chen', 'R. Alvarez'])
    await elsewhere.decide({ verdict: 'accept', items: 'all', who, why: 'Announced in May' });
  await approve.getByText(/^(\d+) of \1 things decided$/).waitFor();
  await approve
    .getByText(/^Accepted by .*B\. Chen/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');

  const overrides = [{ what: 'failing-cases', reason: 'They follow on Friday' }] as const;
  const second = { who: 'B. Chen', why: 'New minimum', overrides, seen: null };
  expect(await elsewhere.publish(second)).toMatchObject({ published: true });
  await changes.getByText('Nothing is changed against release 2.').waitFor();
});
