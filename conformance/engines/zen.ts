import { createRequire } from 'node:module';
import { readDocument } from '#engine';
import type { Answer } from '#engine';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';

/** ZEN, the engine of GoRules, as native code in this process. */
export const zen: ConformanceEngine = {
  target: 'gorules',
  id: 'zen',
  title: 'GoRules ZEN',
  from: 'npm',
  async start() {
    const { ZenEngine } = await import('@gorules/zen-engine');
    const { version } = createRequire(import.meta.url)('@gorules/zen-engine/package.json') as {
      version: string;
    };
    return {
      missing: null,
      version,
      load: (files, program) => {
        const engine = new ZenEngine();
        const graph = files.find(({ path }) => path === 'policy.json')!;
        const decision = engine.createDecision(Buffer.from(graph.text));
        return Promise.resolve({
          judge: (encounters) =>
            Promise.all(
              encounters.map(async (encounter): Promise<EngineAnswer> => {
                const { problems } = readDocument(encounter, program);
                if (problems) return { answer: null, refused: problems };
                const { result } = await decision.evaluate(encounter);
                return { answer: result as Answer, refused: null };
              }),
            ),
          unload: () => {
            engine.dispose();
            return Promise.resolve();
          },
        });
      },
      stop: () => Promise.resolve(),
    };
  },
};
