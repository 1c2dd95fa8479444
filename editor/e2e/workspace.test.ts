import { once } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { expectAccessible } from './accessible.ts';
import { examplePolicy, openRealWorld, ready } from './real-server.ts';
import type { RealServer, RealWorld } from './real-server.ts';
import { selectInEditor } from './workbench.ts';

// Each begins a workspace and starts a server, some of them twice.
vi.setConfig({ testTimeout: 90_000 });

/** The folder, its drafts and its conflicts: real processes that are killed, real tabs that crash. */
let world: RealWorld;
let server: RealServer;
let count = 0;
/** The workspace of this test, and its policy. */
let name: string;
let policy: string;

beforeAll(async () => {
  world = await openRealWorld();
});

afterAll(async () => {
  const { complaints } = world;
  await world.close();
  // No error of ours, and nothing that the Content-Security-Policy had to stop.
  expect(complaints).toEqual([]);
});

afterEach(async () => {
  await server.kill();
  for (const page of world.context.pages().slice(1)) await page.close();
});

async function begin(): Promise<Page> {
  count += 1;
  name = `policies-${count}`;
  policy = `${name}/${examplePolicy}`;
  await world.init(name);
  server = await world.open(name);
  return world.tab(server.address);
}

/** `from` becomes `to` in the open file, by keyboard alone. */
async function change(page: Page, from: string, to: string): Promise<void> {
  await selectInEditor(page, from);
  await page.keyboard.type(to);
}

const theirs = async (from: string, to: string) =>
  world.write(policy, (await world.read(policy)).replace(from, to));
const drafts = () => world.drafts(name);
const line = (page: Page, text: RegExp) => page.locator('.monaco-editor .view-line', { hasText: text });
const banner = (page: Page) => page.getByRole('region', { name: 'Drafts that were brought back' });
const conflict = (page: Page) => page.getByRole('alertdialog');
const allSaved = (page: Page) => page.getByText('All saved').waitFor();

describe('a conflict', () => {
  async function conflicted(): Promise<Page> {
    const page = await begin();
    await change(page, 'value: 8', 'value: 10');
    await theirs('Do not bill this line.', 'Ask the provider first.');
    await page.getByRole('button', { name: 'Changed on disk: compare' }).waitFor();
    await page.keyboard.press('Control+s');
    await conflict(page).waitFor();
    return page;
  }

  test('mine is kept', async () => {
    const page = await conflicted();
    await conflict(page).getByRole('button', { name: 'Keep mine' }).click();
    await allSaved(page);
    expect(await world.read(policy)).toMatch(/value: 10[^]*Do not bill this line/);
  });

  test('theirs is taken, and undo brings mine back', async () => {
    const page = await conflicted();
    await conflict(page).getByRole('button', { name: 'Take the version on disk' }).click();
    await allSaved(page);
    expect(await world.read(policy)).toMatch(/value: 8[^]*Ask the provider first/);
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Control+z');
    await line(page, /value:\s10/).waitFor();
    await expect.poll(drafts).toHaveLength(1);
  });

  test('both are merged by hand and saved, by keyboard alone', async () => {
    const page = await conflicted();
    const save = conflict(page).getByRole('button', { name: 'Save the merged text' });
    expect(await save.isDisabled()).toBe(true);
    const mine = conflict(page).getByRole('textbox', { name: 'Your version' });
    await mine.waitFor();
    // My change is the first difference, theirs the second: I take the second.
    await conflict(page).getByRole('button', { name: 'Next difference' }).focus();
    await page.keyboard.press('Enter');
    await conflict(page).getByRole('button', { name: 'Next difference' }).focus();
    await page.keyboard.press('Enter');
    await conflict(page).getByRole('button', { name: 'Take this one from the disk' }).focus();
    await page.keyboard.press('Enter');
    await conflict(page).getByText('Merged by you, not saved').waitFor();
    // And a word of my own; Tab leads out of the text again.
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# merged');
    await page.keyboard.press('Tab');
    await save.focus();
    await page.keyboard.press('Enter');
    await allSaved(page);
    expect(await world.read(policy)).toMatch(/value: 10[^]*Ask the provider first[^]*# merged/);
    await expect.poll(drafts).toEqual([]);
  });

  test('what was merged half survives deciding later, and a crash', async () => {
    const page = await conflicted();
    const mine = conflict(page).getByRole('textbox', { name: 'Your version' });
    await mine.waitFor();
    await mine.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# half');
    await expect.poll(drafts).toEqual([expect.stringContaining('# half')]);
    await page.keyboard.press('Escape');
    await conflict(page).waitFor({ state: 'detached' });
    await crash(page);

    const again = await world.tab(server.address);
    await banner(again).getByText('changed on disk meanwhile').waitFor();
    await banner(again)
      .getByRole('button', { name: /^Compare/ })
      .click();
    await conflict(again).getByRole('button', { name: 'Keep mine' }).click();
    await allSaved(again);
    expect(await world.read(policy)).toMatch(/value: 10[^]*# half/);
  });

  test('several come one after the other; a file removed on disk is written again', async () => {
    const page = await begin();
    await change(page, 'value: 8', 'value: 10');
    const source = `${name}/rules/sources/example-manual.source.yaml`;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Manual of Example Health');
    await page
      .getByRole('option', { name: /Manual of Example Health/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'Manual of Example Health' }).waitFor();
    await change(page, '8 minutes', '9 minutes');
    await theirs('value: 8', 'value: 9');
    await rm(world.at(source));
    await page.getByRole('button', { name: 'Changed on disk: compare' }).waitFor();
    await expect.poll(drafts).toHaveLength(2);

    await page.keyboard.press('Control+s');
    await conflict(page)
      .getByText(/^Conflict 1 of 2\. /)
      .waitFor();
    await conflict(page).getByRole('button', { name: 'Keep mine' }).click();
    await conflict(page)
      .getByRole('heading', { name: '“Manual of Example Health” was removed on disk' })
      .waitFor();
    await conflict(page).getByRole('button', { name: 'Write mine again' }).click();
    await allSaved(page);
    expect([await world.read(policy), await world.read(source)]).toEqual([
      expect.stringContaining('value: 10'),
      expect.stringContaining('9 minutes'),
    ]);
    await expect.poll(drafts).toEqual([]);
  });

  test('a renamed folder: the open file follows, and what is unsaved goes along', async () => {
    const page = await begin();
    await page.getByText('rules/example-health/example-time/2024-01-01.policy.yaml').first().waitFor();
    await rename(world.at(`${name}/rules/example-health`), world.at(`${name}/rules/renamed`));
    await page.getByText('rules/renamed/example-time/2024-01-01.policy.yaml').first().waitFor();

    await change(page, 'value: 8', 'value: 10');
    await rename(world.at(`${name}/rules/renamed`), world.at(`${name}/rules/again`));
    await page.getByRole('button', { name: 'Changed on disk: compare' }).click();
    await conflict(page)
      .getByText(/is now at rules\/again\/example-time/)
      .waitFor();
    await conflict(page).getByRole('button', { name: 'Take my changes there' }).click();
    await page.getByText('rules/again/example-time/2024-01-01.policy.yaml').first().waitFor();
    await page.keyboard.press('Control+s');
    await allSaved(page);
    expect(await world.read(`${name}/rules/again/example-time/2024-01-01.policy.yaml`)).toContain(
      'value: 10',
    );
  });
});

/** The renderer goes, as when the system runs out of memory: no event is heard, nothing can be said. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  await page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
}

describe('what was typed and not saved', () => {
  test('survives a tab that crashes, and can be kept', async () => {
    const page = await begin();
    await change(page, 'value: 8', 'value: 10');
    await expect.poll(drafts).toEqual([expect.stringContaining('value: 10')]);
    await crash(page);

    const again = await world.tab(server.address);
    await banner(again)
      .getByText(/^1 unsaved draft from \d\d:\d\d was brought back\.$/)
      .waitFor();
    await line(again, /value:\s10/).waitFor();
    await again.getByText(/of 5 changed/).waitFor();
    expect(await world.read(policy)).toContain('value: 8');
    await banner(again).getByRole('button', { name: /^Keep/ }).click();
    await banner(again).waitFor({ state: 'detached' });
    await again.keyboard.press('Control+s');
    await allSaved(again);
    expect(await world.read(policy)).toContain('value: 10');
    await expect.poll(drafts).toEqual([]);
  });

  test('survives the server that is killed, and can be compared and thrown away, by keyboard alone', async () => {
    const page = await begin();
    await change(page, 'value: 8', 'value: 10');
    await expect.poll(drafts).toHaveLength(1);
    await server.kill();
    await page.getByText(/Changes that others make may not appear here for now/).waitFor();

    server = await world.open(name);
    const again = await world.tab(server.address);
    await banner(again)
      .getByRole('button', { name: /^Compare/ })
      .focus();
    await again.keyboard.press('Enter');
    await again.getByRole('tab', { name: 'Changes', selected: true }).waitFor();
    await banner(again)
      .getByRole('button', { name: /^Throw away/ })
      .focus();
    await again.keyboard.press('Enter');
    await banner(again).getByRole('button', { name: 'Throw it away' }).focus();
    await again.keyboard.press('Enter');
    await allSaved(again);
    await expect.poll(drafts).toEqual([]);
    await again.keyboard.press('Alt+2');
    await line(again, /value:\s8/).waitFor();
  });

  test('is kept at once, and survives a reload and a tab closed without a word', async () => {
    const page = await begin();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await selectInEditor(page, 'value: 8');
    const kept = page.waitForResponse((answer) => answer.url().includes('/api/draft?'));
    await page.keyboard.type('v');
    const typed = Date.now();
    expect((await kept).status()).toBe(200);
    // 100 ms of waiting for more and the way to the disk; the rest is room for a busy machine.
    expect(Date.now() - typed).toBeLessThan(1000);
    await page.keyboard.type('alue: 10');
    await expect.poll(drafts).toEqual([expect.stringContaining('value: 10')]);
    // The page hears a moment later that it is kept.
    await page.waitForTimeout(300);

    await page.reload();
    await ready(page);
    await banner(page).waitFor();
    await line(page, /value:\s10/).waitFor();
    await page.waitForTimeout(300);
    await page.close({ runBeforeUnload: true });
    const again = await world.tab(server.address);
    await line(again, /value:\s10/).waitFor();
    expect(asked, 'leaving needs no question').toEqual([]);
  });

  test('where it cannot be kept, that is said, and leaving asks', async () => {
    const page = await begin();
    await world.write(`${name}/.proviso`, 'a file in the way');
    await change(page, 'value: 8', 'value: 10');
    await page.getByText(/What you type is not safe from a crash for now: save often\./).waitFor();
    const question = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    expect((await question).type()).toBe('beforeunload');
    await (await question).dismiss();
    await rm(world.at(`${name}/.proviso`));
    await expect.poll(drafts, { timeout: 5000 }).toHaveLength(1);
    await page.getByText(/What you type is not safe/).waitFor({ state: 'detached' });
  });
});

describe('two tabs on one folder', () => {
  test('what one saves appears in the other, and neither takes the drafts of the other', async () => {
    const one = await begin();
    await change(one, 'value: 8', 'value: 10');
    await expect.poll(drafts).toHaveLength(1);
    const two = await world.tab(server.address);
    await line(two, /value:\s8/).waitFor();
    expect(await banner(two).count()).toBe(0);
    await one.keyboard.press('Control+s');
    await allSaved(one);
    await line(two, /value:\s10/).waitFor();
    await allSaved(two);

    // Both at once: the second is told of the conflict, and loses nothing.
    await change(one, 'value: 10', 'value: 11');
    await change(two, 'value: 10', 'value: 12');
    await expect.poll(drafts).toHaveLength(2);
    await one.bringToFront();
    await one.keyboard.press('Control+s');
    await allSaved(one);
    await two.getByRole('button', { name: 'Changed on disk: compare' }).waitFor();
    await line(two, /value:\s12/).waitFor();
  });

  test('eight tabs: the last one saves, and the first one shows it', async () => {
    const first = await begin();
    let last = first;
    for (let count = 2; count <= 8; count += 1) last = await world.tab(server.address);
    await change(last, 'value: 8', 'value: 10');
    await expect.poll(drafts).toHaveLength(1);
    await last.keyboard.press('Control+s');
    await allSaved(last);
    await line(first, /value:\s10/).waitFor();
    await first.bringToFront();
    await change(first, 'value: 10', 'value: 11');
    await first.keyboard.press('Control+s');
    await allSaved(first);
    await line(last, /value:\s11/).waitFor();
  });

  test('a duplicated tab has a name of its own', async () => {
    const one = await begin();
    const [two] = await Promise.all([
      world.context.waitForEvent('page'),
      // A tab that is opened by another one begins with its session.
      one.evaluate(() => void window.open(location.href)),
    ]);
    await ready(two);
    const tabOf = (page: Page) => page.evaluate(() => sessionStorage.getItem('proviso.tab'));
    expect(await tabOf(one)).toMatch(/^[\da-f-]{36}$/);
    expect(await tabOf(two)).not.toBe(await tabOf(one));
  });
});

describe('other folders', () => {
  test('are in the menu, open in a tab of their own by keyboard alone, and one that is gone is said', async () => {
    await begin();
    const [first] = [name];
    await server.kill();
    const page = await begin();
    await page.getByRole('button', { name: `Workspace ${name}. Other folders` }).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Folders' });
    await menu.getByRole('menuitem', { name: first }).waitFor();
    await expectAccessible(page, 'menu of folders');
    const [other] = await Promise.all([
      world.context.waitForEvent('page'),
      page.keyboard.type(first).then(() => page.keyboard.press('Enter')),
    ]);
    await ready(other);
    await other.getByRole('button', { name: `Workspace ${first}. Other folders` }).waitFor();
    expect(new URL(other.url()).origin).not.toBe(new URL(page.url()).origin);
    // Each saves into its own folder.
    await change(other, 'value: 8', 'value: 10');
    await other.keyboard.press('Control+s');
    await allSaved(other);
    expect(await world.read(`${first}/${examplePolicy}`)).toContain('value: 10');
    expect(await world.read(policy)).toContain('value: 8');
    await other.close();

    await mkdir(world.at('away'), { recursive: true });
    await rename(world.at(first), world.at(`away/${first}`));
    await page.getByRole('button', { name: `Workspace ${name}. Other folders` }).click();
    await menu.getByRole('menuitem', { name: first }).click();
    await page.getByText(`There is no folder ${world.at(first)} any more.`).waitFor();
  });
});

describe('safety in a real browser', () => {
  test('no text becomes a program, and nothing is asked of any other place', async () => {
    const page = await begin();
    const tried = await page.evaluate(async () => {
      const outcome = async (action: () => unknown) => {
        try {
          return `done: ${String(await action())}`;
        } catch (error) {
          return (error as Error).name;
        }
      };
      // The hand that reaches in from outside may do what the page may not, until the page has had its turn.
      await new Promise((resolve) => setTimeout(resolve));
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.inlineRan = true';
      document.body.append(inline);
      return {
        // oxlint-disable no-eval typescript/no-implied-eval -- That they are refused is what is shown.
        eval: await outcome(() => (0, eval)('1 + 1')),
        function: await outcome(() => new Function('return 2')()),
        inline: 'inlineRan' in globalThis,
        fetch: await outcome(() => fetch('http://127.0.0.1:9/')),
        blobWorker: await outcome(
          () =>
            new Promise((resolve, reject) => {
              const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
              worker.addEventListener('message', () => resolve('ran'));
              worker.addEventListener('error', () => reject(new DOMException('refused', 'Refused')));
            }),
        ),
      };
    });
    expect(tried).toEqual({
      eval: 'EvalError',
      function: 'EvalError',
      inline: false,
      fetch: 'TypeError',
      blobWorker: 'Refused',
    });
    world.forgive();
  });

  test('another page of this machine, in the same browser, changes nothing and reads nothing', async () => {
    const page = await begin();
    const { origin } = new URL(page.url());
    const before = await world.read(policy);
    const stranger = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html');
      answer.end('<!doctype html><title>Stranger</title><body>');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const other = await world.context.newPage();
      await other.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
      // It has the cookie of the workbench: cookies are shared between the ports of a machine.
      const seen = await other.evaluate(
        async ({ origin, path }) => {
          const body = JSON.stringify({ text: 'stolen', expectedVersion: null });
          const address = `${origin}/api/file?path=${path}`;
          const mark = { 'x-proviso': '1' };
          const tries = [
            () => fetch(`${origin}/api/files`, { credentials: 'include' }),
            () => fetch(`${origin}/api/files`, { credentials: 'include', mode: 'no-cors' }),
            () => fetch(address, { method: 'PUT', body, headers: mark, credentials: 'include' }),
            () =>
              fetch(`${origin}/api/folders/open?id=x`, {
                method: 'POST',
                body,
                credentials: 'include',
                mode: 'no-cors',
              }),
            () => fetch(`${origin}/api/drafts`, { credentials: 'include' }),
          ];
          const texts: string[] = [];
          for (const attempt of tries) {
            texts.push(
              await attempt().then(
                (answer) => answer.text(),
                (error: Error) => error.name,
              ),
            );
          }
          const frame = document.createElement('iframe');
          frame.src = `${origin}/`;
          document.body.append(frame);
          await new Promise((resolve) => frame.addEventListener('load', resolve));
          texts.push(frame.contentDocument === null ? 'closed' : 'open');
          return texts;
        },
        { origin, path: examplePolicy },
      );
      expect(seen).toEqual([...Array.from({ length: 5 }, () => 'TypeError'), 'closed']);
      expect(await world.read(policy)).toBe(before);
    } finally {
      stranger.close();
      stranger.closeAllConnections();
    }
    world.forgive();
  });
});

test('axe finds nothing: drafts brought back, a conflict, several', async () => {
  const page = await begin();
  await change(page, 'value: 8', 'value: 10');
  await expect.poll(drafts).toHaveLength(1);
  await crash(page);
  await theirs('value: 8', 'value: 9');
  const again = await world.tab(server.address);
  await banner(again).waitFor();
  await expectAccessible(again, 'drafts');
  await banner(again)
    .getByRole('button', { name: /^Throw away/ })
    .click();
  await expectAccessible(again, 'throwing away');
  await banner(again).getByRole('button', { name: /^No$/ }).click();
  await banner(again)
    .getByRole('button', { name: /^Compare/ })
    .click();
  await conflict(again).getByRole('textbox', { name: 'Your version' }).waitFor();
  for (const theme of ['light', 'dark', 'contrast']) {
    await again.evaluate((chosen) => void (document.documentElement.dataset['theme'] = chosen), theme);
    await expectAccessible(again, `conflict, ${theme}`);
  }
});
