import { Worker } from 'node:worker_threads';
import type { StartedEngine } from './engine.ts';

/**
 * How long an engine may take over one call. The slowest that we know is Spark, which judges the whole kit of the shipped
 * policies at once: in about a minute on two processors of its own, and in more than ten on two that twenty programs share.
 */
export const answerMinutes = 30;

/** An engine that did not come back in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(engine: string, minutes: number) {
    super(
      `${engine} did not answer within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and was stopped.`,
    );
  }
}

/**
 * The engine, with each of its calls held to a time: one that takes longer rejects with `NoAnswer`, and from then on only `stop`
 * is still asked of it. An engine that keeps this thread to itself can be stopped by nobody in it; then another thread
 * tells the same and ends the process.
 */
export function withTimeLimit(engine: StartedEngine, title: string, minutes: number): StartedEngine {
  const guard = createGuard();
  let isLate = false;
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    const late = new NoAnswer(title, minutes);
    let clock: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      clock = setTimeout(() => {
        isLate = true;
        reject(late);
      }, minutes * 60_000);
    });
    guard.begin(late.message, minutes);
    try {
      return await Promise.race([work(), limit]);
    } finally {
      guard.end();
      clearTimeout(clock);
    }
  };
  return {
    missing: null,
    version: engine.version,
    load: async (files, program) => {
      const loaded = await within(() => engine.load(files, program));
      return {
        judge: (encounters) => within(() => loaded.judge(encounters)),
        unload: () => (isLate ? Promise.resolve() : within(() => loaded.unload())),
      };
    },
    stop: async () => {
      try {
        await within(() => engine.stop());
      } finally {
        guard.close();
      }
    },
  };
}

/** How much longer than this thread the other one waits, in milliseconds, so that this one comes first wherever it can. */
const grace = 3000;

const watching = `
const { writeSync } = require('node:fs');
const { parentPort } = require('node:worker_threads');
let clock;
parentPort.on('message', (call) => {
  clearTimeout(clock);
  if (call === null) return;
  clock = setTimeout(() => {
    writeSync(2, call.words + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, call.milliseconds);
});
`;

function createGuard() {
  const worker = new Worker(watching, { eval: true, execArgv: [], env: {} });
  worker.unref();
  return {
    begin: (words: string, minutes: number) =>
      worker.postMessage({ words, milliseconds: minutes * 60_000 + grace }),
    end: () => worker.postMessage(null),
    close: () => void worker.terminate(),
  };
}
