import type { Day } from '#engine';

import { isSlow, loadSlow } from './all-queries.ts';
import { answerInSteps } from './answer.ts';
import type { Memory } from './memory.ts';
import type { Answer, Question } from './protocol.ts';

/** What the worker needs of the thread it runs in. */
export interface Thread {
  readonly reply: (answer: Answer) => void;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Lets the thread receive what has come meanwhile. */
  readonly pause: () => Promise<void>;
  /** The author's own calendar decides which known gaps have expired. */
  readonly today: () => Day;
}

/** So long the thread works before it looks whether something newer was asked. */
const sliceMilliseconds = 8;
/** What takes longer than this says how far it is, and again after each such time. */
const patienceMilliseconds = 500;
const tellEveryMilliseconds = 100;

/**
 * Answers one question after the other, and works on a long one in slices.
 * Between two slices queries are answered, since they need the text and not the verdicts,
 * and a newer change takes the place of the one that is being judged: the newest wins, and nothing that was typed is lost.
 */
export function createAnswering(thread: Thread): (question: Question) => void {
  let memory: Memory | null = null;
  let waiting: readonly Question[] = [];
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      // Whatever was asked meanwhile is there now, so that many keys typed in a row are one change.
      await thread.pause();
      const question = take();
      if (question) await answer(question);
    }
    busy = false;
  }

  function take(): Question | undefined {
    const [first, ...rest] = waiting;
    waiting = rest;
    return first;
  }

  async function answer(question: Question): Promise<void> {
    const begin = thread.now();
    let paused = begin;
    let told = begin + patienceMilliseconds - tellEveryMilliseconds;
    try {
      const slow = question.kind === 'query' ? await loadSlow(question.name) : null;
      const steps = answerInSteps(memory, question, thread.today(), slow);
      for (;;) {
        const step = steps.next();
        if (step.done) {
          memory = step.value.memory;
          const told = step.value.answer;
          thread.reply(told.kind === 'judged' ? { ...told, milliseconds: thread.now() - begin } : told);
          return;
        }
        memory = step.value.memory ?? memory;
        if (thread.now() - paused < sliceMilliseconds) continue;
        const { doing, done, total } = step.value;
        // Whoever asked to compare says so itself.
        if (doing !== 'comparing' && thread.now() - told >= tellEveryMilliseconds) {
          told = thread.now();
          thread.reply({ kind: 'progress', seq: question.seq, doing, done, total });
        }
        await thread.pause();
        paused = thread.now();
        if (doing === 'judging' && waiting.some(({ kind }) => kind === 'stop')) return;
        if (question.kind === 'query' && isOutdated(question, waiting)) {
          thread.reply({ kind: 'told', seq: question.seq, result: null });
          return;
        }
        if (question.kind !== 'change') continue;
        if (waiting.some(({ kind }) => kind === 'change')) return;
        await answerQueries();
      }
    } catch (error) {
      // A defect of ours: it is shown, the memory stays what it was, and the next question is answered.
      const message = `This could not be judged: ${String(error)}`;
      thread.reply({ kind: 'failed', seq: question.seq, message });
    }
  }

  async function answerQueries(): Promise<void> {
    const isQuick = (it: Question) => it.kind === 'query' && !isSlow(it.name);
    const queries = waiting.filter(isQuick);
    waiting = waiting.filter((it) => !isQuick(it));
    for (const query of queries) await answer(query);
  }

  return (question) => {
    waiting = enqueue(waiting, question);
    void work();
  };
}

/** A slow answer would be one to what is no longer the question. */
function isOutdated({ name }: Extract<Question, { kind: 'query' }>, waiting: readonly Question[]): boolean {
  return waiting.some(
    (it) => it.kind === 'change' || it.kind === 'against' || (it.kind === 'query' && it.name === name),
  );
}

/**
 * The questions still to be answered, in order, with a new one among them.
 * Changes that wait are merged into one, file by file, so nothing that was typed is ever left out.
 * Every query is answered; of waiting questions of any other kind only the last.
 */
export function enqueue(waiting: readonly Question[], question: Question): readonly Question[] {
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
  const merged: Question = { ...question, changes: [...changes.values()] };
  return waiting.map((it) => (it === last ? merged : it));
}
