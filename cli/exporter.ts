import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { allTargets } from '#engine';
import type {
  Exporting,
  ExportProgress,
  ExportProof,
  ExportResult,
  PackedTarget,
} from '../publishing/exporting.ts';

/**
 * Exporting for the workbench: the command `export` in a process of its own, so that an engine which thinks for seconds
 * keeps no page waiting, and a stop leaves nothing of it. `self`: how the program is called, after the name of Node.
 */
export function createExporting(folder: string, self: readonly string[] = thisProgram()): Exporting {
  return {
    unavailable: null,
    targets: async () =>
      allTargets.map(({ id, title, audience, decides }) => ({ id, title, audience, decides })),
    run: async ({ targets, version, mutants, withoutSaved }, onProgress, signal) => {
      const place = await mkdtemp(path.join(os.tmpdir(), 'proviso-export-'));
      try {
        const options = {
          workspace: folder,
          out: place + path.sep,
          target: targets.join(','),
          version,
          json: true,
          progress: true,
          mutants,
          'without-saved': withoutSaved,
        };
        const args = Object.entries(options).flatMap(([name, value]) =>
          value === false ? [] : [`--${name}`, ...(value === true ? [] : [value])],
        );
        const { code, output, said } = await runSelf(
          [...self, 'export', ...args],
          folder,
          onProgress,
          signal,
        );
        const answer = parsed(output);
        if (code === 0 && answer?.written) return await packed(answer);
        if (answer?.refused) return { kind: 'refused', reasons: reasonsIn(answer) };
        return { kind: 'refused', reasons: [said.trim() || 'The export ended without an answer.'] };
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

/** What `export --json` prints, as far as it is read here. */
interface Printed {
  readonly written: string | null;
  readonly revision?: string;
  readonly manifest?: { readonly targets: readonly PackedTarget[] };
  readonly proofs: readonly ExportProof[];
  readonly refused?: readonly {
    readonly target: string;
    readonly reasons: readonly { readonly what: string }[];
  }[];
  readonly failed?: readonly {
    readonly target: string;
    readonly engine: string;
    readonly told: readonly string[];
  }[];
}

function parsed(output: string): Printed | null {
  try {
    return JSON.parse(output) as Printed;
  } catch {
    return null;
  }
}

async function packed({ written, revision, manifest, proofs }: Printed): Promise<ExportResult> {
  return {
    kind: 'packed',
    name: path.basename(written!),
    bundle: (await readFile(written!)).toString('base64'),
    revision: revision ?? '',
    targets: (manifest?.targets ?? []).map(({ id, losses }) => ({ id, losses })),
    proofs,
  };
}

function reasonsIn({ refused = [], failed = [] }: Printed): readonly string[] {
  return [
    ...refused.flatMap(({ target, reasons }) => reasons.map(({ what }) => `${target}: ${what}`)),
    ...failed.map(
      ({ target, engine, told }) =>
        `${target}: ${engine} does not decide as the policies do: ${told.join('; ')}`,
    ),
  ];
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** What it said to people. */
  readonly said: string;
}

function thisProgram(): readonly string[] {
  return [...process.execArgv, process.argv[1]!];
}

function runSelf(
  args: readonly string[],
  cwd: string,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    let [output, rest, said] = ['', '', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith('{"progress":'))
          onProgress((JSON.parse(line) as { readonly progress: ExportProgress }).progress);
        else said += `${line}\n`;
      }
    });
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ code, output, said: `${said}${rest}` });
    });
  });
}
