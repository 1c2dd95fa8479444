import { expect, test } from 'vitest';

import { commandOf, commands, keyWords } from './commands.ts';

const press = (code: string, key: string, ...held: readonly ('ctrl' | 'meta' | 'alt' | 'shift')[]) => ({
  code,
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
});

test('every command has an id and a key of its own', () => {
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
  const keys = commands.flatMap((command) => command.key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ['Ctrl+S elsewhere', press('KeyS', 's', 'ctrl'), false, 'save'],
  ['Cmd+S on a Mac', press('KeyS', 's', 'meta'), true, 'save'],
  ['Ctrl+S on a Mac belongs to the editor', press('KeyS', 's', 'ctrl'), true, undefined],
  ['Option+C types a letter of its own on a Mac', press('KeyC', 'ç', 'alt'), true, 'show-changed'],
  ['the letter alone is typing', press('KeyS', 's'), false, undefined],
])('%s', (_, key, mac, id) => {
  expect(commandOf(key, mac)?.id).toBe(id);
});

test('keys are shown as the keyboard at hand has them', () => {
  expect(keyWords('Mod+S', false)).toBe('Ctrl+S');
  expect(keyWords('Mod+S', true)).toBe('⌘S');
});
