import { dayOf } from '#engine';

import { createAnswering } from './answering.ts';
import type { Question } from './protocol.ts';

/** The thread that judges, so that the page never waits for a verdict. */
const receive = createAnswering({
  reply: (answer) => self.postMessage(answer),
  now: () => performance.now(),
  pause: nextTask,
  today() {
    const now = new Date();
    return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
  },
});

self.addEventListener('message', ({ data }: MessageEvent<Question>) => receive(data));

/** A message to oneself comes after those that are already there, and sooner than any timer. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
