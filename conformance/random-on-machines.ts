import { spawn } from 'node:child_process';
import path from 'node:path';
import type { ConformanceEngine } from './engine.ts';

const tests = ['conformance/random-policies.test.ts', 'conformance/oracles/oracles.test.ts'];

/**
 * Random policies and the tests of other projects on the engines that a machine may have: the tests that `npm test` runs on those
 * of npm. They tell of each engine whether it is here, how long it took and, where it decides otherwise, the seed. Whether all
 * decide as they must.
 */
export async function holdsOnMachines(engines: readonly ConformanceEngine[]): Promise<boolean> {
  const ids = engines.filter(({ from }) => from === 'machine').map(({ id }) => id);
  if (ids.length === 0) return true;
  const root = path.join(import.meta.dirname, '..');
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'code',
      '--reporter',
      'verbose',
      '--no-file-parallelism',
      ...tests,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, PROVISO_ENGINES: ids.join(',') } },
  );
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return code === 0;
}
