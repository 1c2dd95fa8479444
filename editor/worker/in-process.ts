import type { Day } from '#engine';

import { answer } from './answer.ts';
import type { Port } from './client.ts';
import type { Memory } from './memory.ts';
import type { Answer, Question } from './protocol.ts';

/** The worker without a thread of its own, for tests: it answers in the next microtask, and `onQuestion` sees what it is asked. */
export function inProcess(today: Day, onQuestion: (question: Question) => void = () => undefined): Port {
  let memory: Memory | null = null;
  let listener: (event: { readonly data: Answer }) => void = () => undefined;
  return {
    addEventListener: (_, given) => {
      listener = given;
    },
    postMessage(question) {
      onQuestion(question);
      queueMicrotask(() => {
        const result = answer(memory, question, today);
        memory = result.memory;
        listener({
          data: result.answer.kind === 'judged' ? { ...result.answer, milliseconds: 0 } : result.answer,
        });
      });
    },
  };
}
