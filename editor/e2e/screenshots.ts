import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

import { endBrowser } from './browser.ts';
import { takePlaygroundPictures } from './playground-pictures.ts';
import { changeMinimum, openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

/** Pictures of the workbench for the README and the guide: `node --import tsx editor/e2e/screenshots.ts`. */
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

await mkdir(folder, { recursive: true });
for (const scheme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    const { page, complaints, write, read, close } = await openWorkbench({ ...size, scheme });
    const shoot = (name: string) => picture(page, `${name}-${scheme}-${size.width}`);
    await openTimePolicy(page);
    await page.waitForTimeout(300);
    await shoot('open');
    await changeMinimum(page);
    await page.getByText(/of \d+ changed/).waitFor();
    await page.keyboard.press('Alt+3');
    await page.keyboard.press('ArrowDown');
    await page
      .getByRole('region', { name: /^Why: / })
      .getByText('Not met')
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: 'A timed service of less than 8 minutes is not billed' })
      .first()
      .click();
    await page.waitForTimeout(400);
    await shoot('changed');
    if (size.width === 1280) {
      await changeMinimum(page, '10', '[10');
      await page.waitForTimeout(500);
      await shoot('problem');
      await changeMinimum(page, '[10]', '10');
      await page.keyboard.press('Alt+1');
      await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
      await page.waitForTimeout(300);
      await page.keyboard.press('Control+s');
      await page.getByRole('alertdialog').waitFor();
      await page.waitForTimeout(800);
      await shoot('conflict');
    }
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    await close();
  }
}

await takePlaygroundPictures(picture);
await endBrowser();

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}${name}.png` });
}
