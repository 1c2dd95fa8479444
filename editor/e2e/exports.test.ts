import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { writeNewKeys } from '../../cli/keys.ts';
import { call } from '../../cli/testing/run-cli.ts';
import { accessibleInBothSchemes } from './accessible.ts';
import { press } from './publishing.ts';
import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

let open: OpenWorkbench;
afterEach(() => open.close());

/** One small target on its real engine, by keyboard alone: from the page to the engine and to the receiver. */
test(
  'policies are written for another system, proven there, signed, packed, and checked by their receiver',
  { timeout: 300_000 },
  async () => {
    open = await openWorkbench();
    const { page, complaints, folder, keysFolder } = open;
    page.setDefaultTimeout(20_000);
    const audit = await writeNewKeys(join(keysFolder, 'audit-department-of-the-plan'));
    const other = await writeNewKeys(join(keysFolder, 'other'));
    await chmod(other.privatePath, 0o644);
    await page.keyboard.press('Shift+Alt+8');
    const exports = page.getByRole('region', { name: 'Export', exact: true });
    await exports.getByRole('checkbox', { name: 'JavaScript' }).waitFor();
    await press(page, exports.getByRole('button', { name: 'None' }));
    await exports.getByText('0 of 9 exports chosen').waitFor();
    for (const name of ['JavaScript', 'Open Policy Agent', 'Policy manual'])
      await exports.getByRole('checkbox', { name }).press('Space');

    await press(page, exports.getByRole('button', { name: /Signature/ }));
    await page.getByRole('option', { name: /audit-department/ }).waitFor();
    await accessibleInBothSchemes(page, 'a key is being chosen');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await exports.getByText(audit.keyId).waitFor();
    await exports.getByText('The key “other” cannot be used: other people on this machine').waitFor();
    await accessibleInBothSchemes(page, 'the exports before they begin');
    // A key with a long name makes nothing wider than there is room.
    expect(await overflow(page)).toEqual([0, 0]);

    const begin = exports.getByRole('button', { name: 'Prove and pack' });
    await press(page, begin);
    await press(page, exports.getByRole('button', { name: 'Stop' }));
    await exports.getByText('Stopped. Nothing was packed.').waitFor();

    // What was chosen is still chosen after a look elsewhere.
    await page.keyboard.press('Shift+Alt+1');
    await exports.waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Alt+8');
    await exports.getByText('3 of 9 exports chosen').waitFor();
    await press(page, begin);
    await exports.getByText('Signed with “audit-department-of-the-plan”').waitFor();
    await exports.getByText(/^Proving on QuickJS: 1 of 2 proofs done/).waitFor({ timeout: 90_000 });
    await accessibleInBothSchemes(page, 'the exports as they run');
    const ready = exports.getByRole('button', { name: /^Download .*\.ppb\.tgz$/ });
    await ready.waitFor({ timeout: 180_000 });
    await exports.getByText('Not run here: no engine of it comes with Proviso.').waitFor();
    const proofs = exports.getByRole('list', { name: 'Proofs of JavaScript' }).getByRole('listitem');
    const [first = ''] = await proofs.allTextContents();
    expect(first).toMatch(/^Proven on Node\.js [\d.]+, [\d.]+ s([\d,]+) of \1 identical, in each of 3 runs$/);
    await press(page, exports.getByText('What this does not prove'));
    await exports.getByText('That the proof would notice a mistake in an export').waitFor();
    await accessibleInBothSchemes(page, 'the exports at their end');
    expect(await overflow(page)).toEqual([0, 0]);

    const downloading = page.waitForEvent('download');
    await press(page, ready);
    const bytes = await readFile(await (await downloading).path());
    await writeFile(join(folder, 'taken.ppb.tgz'), bytes);
    const revision = (await exports
      .getByRole('region', { name: 'The bundle' })
      .getByText(/^[0-9a-f]{64}$/)
      .first()
      .textContent())!;
    const asked = ['verify', 'taken.ppb.tgz', '--hash', revision, '--key'];
    const taken = await call(folder, [...asked, audit.publicPath]);
    expect([taken.code, taken.out.includes(`signed with the key given, ${audit.keyId}`)]).toEqual([0, true]);
    expect((await call(folder, [...asked, other.publicPath])).code).toBe(1);
    expect(complaints).toEqual([]);
  },
);

/** By how much the page is wider than its room, and longer than the window. */
function overflow(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const part = document.querySelector('.exports')!;
    return [part.scrollWidth - part.clientWidth, document.documentElement.scrollHeight - innerHeight];
  });
}
