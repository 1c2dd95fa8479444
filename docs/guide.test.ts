import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { editorKeys } from '../editor/panels/keys/editor-keys.ts';
import { commands } from '../editor/session/commands.ts';

const guide = readFileSync(path.join(import.meta.dirname, 'guide.md'), 'utf8');

test('every key that the guide names does something', () => {
  const keys = new Set(
    [...commands, ...editorKeys].flatMap(({ key }) => (key === null ? [] : [key.replace('Mod+', 'Ctrl+')])),
  );
  const named = [...guide.matchAll(/`((?:(?:Ctrl|Alt|Shift)\+)+[^`]+|F\d+)`/g)].map(([, key]) => key!);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((key) => !keys.has(key))).toEqual([]);
});

test('every picture and every task of the guide is there', () => {
  const pictures = [...guide.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, to]) => to!);
  expect(pictures.filter((to) => !existsSync(path.join(import.meta.dirname, to)))).toEqual([]);

  const headings = [...guide.matchAll(/^## (.+)$/gm)].map(([, title]) => anchorOf(title!));
  const listed = [...guide.matchAll(/^\d+\. \[[^\]]+\]\(#([^)]+)\)$/gm)].map(([, to]) => to!);
  expect(listed).toEqual(headings);
});

/** As forges make it of a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
