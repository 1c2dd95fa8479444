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

/** Numbers what is asked, and brings the result of a query to whoever asked. What can wait, the worker decides. */
export function createClient(port: Port, onAnswer: (answer: Answer) => void): Client {
  let seq = 0;
  const askers = new Map<number, Asker>();

  port.addEventListener('message', ({ data }) => {
    const asker = askers.get(data.seq);
    askers.delete(data.seq);
    if (asker && data.kind === 'told') asker.resolve(data.result);
    else if (asker && data.kind === 'failed') asker.reject(new Error(data.message));
    else onAnswer(data);
  });

  function ask(question: Ask): number {
    seq += 1;
    port.postMessage({ ...question, seq });
    return seq;
  }

  return {
    ask: (question) => void ask(question),
    query: (name, params) =>
      new Promise((resolve, reject) => {
        // The result is that of the query of this name, which the worker looks up in the same list.
        const asker = { resolve: resolve as (result: unknown) => void, reject };
        askers.set(ask({ kind: 'query', name, params }), asker);
      }),
  };
}
