import { expect, test } from 'vitest';

import { createWorkspace, fileForm } from '#engine';
import type { PolicyForm } from '#engine';

import { placesIn, shared } from './share.ts';

const rule = (id: string, title: string) =>
  `  - id: ${id}\n    title: ${title}\n    when: { line.code: 97530 }\n    then: deny\n`;
const text = (title: string) =>
  `policy: a\ntitle: ${title}\nkind: billing\neffective: { from: 2024-01-01 }\nrules:\n${rule('one', 'One')}${rule('two', 'Two')}`;
const path = 'rules/a.policy.yaml';
const formOf = (content: string) => fileForm(createWorkspace([{ path, text: content }]), path) as PolicyForm;

test('a change leaves the parts that say the same as they are, though they have moved', () => {
  const before = formOf(text('A'));
  const after = formOf(text('A longer title'));
  expect(after.rules[1]!.at).not.toEqual(before.rules[1]!.at);
  const together = shared(before, after);
  expect(together.title.text).toBe('A longer title');
  expect(together.rules).toBe(before.rules);
  expect(together.problems).toBe(before.problems);
});

test('a changed rule is new, its neighbour is not', () => {
  const before = formOf(text('A'));
  const together = shared(before, formOf(text('A').replace('Two', 'Changed')));
  expect(together.rules[0]).toBe(before.rules[0]);
  expect(together.rules[1]!.title.text).toBe('Changed');
  expect(together.rules[1]!.when).toBe(before.rules[1]!.when);
});

test('what was not there and is now counts as changed', () => {
  const before = formOf(text('A'));
  const together = shared(before, formOf(text('A').replace('kind:', 'remark: x\nkind:')));
  expect(together.remark.at).not.toBe(null);
});

test('places are those of the newest form', () => {
  const content = text('A longer title');
  const places = placesIn(formOf(content));
  const at = (key: string) => content.slice(places.get(key)!.from, places.get(key)!.to);
  expect([at('rules[1].title'), at('rules[0].when.line.code')]).toEqual(['Two', 'line.code']);
});
