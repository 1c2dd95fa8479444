import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackArchive } from '#engine';

import { call } from '../../cli/testing/run-cli.ts';
import { accessibleInBothSchemes, expectAccessible } from './accessible.ts';
import type { OpenBrowser } from './browser.ts';
import { openBrowser } from './browser.ts';

/** The policy manual as its reader has it: a file out of a bundle, without Proviso. */
let browser: OpenBrowser;
let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-manual-'));
  const project = fileURLToPath(new URL('../..', import.meta.url));
  const words = ['export', '--target', 'manual', '--no-proof', '--workspace', project, '--out', 'a.ppb.tgz'];
  expect((await call(folder, words)).code).toBe(0);
  const { files } = unpackArchive(new Uint8Array(await readFile(join(folder, 'a.ppb.tgz'))));
  const manual = join(folder, 'manual.html');
  await writeFile(manual, files!.find(({ path }) => path === 'targets/manual/manual.html')!.bytes);
  browser = await openBrowser({ width: 1280, height: 800 });
  page = await browser.context.newPage();
  await page.goto(pathToFileURL(manual).href);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

test('axe finds nothing on the screen, on paper and on a telephone', { timeout: 300_000 }, async () => {
  await accessibleInBothSchemes(page, 'the manual');
  await page.emulateMedia({ media: 'print' });
  await expectAccessible(page, 'the manual on paper');
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 360, height: 740 });
  await expectAccessible(page, 'the manual on a telephone');
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('the keyboard passes over the contents, and each entry of them leads to its heading', async () => {
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Go to the text' });
  expect(
    await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0),
  ).toBe(true);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  const entry = page.getByRole('navigation').getByRole('link', { name: /Timed units under Medicare/ });
  await entry.press('Enter');
  const heading = page.getByRole('heading', { level: 3, name: /Timed units under Medicare/ });
  const top = await heading.evaluate((element) => element.getBoundingClientRect().top);
  expect(top >= 0 && top < 200).toBe(true);
});

test('what is spoken has a language, one title, tables with a name and heads, and a place to skip to', async () => {
  const found = await page.evaluate(() => ({
    language: document.documentElement.lang,
    titles: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    nameless: [...document.querySelectorAll('table')].filter((table) => !table.caption?.textContent).length,
    headless: [...document.querySelectorAll('th')].filter((cell) => !cell.scope).length,
    tables: document.querySelectorAll('table').length > 20,
  }));
  expect(found).toEqual({ language: 'en', titles: 1, mains: 1, nameless: 0, headless: 0, tables: true });
});

test('policies have the same number in the contents and at their heading', async () => {
  const numbered = await page.evaluate(() => {
    // The counters as drawn cannot be read; the place in the lists is what they count.
    const parts = [...document.querySelectorAll('nav > ol > li:not(.unnumbered)')];
    return parts.map((part) => ({
      listed: [...part.querySelectorAll(':scope > ol a')].map((link) => link.getAttribute('href')),
      headed: [
        ...document.querySelectorAll(
          `[aria-labelledby="${part.querySelector('a')!.hash.slice(1)}"] article h3`,
        ),
      ].map((heading) => `#${heading.id}`),
    }));
  });
  expect(numbered.map(({ listed }) => listed)).toEqual(numbered.map(({ headed }) => headed));
});

test('on letter paper nothing is wider than the page', async () => {
  await page.emulateMedia({ media: 'print' });
  // Letter is 8.5 inches wide, and the margins take 18 mm on either side.
  await page.setViewportSize({ width: Math.floor(8.5 * 96 - (2 * 18 * 96) / 25.4), height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const bytes = await page.pdf({ format: 'Letter', preferCSSPageSize: true });
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
});
