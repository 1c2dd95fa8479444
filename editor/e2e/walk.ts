import type { Locator, Page } from 'playwright-core';

import { commands } from '../session/commands.ts';
import type { DialogId } from '../session/places.ts';
import { columnIds, dialogIds, dockIds, pageIds, viewIds } from '../session/places.ts';

/** One thing that can be shown, by what it is and its name in the lists under `panels/`. */
export interface Shown {
  readonly kind: 'page' | 'view' | 'dock' | 'dialog' | 'column';
  readonly id: string;
  /** As it is called on the screen. */
  readonly title: string;
}

/**
 * Shows everything that can be shown, one after the other: each page, each view, each dock and each dialog.
 * What is there is read from the screen and held against the lists of names, so a new entry is walked by itself,
 * and one that cannot be reached fails the walk.
 */
export async function walk(page: Page, visit: (shown: Shown) => Promise<void>): Promise<void> {
  await chooseEncounter(page);
  await walkPages(page, visit);
  await walkViews(page, visit);
  await walkDocks(page, visit);
  if (await isNarrow(page)) {
    for (const [at, id] of columnIds.entries()) {
      const tab = columnTabs(page).nth(at);
      await tab.click();
      await visit({ kind: 'column', id, title: (await tab.textContent())! });
    }
  }
  // What is about a problem comes last, since there has to be one.
  for (const id of dialogIds.toSorted((a, b) => Number(a in occasions) - Number(b in occasions))) {
    await openDialog(page, id);
    await visit({
      kind: 'dialog',
      id,
      title: (await page.locator(dialog).first().getAttribute('aria-label')) ?? id,
    });
    await leaveDialogs(page);
  }
}

const dialog = '[role=dialog]:not([aria-hidden=true]), [role=alertdialog]';
const columnTabs = (page: Page): Locator =>
  page.getByRole('tablist', { name: 'Parts of the screen' }).getByRole('tab');

export async function isNarrow(page: Page): Promise<boolean> {
  return (await columnTabs(page).count()) > 0;
}

/** Shows a column where there is no room for all three. */
export async function showColumn(page: Page, column: (typeof columnIds)[number]): Promise<void> {
  if (await isNarrow(page)) await columnTabs(page).nth(columnIds.indexOf(column)).click();
}

/** The first saved encounter, so that there is something to explain. */
export async function chooseEncounter(page: Page): Promise<void> {
  await showColumn(page, 'encounters');
  await page.getByRole('grid', { name: 'Saved encounters' }).getByRole('row').nth(1).click();
  await page.getByRole('region', { name: /^Why: / }).waitFor();
}

async function walkPages(page: Page, visit: (shown: Shown) => Promise<void>): Promise<void> {
  for (const [at, id] of pageIds.entries()) {
    await showColumn(page, 'files');
    const button = page.getByRole('navigation', { name: 'Pages' }).getByRole('button').nth(at);
    await button.click();
    await visit({ kind: 'page', id, title: (await button.textContent())!.replace(/\d+$/, '') });
  }
}

/** The views of the open file, and then, file by file of every kind, those that were not shown before. */
async function walkViews(page: Page, visit: (shown: Shown) => Promise<void>): Promise<void> {
  const seen = new Set<string>();
  const visitTabs = async () => {
    await showColumn(page, 'document');
    const tabs = page.getByRole('tablist', { name: 'Ways to look at this file' }).getByRole('tab');
    await tabs.first().waitFor();
    for (const tab of await tabs.all()) {
      const id = (await tab.getAttribute('data-key'))!;
      if (seen.has(id)) continue;
      seen.add(id);
      await tab.click();
      await settled(page);
      await visit({ kind: 'view', id, title: (await tab.textContent())! });
    }
    await tabs.first().click();
  };
  for (const at of pageIds.keys()) {
    await showColumn(page, 'files');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button').nth(at).click();
    if (at === 0) await visitTabs();
    await showColumn(page, 'files');
    const groups = page.getByRole('treegrid').locator('[role=row][aria-level="1"]');
    await groups.first().waitFor();
    for (let group = 0; group < (await groups.count()); group += 1) {
      await showColumn(page, 'files');
      // The first file below the heading of the group.
      const file = groups.nth(group).locator('xpath=following-sibling::*[@aria-level="2"][1]');
      if ((await file.count()) === 0) continue;
      await file.scrollIntoViewIfNeeded();
      await file.click();
      await visitTabs();
    }
  }
  expectAll('view', viewIds, seen);
}

async function walkDocks(page: Page, visit: (shown: Shown) => Promise<void>): Promise<void> {
  await showColumn(page, 'document');
  const seen = new Set<string>();
  for (const tab of await page.getByRole('tablist', { name: 'Below the file' }).getByRole('tab').all()) {
    const id = (await tab.getAttribute('data-key'))!;
    seen.add(id);
    await tab.click();
    await settled(page);
    await visit({ kind: 'dock', id, title: (await tab.textContent())! });
  }
  expectAll('dock', dockIds, seen);
}

/** A dialog has a command of the same name, and every command can be found by its title; a few wait for an occasion. */
export async function openDialog(page: Page, id: DialogId): Promise<void> {
  const occasion = occasions[id];
  if (occasion) await occasion(page);
  else await runCommand(page, id);
  await page.locator(dialog).first().waitFor();
  await settled(page);
}

const occasions: Readonly<Partial<Record<DialogId, (page: Page) => Promise<void>>>> = {
  'about-problem': readAboutProblem,
};

async function runCommand(page: Page, id: DialogId): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search, or run a command' });
  await palette.waitFor();
  if (id === 'palette') return;
  const command = commands.find((it) => it.id === id);
  if (!command) throw new Error(`no command opens the dialog ${id}, so nobody finds it in the palette`);
  await page.keyboard.type(command.title);
  await page.getByRole('option', { name: command.title }).first().click();
  await palette.waitFor({ state: 'detached' });
}

/** A key that no policy has, and what the editor offers to read about it. */
async function readAboutProblem(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2');
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.type('nonsense: 1');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.keyboard.press('Control+.');
  const actions = page.locator('.action-widget:visible').first();
  const titles = actions.locator('.monaco-list-row .title');
  await titles.first().waitFor();
  // By keyboard: in a very small window the list of the editor reaches out of it.
  const position = (await titles.allTextContents()).findIndex((title) => title.startsWith('Read more'));
  for (let step = 0; step < position; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function leaveDialogs(page: Page): Promise<void> {
  // A field or a list in a dialog may take the first Escape for itself.
  for (let tries = 0; tries < 4 && (await page.locator(dialog).count()) > 0; tries += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(250);
  }
  await page.locator(dialog).waitFor({ state: 'detached' });
}

/** Waits until what is loaded when it is first shown is there, and colours have faded in. */
async function settled(page: Page): Promise<void> {
  await page.getByText('Making it ready …').waitFor({ state: 'detached' });
  await page.waitForTimeout(300);
}

function expectAll(kind: string, ids: readonly string[], seen: ReadonlySet<string>): void {
  const missing = ids.filter((id) => !seen.has(id));
  if (missing.length > 0) throw new Error(`nothing leads to the ${kind} ${missing.join(', ')}`);
}
