import { expect, test } from 'vitest';

import type { FormChange } from '#engine';

import { createChangeQueue } from './change-queue.ts';

const set = (name: string, value: string): FormChange => ({ kind: 'set', path: [name], value });

/** A queue whose batches are answered by hand. */
function openQueue() {
  const sent: string[] = [];
  const shown: string[] = [];
  const answers: (() => void)[] = [];
  const queue = createChangeQueue(
    (changes) => {
      const batch = changes
        .map((change) =>
          change.kind === 'set' ? `${change.path.join()}=${String(change.value)}` : change.kind,
        )
        .join(' ');
      sent.push(batch);
      return new Promise<string>((resolve) => answers.push(() => resolve(batch)));
    },
    (state) => shown.push(state),
  );
  const answer = async () => {
    answers.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, sent, shown, answer };
}

test('one batch is on its way; of what is typed meanwhile the last value of each field goes next', async () => {
  const { queue, sent, shown, answer } = openQueue();
  queue.add(set('minutes', '1'));
  queue.add(set('minutes', '12'));
  queue.add(set('minutes', '123'));
  queue.add({ kind: 'add-line' });
  queue.add(set('units', '2'));
  expect(sent).toEqual(['minutes=1']);
  await answer();
  expect(sent).toEqual(['minutes=1', 'minutes=123 add-line units=2']);
  await answer();
  expect(shown).toEqual(['minutes=1', 'minutes=123 add-line units=2']);
});

test('to look again is a batch without a change, and not asked twice', async () => {
  const { queue, sent, answer } = openQueue();
  queue.refresh();
  queue.refresh();
  queue.refresh();
  await answer();
  await answer();
  expect(sent).toEqual(['', '']);
});
