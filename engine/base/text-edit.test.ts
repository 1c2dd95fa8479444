import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { TextEdit } from './text-edit.ts';
import { applyTextEdits, composeEdits, editBetween } from './text-edit.ts';

test('edits are of the text before, whatever their order', () => {
  const edits = [
    { from: 6, to: 11, text: 'there' },
    { from: 0, to: 1, text: 'H' },
    { from: 11, to: 11, text: '!' },
  ];
  expect(applyTextEdits('hello world', edits)).toBe('Hello there!');
});

test('edits that overlap or leave the text are refused', () => {
  const two = [
    { from: 0, to: 3, text: 'a' },
    { from: 2, to: 4, text: 'b' },
  ];
  expect(() => applyTextEdits('hello', two)).toThrow('overlaps');
  expect(() => applyTextEdits('hello', [{ from: 4, to: 6, text: '' }])).toThrow('leaves the text');
});

test.each([
  ['value: 8', 'value: 10', { from: 7, to: 8, text: '10' }],
  ['aa', 'aaa', { from: 2, to: 2, text: 'a' }],
  ['aaa', 'aa', { from: 2, to: 3, text: '' }],
  ['same', 'same', null],
])('between %j and %j', (before, after, edit) => {
  expect(editBetween(before, after)).toEqual(edit);
});

test('the edit between two texts makes the one of the other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' '), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = editBetween(before, after);
      expect(applyTextEdits(before, edit ? [edit] : [])).toBe(after);
    }),
  );
});

test('two steps as one', () => {
  const step = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 3 })), { maxLength: 4 });
  const fit = (text: string, random: readonly (readonly [number, number, string])[]): readonly TextEdit[] => {
    let at = 0;
    return random.flatMap(([skip, length, inserted]) => {
      const from = at + (skip % 5);
      const to = from + length;
      if (to > text.length) return [];
      at = to;
      return [{ from, to, text: inserted }];
    });
  };
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), step, step, (text, one, two) => {
      const first = fit(text, one);
      const between = applyTextEdits(text, first);
      const second = fit(between, two);
      const both = composeEdits(first, second);
      expect(applyTextEdits(text, both)).toBe(applyTextEdits(between, second));
      expect(both.every((edit, index) => index === 0 || edit.from > both[index - 1]!.to)).toBe(true);
    }),
  );
});
