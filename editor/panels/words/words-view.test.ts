import { expect, test } from 'vitest';

import type { PolicyWords, Sentence } from '#engine';

import { wordsPage } from './words-view.ts';

const place = { path: 'p', from: 0, to: 1, line: 3, column: 1, endLine: 3, endColumn: 2, yamlPath: '' };
const sentence: Sentence = { role: 'rule', runs: [{ kind: 'text', text: 'Do it.' }], items: [], place };
const rule = (id: string) => ({ rule: id, title: id, sentences: [sentence], place });

const words: PolicyWords = {
  id: 'p',
  title: 'P',
  place,
  lists: [],
  sections: [
    {
      id: 'head',
      title: 'What it is',
      paragraphs: [{ rule: null, title: null, sentences: [sentence], place }],
    },
    { id: 'rules', title: 'Rules', paragraphs: [rule('p/a'), rule('p/b'), rule('p/c')] },
  ],
};

test('each rule has its outcome in the chosen encounter, and the page says how many came out how', () => {
  const page = wordsPage(words, { 'p/a': 'met', 'p/b': 'violated', 'p/c': 'met' });
  expect(page.summary).toBe('1 not met, 2 met');
  expect(
    page.sections.map(({ title, paragraphs }) => [
      title,
      ...paragraphs.map((it) => `${it.key} ${it.outcome}`),
    ]),
  ).toEqual([
    [null, 'head.0 null'],
    ['Rules', 'p/a met', 'p/b violated', 'p/c met'],
  ]);
});

test('without an encounter nothing is marked', () => {
  const page = wordsPage(words, {});
  expect(page.summary).toBe(null);
  expect(page.sections[1]!.paragraphs.map(({ outcome }) => outcome)).toEqual([null, null, null]);
});
