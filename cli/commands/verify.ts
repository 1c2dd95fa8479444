import type { ReleaseProblem, VerifiedRelease } from '#engine';
import { findBundle } from '../bundles.ts';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { inOwnWords, interruptedText, openReleases } from '../releases.ts';
import { verifyBundleAt } from '../verify-bundle.ts';
import { wholeWorkspace } from '../workspace.ts';

const bundleOptions = {
  key: { value: 'file', summary: 'of a bundle: the public key of whoever you take bundles from' },
  run: {
    summary: 'of a bundle: run its JavaScript module over its encounters; with --key that is always done',
  },
  cmd: { value: 'command', summary: 'of a bundle: run your own program over its encounters instead' },
  'one-by-one': { summary: 'with --cmd: start the program anew for each encounter' },
} as const satisfies Command['options'];

export const verify: Command = {
  name: 'verify',
  summary: 'Prove that every release is as it was published, or a bundle as it was exported',
  usage: 'verify [folder | bundle] [--hash <sha256>] [--key <file>] [--run | --cmd <command>] [--json]',
  options: {
    hash: {
      value: 'sha256',
      summary: 'what `publish` printed for the last release, or `export` for the bundle, kept elsewhere',
    },
    ...bundleOptions,
    json: {
      summary:
        'print one JSON document: { releases, problems, interrupted }; of a bundle { revision, signature, problems, manifest, ran, kit }',
    },
  },
  notes: [
    'It looks at every file of every release, at what is missing or was added, and whether each release follows the one before.',
    'Each manifest vouches for all before it; only a hash kept elsewhere vouches for the last one.',
    'Nothing is changed. The answer is a no when something was changed, and when nothing was published.',
    'A bundle is a file, or the folder that it was unpacked to; it is refused where anything is missing, was added or changed.',
    'With --key, a bundle that is not signed with that key is refused too. Nothing of a refused bundle is ever run.',
    'The program of --cmd gets one encounter a line as JSON, and writes one answer a line.',
  ],
  examples: [
    'verify',
    'verify ../policies --json',
    'verify policies.ppb.tgz --key proviso-public.pem',
    'verify policies.ppb.tgz --cmd "python3 our-claims-engine.py"',
  ],

  async run(args, context) {
    const expected = readHash(args);
    const bundle = await findBundle(args.positionals, context.cwd);
    if (bundle) return verifyBundleAt(bundle, expected, args, context);
    const foreign = Object.keys(bundleOptions).find((name) => args.has(name));
    if (foreign !== undefined)
      throw new InputError(
        `\`--${foreign}\` belongs to a bundle, and none is named.`,
        'Name the file of the bundle, or the folder that it was unpacked to.',
      );
    const folder = await wholeWorkspace(
      args.positionals,
      context.cwd,
      'releases belong to the whole workspace.',
    );
    const { releases, problems: found, store } = await openReleases(folder);
    const interrupted = await inOwnWords(() => store.interrupted());
    const problems = [...found, ...unexpected(releases, expected)];
    if (args.has('json')) {
      context.stdout.write(jsonText({ releases: releases.map(releaseRow), problems, interrupted }));
    } else {
      context.stdout.write(
        interruptedText(
          { releases: interrupted, decisions: false },
          'what it left goes with the next publish',
        ) + textFor(releases, problems, context),
      );
    }
    return problems.length === 0 && releases.length > 0 ? exitCodes.ok : exitCodes.no;
  },
};

function readHash(args: Arguments): string | null {
  const written = args.value('hash');
  if (written === null) return null;
  const hash = written.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new InputError('`--hash` is not a SHA-256: it has 64 digits from 0 to 9 and a to f.');
  return hash;
}

/** The chain proves nothing of its end; that is held against the hash that was kept elsewhere. */
function unexpected(
  releases: readonly VerifiedRelease[],
  expected: string | null,
): readonly ReleaseProblem[] {
  const last = releases.at(-1);
  if (expected === null || !last || last.sha256 === expected) return [];
  const earlier = releases.find(({ sha256 }) => sha256 === expected);
  return [
    {
      kind: 'manifest-tampered',
      release: last.number,
      path: `releases/${last.number}/manifest.json`,
      message: earlier
        ? `The hash given is that of release ${earlier.number}, and release ${last.number} is the last one.`
        : `The hash given is that of no release that is here: release ${last.number} was changed, or the last one was removed.`,
    },
  ];
}

function releaseRow({ number, manifest, sha256 }: VerifiedRelease) {
  return {
    number,
    sha256,
    when: manifest?.when ?? null,
    who: manifest?.who ?? null,
    why: manifest?.why ?? null,
    files: manifest?.files.length ?? null,
    overrides: manifest?.overrides ?? null,
  };
}

function textFor(
  releases: readonly VerifiedRelease[],
  problems: readonly ReleaseProblem[],
  context: Context,
): string {
  if (releases.length === 0 && problems.length === 0) return 'nothing has been published yet\n';
  const paint = paintFor(context.color);
  const rows = releases.map(({ number, manifest, sha256 }) => {
    const wrong = problems.filter(({ release }) => release === number).length;
    const state = wrong === 0 ? paint.green('as published') : paint.red(plural(wrong, 'problem'));
    const told = manifest
      ? `${manifest.when}  ${plain(manifest.who)}: ${plain(manifest.why)}`
      : 'no manifest';
    return `${number}  ${state}  ${told}\n   ${paint.dim(sha256 ?? 'no hash')}\n`;
  });
  const found = problems.map(({ kind, message }) => `${paint.red(`${kind}:`)} ${plain(message)}\n`);
  const end =
    problems.length === 0
      ? `${plural(releases.length, 'release')}, all as published\n`
      : `${plural(problems.length, 'problem')} in ${plural(releases.length, 'release')}\n`;
  return `${rows.join('')}${found.length === 0 ? '' : `\n${found.join('')}`}\n${end}`;
}
