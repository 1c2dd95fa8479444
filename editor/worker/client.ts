import type { Answer, Question } from './protocol.ts';

/** A question as the page asks it; the client numbers it. */
export type Ask = Question extends infer Q ? (Q extends Question ? Omit<Q, 'seq'> : never) : never;

/** The part of a `Worker` that is needed, so that tests can stand in for it. */
export interface Port {
  postMessage(question: Question): void;
  addEventListener(kind: 'message', listener: (event: { readonly data: Answer }) => void): void;
}

export interface Client {
  ask(question: Ask): void;
}

/**
 * Asks one question at a time; the newest wins.
 * Changes that wait are merged into one, file by file, so nothing that was typed is ever left out.
 * Of waiting questions of any other kind only the last is asked.
 */
export function createClient(port: Port, onAnswer: (answer: Answer) => void): Client {
  let waiting: readonly Ask[] = [];
  let inFlight: number | null = null;
  let seq = 0;

  function next(): void {
    const [question, ...rest] = waiting;
    if (inFlight !== null || question === undefined) return;
    waiting = rest;
    seq += 1;
    inFlight = seq;
    port.postMessage({ ...question, seq });
  }

  port.addEventListener('message', ({ data }) => {
    if (data.seq === inFlight) inFlight = null;
    onAnswer(data);
    next();
  });

  return {
    ask(question) {
      waiting = enqueue(waiting, question);
      next();
    },
  };
}

/** The questions still to be asked, in order, with a new one among them. */
export function enqueue(waiting: readonly Ask[], question: Ask): readonly Ask[] {
  const last = waiting.findLast((it) => it.kind === question.kind);
  if (last === undefined) return [...waiting, question];
  if (question.kind !== 'change' || last.kind !== 'change') {
    return [...waiting.filter((it) => it !== last), question];
  }
  // A save and a draft are different statements about the disk: they are not merged, and keep their order.
  if (last.saved !== question.saved) return [...waiting, question];
  const changes = new Map([...last.changes, ...question.changes].map((change) => [change.path, change]));
  return waiting.map((it) => (it === last ? { ...last, changes: [...changes.values()] } : it));
}
