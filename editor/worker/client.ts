import type { QueryName, QueryParams, QueryResult } from './all-queries.ts';
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
  /** Asks one of `all-queries.ts`. What was asked before it is answered first, so it knows of every key typed. */
  query<Name extends QueryName>(name: Name, params: QueryParams<Name>): Promise<QueryResult<Name>>;
}

interface Asker {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Asks one question at a time; the newest wins.
 * Changes that wait are merged into one, file by file, so nothing that was typed is ever left out.
 * Every query is answered; of waiting questions of any other kind only the last is asked.
 */
export function createClient(port: Port, onAnswer: (answer: Answer) => void): Client {
  let waiting: readonly Ask[] = [];
  let inFlight: number | null = null;
  let seq = 0;
  /** Who waits for a query, by the question while it waits and by its number once it is asked. */
  const askers = new Map<Ask | number, Asker>();

  function next(): void {
    const [question, ...rest] = waiting;
    if (inFlight !== null || question === undefined) return;
    waiting = rest;
    seq += 1;
    inFlight = seq;
    const asker = askers.get(question);
    if (asker) {
      askers.delete(question);
      askers.set(seq, asker);
    }
    port.postMessage({ ...question, seq });
  }

  port.addEventListener('message', ({ data }) => {
    if (data.seq === inFlight) inFlight = null;
    const asker = askers.get(data.seq);
    askers.delete(data.seq);
    if (asker && data.kind === 'told') asker.resolve(data.result);
    else if (asker && data.kind === 'failed') asker.reject(new Error(data.message));
    else onAnswer(data);
    next();
  });

  function ask(question: Ask): void {
    waiting = enqueue(waiting, question);
    next();
  }

  return {
    ask,
    query: (name, params) =>
      new Promise((resolve, reject) => {
        const question: Ask = { kind: 'query', name, params };
        // The result is that of the query of this name, which the worker looks up in the same list.
        askers.set(question, { resolve: resolve as (result: unknown) => void, reject });
        ask(question);
      }),
  };
}

/** The questions still to be asked, in order, with a new one among them. */
export function enqueue(waiting: readonly Ask[], question: Ask): readonly Ask[] {
  if (question.kind === 'query') return [...waiting, question];
  const last = waiting.findLast((it) => it.kind === question.kind);
  if (last === undefined) return [...waiting, question];
  if (question.kind !== 'change' || last.kind !== 'change') {
    return [...waiting.filter((it) => it !== last), question];
  }
  // A save and a draft are different statements about the disk: they are not merged, and keep their order.
  if (last.saved !== question.saved) return [...waiting, question];
  // A query between the two knew of the first alone; that it now also knows of the second does no harm.
  const changes = new Map([...last.changes, ...question.changes].map((change) => [change.path, change]));
  return waiting.map((it) => (it === last ? { ...last, changes: [...changes.values()] } : it));
}
