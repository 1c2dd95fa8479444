import { expect, test } from 'vitest';
import { createProgress, durationWords, progressWords } from './progress.ts';

test.each([
  [0, 0, 0, 0, '0 %, 0 encounters, 0 a second'],
  [0.42, 42_000, 42_000, 2, '42 %, 42,000 encounters, 21,000 a second, about 3 s left'],
  // Gone on with: what was counted before says nothing of the speed.
  [0.5, 10_000, 500_000, 10, '50 %, 500,000 encounters, 1,000 a second, about 8 min 20 s left'],
  [0.999, 10, 9_990, 10, '99 %, 9,990 encounters, 1 a second, about 10 s left'],
])('%d done, %d of %d counted in %d s', (share, counted, inAll, seconds, words) => {
  expect(progressWords(share, counted, inAll, seconds)).toBe(words);
});

test.each([
  [0.2, '1 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [3_600 * 2 + 60 * 3, '2 h 3 min'],
])('%d seconds', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

/** What is written when a step is told each 200 ms for 12 seconds. */
function written(isTerminal: boolean): string {
  let [text, now] = ['', 0];
  const progress = createProgress({ write: (more) => void (text += more) }, isTerminal, () => now);
  for (; now <= 12_000; now += 200) progress.at(now, 24_000, now, now);
  progress.end();
  return text;
}

test('where somebody looks on, a bar is drawn over itself and taken away', () => {
  const draws = written(true).split('\r\u001b[2K');
  expect(draws.length).toBeGreaterThan(50);
  expect(draws.at(-2)).toBe(
    '[############------------] 50 %, 12,000 encounters, 1,000 a second, about 12 s left',
  );
  expect(draws.at(-1)).toBe('');
});

test('elsewhere there is a line now and then', () => {
  expect(written(false)).toBe('41 %, 10,000 encounters, 1,000 a second, about 14 s left\n');
});
