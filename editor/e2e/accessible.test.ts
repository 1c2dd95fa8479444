import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import { walk } from './walk.ts';
import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

/** Everything that can be shown, for those who see little, see otherwise, or do not see at all. */
let open: OpenWorkbench | null = null;

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

/** What is wrong anywhere, each with the place where it was seen first. */
async function walkAndLook(look: (page: Page) => Promise<readonly string[]>): Promise<readonly string[]> {
  const found = new Map<string, string>();
  await walk(open!.page, async ({ kind, id }) => {
    for (const what of await look(open!.page)) if (!found.has(what)) found.set(what, `${kind} ${id}`);
  });
  return [...found].map(([what, where]) => `${where}: ${what}`);
}

const long = 300_000;

test(
  'axe finds nothing, and every control has a name',
  async () => {
    open = await openWorkbench();
    const found = await walkAndLook(async (page) => [...(await violations(page)), ...(await nameless(page))]);
    expect(found).toEqual([]);
  },
  long,
);

describe('every text can be read against what is behind it, and nothing is cut off or out of reach', () => {
  test.each([
    ['dark, in a window of 1280 by 720', { scheme: 'dark', width: 1280, height: 720 }],
    ['high contrast, light, at a zoom of 200 %', { contrast: 'more', width: 640, height: 360 }],
    ['high contrast, dark', { scheme: 'dark', contrast: 'more' }],
  ] as const)(
    '%s',
    async (_, options) => {
      open = await openWorkbench(options);
      // What the system asks for has arrived: black and white, not the usual greys.
      const ground = await open.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const plain = ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'];
      expect(plain.includes(ground)).toBe('contrast' in options);
      const look = async (page: Page) => [
        ...(await violations(page, ['color-contrast'])),
        ...(await outOfReach(page)),
      ];
      expect(await walkAndLook(look)).toEqual([]);
    },
    long,
  );
});

async function violations(page: Page, rules?: string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  if (rules) axe.withRules(rules);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** Roles of things that somebody must be able to name in order to use them. */
const named = new Set([
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'alertdialog',
  'grid',
  'link',
  'listbox',
  'menuitem',
  'option',
  'radio',
  'searchbox',
  'slider',
  'splitter',
  'switch',
  'tab',
  'tablist',
  'tabpanel',
  'textbox',
  'treegrid',
  'row',
]);

/** What a screen reader would call by its role alone, from the very tree that it is given. */
async function nameless(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const roleOf = (id: string | undefined) => String(byId.get(id ?? '')?.role?.value).toLowerCase();
  /** A row of a table that is only read has no name of its own: its cells are read with their headers. */
  const isRead = ({
    nodeId,
    role,
  }: {
    readonly nodeId: string;
    readonly role?: { readonly value?: unknown };
  }) => {
    if (String(role?.value).toLowerCase() !== 'row') return false;
    for (let at = byId.get(nodeId)?.parentId; at !== undefined; at = byId.get(at)?.parentId) {
      if (roleOf(at) === 'table') return true;
      if (roleOf(at).endsWith('grid')) return false;
    }
    return false;
  };
  return nodes
    .filter(({ ignored, role }) => !ignored && named.has(String(role?.value).toLowerCase()))
    .filter((node) => !isRead(node))
    .filter(({ name }) => String(name?.value ?? '').trim() === '')
    .map(({ role, nodeId }) => `a ${String(role?.value)} without a name (${nodeId})`);
}

/** Controls that cannot be brought into the window, or that something else lies over; and a page wider than its window. */
function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth + 1)
      found.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);
    const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')];
    const within: ParentNode = dialogs.at(-1) ?? document;
    const controls =
      'button, a[href], input, select, label, [role=tab], [role=option], [role=grid], [role=textbox]';
    for (const control of within.querySelectorAll<HTMLElement>(controls)) {
      // The text editor scrolls by itself, and has fields of its own that nobody sees.
      if (control.closest('.monaco-editor, .visually-hidden, [inert], [aria-hidden=true]')) continue;
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // A box to tick is drawn by its label; the field itself lies hidden in it.
      if (control.matches('input') && control.parentElement!.getBoundingClientRect().width <= 1) continue;
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
      // Fields that stand in for one that is drawn are a pixel large.
      if (width <= 1 || height <= 1) continue;
      const words = `${control.tagName.toLowerCase()} “${(control.getAttribute('aria-label') ?? control.textContent).trim().slice(0, 40)}”`;
      const [x, y] = [
        (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
        (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
      ];
      if (
        left < -1 ||
        right > innerWidth + 1 ||
        top < -1 ||
        (bottom > innerHeight + 1 && height < innerHeight)
      ) {
        found.push(`${words} does not fit: ${[left, top, right, bottom].map(Math.round).join(' ')}`);
        continue;
      }
      const hit = document.elementFromPoint(x, y);
      if (
        !hit ||
        !(control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control))
      ) {
        found.push(`${words} lies under ${hit?.className.toString() ?? 'nothing'}`);
      }
    }
    return found;
  });
}
