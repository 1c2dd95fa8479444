import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ConformanceEngine, EngineAnswer, StartedEngine } from '../engine.ts';

/** Runs in a thread of its own and knows nothing but the module that it is given. */
const runner = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', async ({ module, encounters }) => {
  try {
    const { judge } = await import(module);
    const answers = [];
    for (const encounter of encounters) answers.push(await judge(encounter));
    parentPort.postMessage({ answers });
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
  start: () => startThread({ entry: 'policy.mjs', version: process.versions.node, needs: [] }),
};

interface Thread {
  /** The module of the export that has `judge`. */
  readonly entry: string;
  readonly version: string;
  /** Packages that the export imports, which lie beside it as if they had been installed there. */
  readonly needs: readonly string[];
}

export async function startThread({ entry, version, needs }: Thread): Promise<StartedEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'proviso-node-'));
  const script = path.join(folder, 'runner.mjs');
  await writeFile(script, runner);
  const packages = path.join(folder, 'node_modules');
  await mkdir(packages);
  for (const name of needs) {
    const installed = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    await symlink(installed, path.join(packages, name), 'junction');
  }
  const worker = new Worker(pathToFileURL(script), { execArgv: [], env: {} });
  let loads = 0;
  return {
    missing: null,
    version,
    async load(files) {
      loads += 1;
      const exported = path.join(folder, `export-${loads}`);
      await mkdir(exported);
      await Promise.all(files.map(({ path: name, text }) => writeFile(path.join(exported, name), text)));
      const module = pathToFileURL(path.join(exported, entry)).href;
      return {
        judge: async (encounters) => (await ask(worker, { module, encounters })).map(toAnswer),
        // All exports are removed at the end: a module cannot be unloaded anyway.
        unload: () => Promise.resolve(),
      };
    },
    async stop() {
      await worker.terminate();
      await rm(folder, { recursive: true });
    },
  };
}

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
