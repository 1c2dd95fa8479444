import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { proofPath, verifyBundle } from '#engine';
import type {
  BundleFile,
  BundleManifest,
  BundleProblem,
  BundleVerification,
  Proof,
  SignatureState,
} from '#engine';
import { sha256Bytes, unpacked } from './bundles.ts';
import type { FoundBundle } from './bundles.ts';
import type { Arguments, Context } from './command.ts';
import { exitCodes, InputError } from './command.ts';
import { readTrustedKey } from './keys.ts';
import { jsonText } from './print/json.ts';
import { proofText } from './print/proof.ts';
import { paintFor, plain, plural } from './print/terminal.ts';

/** The module by which a bundle can be tried where the receiver has no program of its own yet. */
const modulePath = 'targets/javascript/policy.mjs';

/** What became of the kit, as `conformance/verify.mjs` tells it. */
interface KitReport {
  readonly total: number;
  readonly identical: number;
  readonly differing: readonly {
    readonly id: string;
    readonly tag: string;
    readonly differences: readonly {
      readonly at: string;
      readonly expected: string;
      readonly answered: string;
    }[];
  }[];
  readonly trouble: string | null;
}

/**
 * Archive, manifest, hashes, signature, in this order, and only where all is well what is to be run.
 * By itself it runs the module only of a bundle that somebody trusted has signed; `--run` asks for it of any.
 */
export async function verifyBundleAt(
  found: FoundBundle,
  expected: string | null,
  args: Arguments,
  context: Context,
): Promise<number> {
  const keyFile = args.value('key');
  const key = keyFile === null ? null : await readTrustedKey(keyFile, context.cwd);
  const checked: BundleVerification = found.problem
    ? { manifest: null, revision: null, signature: { kind: 'refused' }, problems: [found.problem] }
    : await verifyBundle(found.files, sha256Bytes, key);
  const problems = [...checked.problems, ...unexpected(checked, expected)];
  const files = found.files ?? [];
  const ran = problems.length > 0 ? null : whatToRun(args, checked.signature, files);
  const kit = ran === null ? null : await runKit(files, args, context);
  const { revision, signature, manifest } = checked;
  context.stdout.write(
    args.has('json')
      ? jsonText({ revision, signature, problems, manifest, ran, kit })
      : bundleText({ ...checked, problems }, files, context) +
          (ran === null || kit === null
            ? notRun(problems, signature, files, context)
            : kitText(ran, kit, context)),
  );
  const well = problems.length === 0 && (kit === null || isIdentical(kit));
  return well ? exitCodes.ok : exitCodes.no;
}

/** The revision vouches for everything in the bundle, for those who were told it by another way. */
function unexpected({ revision }: BundleVerification, expected: string | null): readonly BundleProblem[] {
  if (expected === null || revision === null || revision === expected) return [];
  const message = `The hash given is not that of this bundle: it is revision ${revision}.`;
  return [{ kind: 'other-bundle', path: 'manifest.json', message }];
}

function whatToRun(args: Arguments, signature: SignatureState, files: readonly BundleFile[]): string | null {
  const command = args.value('cmd');
  if (command !== null) return command;
  const hasModule = files.some((file) => file.path === modulePath);
  if (args.has('run') && !hasModule)
    throw new InputError(
      `the bundle has no JavaScript module to run (\`${modulePath}\`).`,
      'Name your own program with `--cmd`.',
    );
  return hasModule && (args.has('run') || signature.kind === 'good') ? modulePath : null;
}

/** Our own copy of the verifier runs the kit: nothing of the bundle runs but the module, where that was asked for. */
async function runKit(files: readonly BundleFile[], args: Arguments, context: Context): Promise<KitReport> {
  return unpacked(files, async (folder) => {
    const command = args.value('cmd');
    const verifier = await realpath(path.join(context.appFolder, 'conformance/verify.mjs'));
    const words = [
      ...(command === null ? confined(folder, verifier) : []),
      verifier,
      folder,
      '--json',
      ...(command === null ? [] : ['--cmd', command]),
      ...(args.has('one-by-one') ? ['--one-by-one'] : []),
    ];
    const child = spawn(process.execPath, words, { cwd: context.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => context.stderr.write(plain(text)));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0 && code !== 1)
      throw new InputError('the conformance kit could not be run; what its program said stands above.');
    return (JSON.parse(out) as { kit: KitReport }).kit;
  });
}

/** A module needs to read nothing but itself: it may not write, read elsewhere or start a program. */
function confined(folder: string, verifier: string): readonly string[] {
  const flag = ['--permission', '--experimental-permission'].find((name) =>
    process.allowedNodeEnvironmentFlags.has(name),
  );
  if (flag === undefined) throw new Error('this Node.js cannot confine a module');
  return [
    flag,
    '--disable-warning=ExperimentalWarning',
    `--allow-fs-read=${path.join(folder, '*')}`,
    `--allow-fs-read=${verifier}`,
  ];
}

function isIdentical({ identical, total, trouble }: KitReport): boolean {
  return trouble === null && identical === total;
}

function bundleText(
  { manifest, revision, signature, problems }: BundleVerification,
  files: readonly BundleFile[],
  context: Context,
): string {
  const paint = paintFor(context.color);
  if (problems.length > 0) {
    // What it says of itself is not to be believed, and so it is not told.
    const head = revision === null ? [] : [`bundle ${paint.dim(revision)}`, ''];
    const told = problems.map(({ kind, message }) => `${paint.red(`${kind}:`)} ${plain(message)}`);
    return [...head, ...told, ''].join('\n');
  }
  const lines = [
    `bundle ${paint.dim(revision ?? '')}`,
    ...(manifest ? contentLines(manifest) : []),
    ...proofLines(files),
  ];
  lines.push(
    `${paint.green('whole')}: ${plural(files.length, 'file')}, each as it was when the bundle was made`,
  );
  switch (signature.kind) {
    case 'good':
      lines.push(
        `${paint.green('signed')} with the key given, ${signature.keyId}; exported ${plain(signature.exported)}`,
      );
      break;
    case 'unchecked':
      lines.push(
        `${paint.yellow('signature not checked')}: it claims to be of key ${signature.keyId}; give the public key of its maker with --key`,
      );
      break;
    case 'unsigned':
    case 'refused':
      lines.push(`${paint.yellow('not signed')}: it is whole, but nobody vouches for who made it`);
  }
  return `${lines.join('\n')}\n`;
}

function contentLines({ policies, targets, kit, release }: BundleManifest): readonly string[] {
  return [
    ...policies.map(({ id, effective, received }) =>
      plain(
        `  ${id}, for dates of service ${periodText(effective)}${received === null ? '' : ` and claims received ${periodText(received)}`}`,
      ),
    ),
    plain(`  written as ${targets.map(({ title }) => title).join(', ')}`),
    `  ${plural(kit.encounters, 'encounter')} to prove it with`,
    release === null ? '  of a draft, which nobody has published' : `  of release ${release.number}`,
  ];
}

/** What its maker says of the proofs, where it can be read; with `--run` and `--cmd` the receiver makes one. */
function proofLines(files: readonly BundleFile[]): readonly string[] {
  const file = files.find((one) => one.path === proofPath);
  const proofs = file === undefined ? [] : proofsIn(new TextDecoder().decode(file.bytes));
  if (proofs.length === 0) return [];
  return [
    'proven, as its maker says:',
    ...proofs.map((proof) => plain(`  ${proof.target}: ${proofText(proof)}`)),
  ];
}

/** Whoever made the bundle may have written anything; what is no proof is left out. */
function proofsIn(text: string): readonly Proof[] {
  const value = parsedJson(text);
  const proofs: unknown = isRecord(value) ? value['proofs'] : null;
  return Array.isArray(proofs) ? proofs.filter(isProof) : [];
}

function isProof(value: unknown): value is Proof {
  if (!isRecord(value) || typeof value['target'] !== 'string') return false;
  const { proven, why, engine, version, runs, identical, total, cannotHold, mutants } = value;
  if (proven === false) return typeof why === 'string';
  return (
    proven === true &&
    [engine, version].every((one) => typeof one === 'string') &&
    [runs, identical, total].every((one) => typeof one === 'number') &&
    Array.isArray(cannotHold) &&
    (mutants === null ||
      (isRecord(mutants) && [mutants['caught'], mutants['total']].every((one) => typeof one === 'number')))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function periodText({ from, to }: { readonly from: string | null; readonly to: string | null }): string {
  if (to === null) return `since ${from}`;
  return from === null ? `up to ${to}` : `from ${from} to ${to}`;
}

function notRun(
  problems: readonly BundleProblem[],
  signature: SignatureState,
  files: readonly BundleFile[],
  context: Context,
): string {
  const paint = paintFor(context.color);
  if (problems.length > 0)
    return `\n${paint.red('refused')}: ${plural(problems.length, 'problem')}. Nothing of it was run; do not use it, and ask whoever made it to send it anew\n`;
  if (signature.kind !== 'good' && files.some((file) => file.path === modulePath))
    return '\nnothing of it was run: --run tries its JavaScript module, --cmd "your program" your own\n';
  return '\nnothing was run: --cmd "your program" tries your own\n';
}

function kitText(ran: string, kit: KitReport, context: Context): string {
  const paint = paintFor(context.color);
  const { identical, total, differing, trouble } = kit;
  const counted = `${identical} of ${plural(total, 'answer')} identical`;
  const lines = [
    '',
    `${plain(ran)}: ${isIdentical(kit) ? paint.green(counted) : paint.red(counted)}`,
    ...(trouble === null ? [] : [plain(trouble)]),
  ];
  for (const { id, tag, differences } of differing.slice(0, 5)) {
    lines.push('', plain(`${id} (${tag})`));
    for (const { at, expected, answered } of differences)
      lines.push(plain(`  ${at}: expected ${expected}; answered ${answered}`));
  }
  if (differing.length > 5) lines.push('', `… and ${differing.length - 5} more that differ; --json has all`);
  return `${lines.join('\n')}\n`;
}
