import type { Day } from '#engine';
import { dayOf } from '#engine';

import type { Memory } from './memory.ts';
import { answer } from './answer.ts';
import type { Answer, Question } from './protocol.ts';

/** The thread that judges, so that the page never waits for a verdict. */
let memory: Memory | null = null;

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const begin = performance.now();
  try {
    const result = answer(memory, data, today());
    memory = result.memory;
    const milliseconds = performance.now() - begin;
    reply(result.answer.kind === 'judged' ? { ...result.answer, milliseconds } : result.answer);
  } catch (error) {
    // A defect of ours: it is shown, the memory stays what it was, and the next question is answered.
    reply({ kind: 'failed', seq: data.seq, message: `This could not be judged: ${String(error)}` });
  }
});

/** The author's own calendar decides which known gaps have expired. */
function today(): Day {
  const now = new Date();
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

function reply(message: Answer): void {
  self.postMessage(message);
}
