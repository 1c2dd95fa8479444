import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';

/** Runs in a thread of its own and knows nothing but the module that it is given. */
const runner = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', async ({ module, encounters }) => {
  try {
    const { judge } = await import(module);
    parentPort.postMessage({ answers: encounters.map((encounter) => judge(encounter)) });
  } catch (error) {
    parentPort.postMessage({ failed: String(error && error.stack) });
  }
});
`;

/** Node.js itself, in a thread that loads the exported file and nothing of ours. */
export const node: ConformanceEngine = {
  target: 'javascript',
  id: 'node',
  title: 'Node.js',
  from: 'npm',
  async start() {
    const folder = await mkdtemp(path.join(tmpdir(), 'proviso-node-'));
    const script = path.join(folder, 'runner.mjs');
    await writeFile(script, runner);
    const worker = new Worker(pathToFileURL(script), { execArgv: [], env: {} });
    let loads = 0;
    return {
      missing: null,
      version: process.versions.node,
      async load(files) {
        loads += 1;
        const file = path.join(folder, `policy-${loads}.mjs`);
        await writeFile(file, files.find((one) => one.path === 'policy.mjs')!.text);
        const module = pathToFileURL(file).href;
        return {
          judge: async (encounters) => (await ask(worker, { module, encounters })).map(toAnswer),
          unload: () => rm(file),
        };
      },
      async stop() {
        await worker.terminate();
        await rm(folder, { recursive: true });
      },
    };
  },
};

function ask(worker: Worker, question: object): Promise<readonly ModuleAnswer[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ answers, failed }: { answers?: readonly ModuleAnswer[]; failed?: string }) =>
      answers ? resolve(answers) : reject(new Error(failed)),
    );
    worker.postMessage(question);
  });
}

/** As the module gives it: an answer bare, or what it was refused for. */
export type ModuleAnswer =
  | NonNullable<Extract<EngineAnswer, { refused: null }>['answer']>
  | { readonly refused: NonNullable<Extract<EngineAnswer, { answer: null }>['refused']> };

export function toAnswer(answer: ModuleAnswer): EngineAnswer {
  return 'refused' in answer ? { answer: null, refused: answer.refused } : { answer, refused: null };
}
