import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';

import { accessibleInBothSchemes } from './accessible.ts';
import { press } from './publishing.ts';
import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

let open: OpenWorkbench;
afterEach(() => open.close());

/** One small target on its real engine: the whole way from the page to the engine and back. */
test('policies are written for another system, proven there, and packed', async () => {
  open = await openWorkbench();
  const { page, complaints } = open;
  await page.keyboard.press('Shift+Alt+8');
  const exports = page.getByRole('region', { name: 'Export', exact: true });
  await exports.getByRole('checkbox', { name: 'SQL' }).waitFor();
  for (const box of await exports.getByRole('list', { name: 'Targets' }).getByRole('checkbox').all())
    await box.press('Space');
  await exports.getByRole('checkbox', { name: 'Open Policy Agent' }).press('Space');
  await accessibleInBothSchemes(page, 'the exports before they begin');
  await press(page, exports.getByRole('button', { name: 'Write, prove and pack' }));
  const ready = exports.getByRole('button', { name: /^Download .*\.ppb\.tgz$/ });
  await ready.waitFor({ timeout: 90_000 });
  await exports.getByText(/written, not run here/).waitFor();
  await accessibleInBothSchemes(page, 'the exports at their end');
  const downloading = page.waitForEvent('download');
  await press(page, ready);
  const bytes = await readFile(await (await downloading).path());
  expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
  expect(complaints).toEqual([]);
});
