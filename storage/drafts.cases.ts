// oxlint-disable vitest/valid-title -- the suite is named for the backend it is run with.
import { afterEach, describe, expect, test } from 'vitest';
import { maxFileBytes } from './content.ts';
import { maxDrafts } from './drafts.ts';
import type { Draft, DraftStore } from './drafts.ts';
import { codeOf } from './storage.cases.ts';

export interface DraftWorld {
  readonly drafts: DraftStore;
  /** The same drafts after a crash of everything that can crash with this backend. */
  readonly again: () => Promise<DraftStore>;
  readonly close: () => Promise<void>;
}

export const someDraft: Draft = {
  tab: 'tab-one-1',
  path: 'rules/a.yaml',
  text: 'typed',
  base: 'a'.repeat(64),
  at: '2026-11-24T11:02:00.000Z',
};

/** What every backend must do alike. */
export function behavesLikeDraftStore(name: string, openWorld: () => Promise<DraftWorld>): void {
  describe(name, () => {
    const worlds: DraftWorld[] = [];
    async function world(): Promise<DraftWorld> {
      const opened = await openWorld();
      worlds.push(opened);
      return opened;
    }
    afterEach(async () => {
      for (const opened of worlds.splice(0)) await opened.close();
    });

    const found = (draft: Draft) => ({ ...draft, inUse: false });

    test('none at first', async () => {
      const { drafts } = await world();
      expect(await drafts.load()).toEqual([]);
    });

    test('what was put is there, whole, also after a crash', async () => {
      const { drafts, again } = await world();
      await drafts.put(someDraft);
      expect(await drafts.load()).toEqual([found(someDraft)]);
      expect(await (await again()).load()).toEqual([found(someDraft)]);
    });

    test('the last text stands, in the order of the paths and the tabs', async () => {
      const { drafts, again } = await world();
      const b = { ...someDraft, path: 'rules/b.yaml', base: null };
      const two = { ...someDraft, tab: 'tab-two-2' };
      for (const draft of [b, two, { ...someDraft, text: 'first' }, someDraft]) await drafts.put(draft);
      const all = [someDraft, two, b].map(found);
      expect(await drafts.load()).toEqual(all);
      expect(await (await again()).load()).toEqual(all);
    });

    test('put many times at once, the last stands', async () => {
      const { drafts } = await world();
      const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
      await Promise.all(texts.map((text) => drafts.put({ ...someDraft, text })));
      expect(await drafts.load()).toEqual([found({ ...someDraft, text: 'text 19' })]);
    });

    test('removed: that of this tab and this file alone, also after a crash', async () => {
      const { drafts, again } = await world();
      const b = { ...someDraft, path: 'rules/b.yaml' };
      const two = { ...someDraft, tab: 'tab-two-2' };
      for (const draft of [someDraft, b, two]) await drafts.put(draft);
      await drafts.remove(someDraft.tab, someDraft.path);
      expect(await drafts.load()).toEqual([two, b].map(found));
      const after = await again();
      expect(await after.load()).toEqual([two, b].map(found));
      await after.remove(someDraft.tab, someDraft.path);
      await after.remove('tab-none', 'testcases/none.yaml');
      expect(await after.load()).toEqual([two, b].map(found));
    });

    test.each([
      ['an empty text', ''],
      ['Windows line breaks and no last one', 'a: 1\r\nb'],
      ['a byte order mark, a NUL', '\ufeffa\0'],
      ['more than ASCII', 'ä: "🦴 ≥ 8 min"\n'],
      ['the largest size', '"'.repeat(maxFileBytes)],
    ])('kept to the letter: %s', async (_, text) => {
      const { drafts, again } = await world();
      await drafts.put({ ...someDraft, text });
      const [kept] = await (await again()).load();
      // Not `toBe`, which would print a million letters.
      expect([kept!.text.length, kept!.text === text]).toEqual([text.length, true]);
    });

    test.each([
      ['a path that leads out', { path: '../x.yaml' }, 'unsafe-path'],
      ['an absolute path', { path: '/etc/x.yaml' }, 'unsafe-path'],
      ['a backslash', { path: 'rules\\x.yaml' }, 'unsafe-path'],
      ['a NUL', { path: 'rules/x\0.yaml' }, 'unsafe-path'],
      ['a file that is not of the workspace', { path: 'package.json' }, 'not-a-workspace-file'],
      ['another case', { path: 'Rules/a.yaml' }, 'not-a-workspace-file'],
      ['a hidden file', { path: '.proviso/drafts/a.yaml' }, 'not-a-workspace-file'],
      ['no tab', { tab: '' }, 'unsafe-path'],
      ['a tab that leads out', { tab: '../../../tab' }, 'unsafe-path'],
      ['a tab with a NUL', { tab: 'tab-one\0-' }, 'unsafe-path'],
      ['a tab with a dot', { tab: 'tab.one.two' }, 'unsafe-path'],
      ['a tab of one more letter', { tab: 'x'.repeat(65) }, 'unsafe-path'],
      ['a text too large', { text: 'ä'.repeat(maxFileBytes / 2 + 1) }, 'too-large'],
      ['half a character', { text: 'a\ud83e' }, 'not-utf8'],
      ['a version that is none', { base: '../x' }, 'failed'],
      ['a time that is none', { at: 'soon' }, 'failed'],
    ])('refused, and nothing is kept: %s', async (_, change, code) => {
      const { drafts } = await world();
      expect(await codeOf(drafts.put({ ...someDraft, ...change }))).toBe(code);
      expect(await drafts.load()).toEqual([]);
    });

    test('what names no draft cannot be removed', async () => {
      const { drafts } = await world();
      expect(await codeOf(drafts.remove('../../tab', someDraft.path))).toBe('unsafe-path');
      expect(await codeOf(drafts.remove(someDraft.tab, '../x.yaml'))).toBe('unsafe-path');
      expect(await codeOf(drafts.remove(someDraft.tab, 'package.json'))).toBe('not-a-workspace-file');
    });

    test('a path longer than the system allows for a name', async () => {
      const { drafts } = await world();
      const long = { ...someDraft, path: `rules/${'x'.repeat(1000)}.yaml` };
      await drafts.put(long);
      expect(await drafts.load()).toEqual([found(long)]);
    });

    test('no more than there can be; one that is there can still change and go', async () => {
      const { drafts } = await world();
      const nth = (index: number) => ({ ...someDraft, path: `rules/${index}.yaml` });
      for (let index = 0; index < maxDrafts; index += 1) await drafts.put(nth(index));
      expect(await codeOf(drafts.put(nth(maxDrafts)))).toBe('failed');
      await drafts.put({ ...nth(1), text: 'changed' });
      await drafts.remove(someDraft.tab, nth(0).path);
      await drafts.put(nth(maxDrafts));
      expect(await drafts.load()).toHaveLength(maxDrafts);
    });
  });
}
