import { expect, test } from 'vitest';

import { planRecovery } from './recovery.ts';

/** `tab path text minute`, and `+` for one that the store says is in use. */
function found(line: string) {
  const [tab, path, text, minute, mark] = line.split(' ') as [string, string, string, string, string?];
  return { tab, path, text, base: null, at: `2026-11-24T11:${minute}:00.000Z`, inUse: mark === '+' };
}

const shown = ({ tab, path, text }: { tab: string; path: string; text: string }) => `${tab} ${path} ${text}`;

test.each([
  ['nothing', [], [], []],
  ['of a tab that is gone', ['gone a typed 02'], ['gone a typed'], []],
  ['of this tab, after a reload', ['own a typed 02'], ['own a typed'], []],
  ['of a tab that is open', ['open a typed 02'], [], []],
  ['of a tab that the store knows to be open', ['gone a typed 02 +'], [], []],
  ['of this tab, whose last page the store still takes for open', ['own a typed 02 +'], ['own a typed'], []],
  ['what is on disk already', ['gone a disk 02', 'gone b typed 02'], ['gone b typed'], ['gone a disk']],
  ['of two tabs that are gone, the newer', ['g1 a old 02', 'g2 a new 03'], ['g2 a new'], []],
  [
    'of two tabs that are gone, the newer, in the other order',
    ['g1 a new 03', 'g2 a old 02'],
    ['g1 a new'],
    [],
  ],
  ['this tab before any other', ['gone a new 03', 'own a old 02'], ['own a old'], []],
  ['this tab before any other, in the other order', ['own a old 02', 'zone a new 03'], ['own a old'], []],
  ['of several files each', ['g1 a one 02', 'g2 b two 03'], ['g1 a one', 'g2 b two'], []],
])('%s', (_, lines, drafts, done) => {
  const texts = new Map([
    ['a', 'disk'],
    ['b', 'disk of b'],
  ]);
  const plan = planRecovery(lines.map(found), 'own', new Set(['own', 'open']), texts);
  expect([plan.drafts.map(shown), plan.done.map(shown)]).toEqual([drafts, done]);
});
