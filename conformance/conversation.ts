import { spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Answered = Readonly<Record<string, unknown>>;

/** A program that takes a JSON request a line and writes a JSON answer a line; what failed answers `{ error }`. */
export interface Conversation {
  readonly ask: (request: object) => Promise<Answered>;
  /** What it says without being asked. */
  readonly next: () => Promise<Answered>;
  /** Closes its input, which ends it; where it goes on all the same, it is killed. */
  readonly end: () => Promise<void>;
}

/** How long a program may take to end by itself; a database puts away what it has open. */
const usualSecondsToEnd = 20;

export function converse(
  title: string,
  program: string,
  args: readonly string[],
  {
    cwd,
    secondsToEnd = usualSecondsToEnd,
  }: Pick<SpawnOptions, 'cwd'> & { readonly secondsToEnd?: number } = {},
): Conversation {
  const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  // That it ended is seen where its answer is missing.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answered> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${title} ended before it answered`);
    const answer = JSON.parse(value) as Answered;
    if (typeof answer.error === 'string') throw new Error(answer.error);
    return answer;
  };
  return {
    next,
    ask: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    },
    end: async () => {
      child.stdin.end();
      const clock = setTimeout(() => child.kill('SIGKILL'), secondsToEnd * 1000);
      await ended;
      clearTimeout(clock);
    },
  };
}
