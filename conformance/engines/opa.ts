import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ConformanceEngine, EngineAnswer } from '../engine.ts';
import { fetchedFolder, fetchMinutes, printedBy } from '../machine.ts';

const run = promisify(execFile);
const release = 'v1.10.1';

/** Open Policy Agent: the program that is on the machine, or the one that Go makes of its source. */
export const opa: ConformanceEngine = {
  target: 'opa',
  id: 'opa',
  title: 'Open Policy Agent',
  from: 'machine',
  async start() {
    const program = await installed();
    if (program === null)
      return { missing: `OPA is not installed here, and ${release} could not be made of its source by Go.` };
    const version = /Version: (\S+)/.exec((await printedBy(program, ['version'])) ?? '')?.[1] ?? 'unknown';
    const stopping = new AbortController();
    return {
      missing: null,
      version,
      load: async (files) => {
        const folder = await mkdtemp(path.join(os.tmpdir(), 'proviso-opa-'));
        for (const file of files) {
          const at = path.join(folder, file.path);
          await mkdir(path.dirname(at), { recursive: true });
          await writeFile(at, file.text);
        }
        const packageName = /^package (\S+)$/m.exec(
          files.find((file) => file.path === 'bundle/policy.rego')!.text,
        )![1]!;
        return {
          judge: async (encounters) => {
            const input = path.join(folder, 'encounters.json');
            await writeFile(input, JSON.stringify({ encounters }));
            const query = `[found | some encounter in input.encounters; found := data.${packageName}.answer with input as encounter]`;
            const { stdout } = await run(
              program,
              ['eval', '--bundle', path.join(folder, 'bundle'), '--input', input, '--format', 'raw', query],
              { maxBuffer: 1 << 30, signal: stopping.signal },
            );
            return JSON.parse(stdout) as EngineAnswer[];
          },
          unload: () => rm(folder, { recursive: true, force: true }),
        };
      },
      stop: async () => stopping.abort(),
    };
  },
};

async function installed(): Promise<string | null> {
  if (await printedBy('opa', ['version'])) return 'opa';
  const folder = await fetchedFolder(
    `opa-${release}`,
    async (there) => (await printedBy(path.join(there, 'opa'), ['version'])) !== null,
    (half) =>
      printedBy('go', ['install', `github.com/open-policy-agent/opa@${release}`], {
        minutes: fetchMinutes,
        environment: { GOBIN: half },
      }),
  );
  return folder && path.join(folder, 'opa');
}
