import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

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
