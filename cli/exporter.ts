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
  PlacedWords,
  RefusedReason,
} from '../publishing/exporting.ts';
import { namesAPerson } from './kit-privacy.ts';
import { enginesAtHand } from './proofs.ts';
import { keysFolderOf, privateKeyWith, signingKeysIn } from './signing-keys.ts';

/**
 * Exporting for the workbench: the command `export` in a process of its own, so that an engine which thinks for seconds
 * keeps no page waiting, and a stop leaves nothing of it. `self`: how the program is called, after the name of Node.
 * It reads the private key as well; here only its file is named.
 */
export function createExporting(
  folder: string,
  self: readonly string[] = thisProgram(),
  keysFolder: string = keysFolderOf(os.homedir()),
): Exporting {
  return {
    unavailable: null,
    targets: async () => {
      const { allEngines } = await import('../conformance/all-engines.ts');
      return allTargets.map(({ id, title, audience, decides }) => ({
        id,
        title,
        audience,
        decides,
        engines: enginesAtHand(allEngines, id).map((engine) => engine.title),
      }));
    },
    keys: () => signingKeysIn(keysFolder),
    run: async ({ targets, version, mutants, withoutSaved, signWith }, onProgress, signal) => {
      const sign = signWith === null ? null : await privateKeyWith(signWith, keysFolder);
      if (signWith !== null && sign === null)
        return refused(`The key to sign with is no longer in ${keysFolder}. Choose another one, or none.`);
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
          sign: sign ?? false,
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
        if (answer?.refused) return refusedIn(answer);
        return refused(forThePage(answer?.error?.message ?? said));
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

/** What `export --json` prints, as far as it is read here. */
interface Printed {
  readonly written?: string | null;
  /** In place of everything else, where the command could not be carried out. */
  readonly error?: { readonly message: string };
  readonly revision?: string;
  readonly signedBy?: string | null;
  readonly manifest?: { readonly targets: readonly PackedTarget[] };
  readonly proofs: readonly ExportProof[];
  readonly refused?: readonly {
    readonly target: string;
    readonly reasons: readonly { readonly what: string; readonly place: PlacedWords['at'] }[];
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

async function packed({ written, revision, signedBy, manifest, proofs }: Printed): Promise<ExportResult> {
  return {
    kind: 'packed',
    name: path.basename(written!),
    bundle: (await readFile(written!)).toString('base64'),
    revision: revision ?? '',
    signedBy: signedBy ?? null,
    targets: (manifest?.targets ?? []).map(({ id, losses }) => ({ id, losses })),
    proofs,
  };
}

function refusedIn({ refused: cannotHold = [], failed = [], proofs }: Printed): ExportResult {
  const reasons: readonly RefusedReason[] = [
    ...cannotHold.flatMap(({ target, reasons }) =>
      reasons.map(({ what, place }) => ({
        target,
        what,
        at: place === null ? null : { path: place.path, line: place.line },
      })),
    ),
    ...failed.map(({ target, engine, told }) => ({
      target,
      what: `${engine} does not decide as the policies do: ${told.join('; ')}`,
      at: null,
    })),
  ];
  return { kind: 'refused', reasons, proofs: failed.length === 0 ? [] : proofs };
}

function refused(what: string): ExportResult {
  return { kind: 'refused', reasons: [{ target: null, what, at: null }], proofs: [] };
}

/** What the command says to whoever typed it, as sentences for a page, which has boxes in place of options. */
function forThePage(message: string): string {
  const words = message.trim();
  if (words === '') return 'The export ended without an answer.';
  const sentences = `${words[0]!.toUpperCase()}${words.slice(1)}`;
  if (!words.includes(namesAPerson)) return sentences;
  const [told] = /^.*? would go along\./s.exec(sentences) ?? [sentences];
  return `${told} Take that out of it, or leave saved encounters here.`;
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
