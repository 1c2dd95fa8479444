import { createRequire } from 'node:module';
import type { ConformanceEngine } from '../engine.ts';
import { startThread } from './node.ts';

/** json-rules-engine, in a thread that loads the exported files and nothing of ours. */
export const jsonRulesEngine: ConformanceEngine = {
  target: 'json-rules-engine',
  id: 'json-rules-engine',
  title: 'json-rules-engine',
  from: 'npm',
  async start() {
    const { version } = createRequire(import.meta.url)('json-rules-engine/package.json') as {
      version: string;
    };
    return startThread({ entry: 'facts.mjs', version, needs: ['json-rules-engine'] });
  },
};
