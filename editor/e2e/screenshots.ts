import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

import { writeNewKeys } from '../../cli/keys.ts';
import { endBrowser } from './browser.ts';
import { acceptOpen, dialog, press, publish, publishThenChange, write } from './publishing.ts';
import { takePlaygroundPictures } from './playground-pictures.ts';
import { smallPng } from './small-png.ts';
import { walk } from './walk.ts';
import { changeMinimum, openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

/**
 * Pictures of the workbench for the README and the guide: `node --import tsx editor/e2e/screenshots.ts`.
 * Everything that can be shown, by its kind and name in the lists under `editor/panels/`, and a few states besides.
 */
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) if (name.endsWith('.png')) await rm(folder + name);
for (const scheme of ['light', 'dark'] as const) {
  await takeEverything(scheme);
  await takeStates(scheme);
  await takeLarge(scheme);
  await takeReleases(scheme);
  await takeExports(scheme);
}
await takeContrast();
await takePlaygroundPictures(picture);
await endBrowser();

type Scheme = 'light' | 'dark';

/** Every page, view, dock and dialog, with a change of the threshold under way. */
async function takeEverything(scheme: Scheme): Promise<void> {
  const { page, complaints, close } = await openWorkbench({ scheme });
  await changeThreshold(page);
  await walk(page, ({ kind, id }) => picture(page, `${kind}-${id}-${scheme}-1280`));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  await close();
}

/** What is not always there: which encounters change and why, a problem, a conflict. */
async function takeStates(scheme: Scheme): Promise<void> {
  const { page, complaints, write, read, close } = await openWorkbench({ scheme });
  await changeThreshold(page);
  await explain(page);
  await picture(page, `changed-${scheme}-1280`);
  await changeMinimum(page, '10', '[10');
  await page.getByText(/last good verdicts/).waitFor();
  await picture(page, `problem-${scheme}-1280`);
  await changeMinimum(page, '[10]', '10');
  await page.getByText(/last good verdicts/).waitFor({ state: 'detached' });
  await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
  await page.getByRole('button', { name: 'Changed on disk: compare' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('alertdialog').waitFor();
  await page.locator('.monaco-diff-editor .view-line').first().waitFor();
  await page.waitForTimeout(500);
  await picture(page, `conflict-${scheme}-1280`);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  await close();
}

async function takeLarge(scheme: Scheme): Promise<void> {
  const { page, close } = await openWorkbench({ scheme, width: 1920, height: 1080 });
  await changeThreshold(page);
  await explain(page);
  await picture(page, `changed-${scheme}-1920`);
  await close();
}

/** What is to be decided before a release, and the releases once it is published. */
async function takeReleases(scheme: Scheme): Promise<void> {
  const { page, complaints, close } = await openWorkbench({ scheme });
  await publishThenChange(page, () => changeThreshold(page));
  await page.keyboard.press('Alt+G');
  await dialog(page, 'Approve what changes since release 1').waitFor();
  await acceptOpen(page, 'R. Alvarez', /1 waits for a second person/);
  await picture(page, `approve-${scheme}-1280`);
  await acceptOpen(page, 'B. Chen', /^(\d+) of \1 things decided$/);
  await press(page, page.getByRole('button', { name: 'Go on to publish…' }));
  await write(page, 'Or publish all the same, because', 'What the cases expect follows on Friday');
  await picture(page, `publish-${scheme}-1280`);
  await publish(page, 2, 'New minimum from July on');
  await press(page, page.getByRole('button', { name: 'Show all releases' }));
  await page.getByRole('article', { name: 'Release 2' }).waitFor();
  await picture(page, `releases-${scheme}-1280`);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  await close();
}

/** Which targets there are, before any is written. */
async function takeExports(scheme: Scheme): Promise<void> {
  const { page, keysFolder, close } = await openWorkbench({ scheme });
  await writeNewKeys(join(keysFolder, 'compliance'));
  await page.keyboard.press('Shift+Alt+8');
  await page.getByRole('checkbox', { name: 'SQL' }).waitFor();
  await picture(page, `exports-${scheme}-1280`);
  await close();
}

async function takeContrast(): Promise<void> {
  const { page, close } = await openWorkbench({ contrast: 'more' });
  await changeThreshold(page);
  await explain(page);
  await picture(page, 'changed-contrast-1280');
  await close();
}

async function changeThreshold(page: Page): Promise<void> {
  await openTimePolicy(page);
  await changeMinimum(page);
  await page.getByText(/of \d+ changed/).waitFor();
}

/** Chooses the first encounter that changes, and goes from the reason to the rule. */
async function explain(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Saved encounters' }).getByRole('row').nth(1).click();
  const why = page.getByRole('region', { name: /^Why: / });
  await why.getByText('Not met').first().waitFor();
  await why
    .getByRole('button', { name: 'A timed service of less than 8 minutes is not billed' })
    .first()
    .click();
  await page.locator('.monaco-editor.focused').waitFor();
}

/** With the mouse out of the way, and once what fades in is there. */
async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await writeFile(`${folder}${name}.png`, smallPng(await page.screenshot()));
}
