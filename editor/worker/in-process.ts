import type { Day } from '#engine';

import { createAnswering } from './answering.ts';
import type { Port } from './client.ts';
import type { Answer, Question } from './protocol.ts';

/** The worker without a thread of its own, for tests: it answers in the next microtask, and `onQuestion` sees what it is asked. */
export function inProcess(today: Day, onQuestion: (question: Question) => void = () => undefined): Port {
  let listener: (event: { readonly data: Answer }) => void = () => undefined;
  const receive = createAnswering({
    reply: (data) => listener({ data }),
    now: () => 0,
    pause: () => Promise.resolve(),
    today: () => today,
  });
  return {
    addEventListener: (_, given) => {
      listener = given;
    },
    postMessage(question) {
      onQuestion(question);
      queueMicrotask(() => receive(question));
    },
  };
}
