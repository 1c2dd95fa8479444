import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  allTargets,
  bundleArchive,
  choosePolicies,
  exportContent,
  makeBundle,
  makeKit,
  onlyRead,
  savedEncounters,
  suggest,
  withSignature,
  writeTargets,
} from '#engine';
import type { Bundle, BundleManifest, Exported, KitLine, Target, TargetWriting, Workspace } from '#engine';
import { sha256Bytes } from '../bundles.ts';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { namesAPerson, personalIn } from '../kit-privacy.ts';
import { readSigner } from '../keys.ts';
import { jsonText } from '../print/json.ts';
import { proofText } from '../print/proof.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { proveExports, unproven } from '../proofs.ts';
import type { FailedProof, ProvenExports, TimedProof } from '../proofs.ts';
import { releaseOf, versionNote, versionOf } from '../version.ts';
import { expectRoomFor, writeNewFile } from '../write-new-file.ts';

const hint = 'See `proviso help export`.';

export const exportPolicies: Command = {
  name: 'export',
  summary:
    'Write policies for other systems, prove each on the engine that will run it, and pack all as one bundle',
  usage:
    'export --out <file> [--target <ids>] [--policy <ids>] [--version <version>] [--sign <key>] [--json]',
  options: {
    out: { value: 'file', summary: 'the bundle, or the folder that it goes to' },
    target: {
      value: 'ids',
      summary: `with commas between; left out: all of ${allTargets.map(({ id }) => id).join(', ')}`,
    },
    policy: { value: 'ids', summary: 'with commas between; left out: every policy' },
    version: {
      value: 'version',
      summary: 'what is exported; left out: the latest release, or without one the draft',
    },
    sign: { value: 'file', summary: 'the private key to sign with; `proviso keys new` makes one' },
    mutants: {
      summary: 'also try deliberate errors on each engine, to show that they would be noticed; takes minutes',
    },
    'no-proof': { summary: 'run no engine, and say so in the bundle' },
    'without-saved': { summary: 'leave saved encounters out of what the receiver proves it with' },
    'keep-personal': {
      summary: 'let saved encounters go along that seem to name a person, after you looked at them',
    },
    overwrite: { summary: 'replace a bundle that is there' },
    workspace: { value: 'folder', summary: 'the workspace; left out: the one you are in' },
    progress: { summary: 'for programs: how far the proofs are, as a JSON line each on the error output' },
    json: {
      summary: 'print one JSON document: { written, revision, signedBy, manifest, proofs, refused, failed }',
    },
  },
  notes: [
    `A version is ${versionNote}.`,
    'Nothing is written where a target cannot hold the policies, or answers otherwise than they do.',
    'An overlay and the policy that it extends are always exported together.',
    'The same version, proven on the same engines, gives the same bytes on every machine; only a signature says when.',
    'Saved encounters go along for the proof. Look at them first: nothing about a real patient belongs in a bundle.',
  ],
  examples: [
    'export --out hns.ppb.tgz',
    'export --target javascript,sql --policy hns-97530-time --out ../bundles',
    'export --version release:3 --sign ~/proviso-keys/proviso-private.pem --out hns-3.ppb.tgz',
  ],

  async run(args, context) {
    if (args.positionals.length > 0) throw new InputError('`proviso export` takes options only.', hint);
    const out = args.value('out');
    if (out === null) throw new InputError('say where the bundle goes: `--out hns.ppb.tgz`.', hint);
    const targets = targetsIn(args.value('target'));
    const sign = args.value('sign');
    const signer = sign === null ? null : await readSigner(sign, context.cwd);

    const folder = args.value('workspace');
    const release = await releaseOf(args.value('version'), folder, context);
    const version = args.value('version') ?? (release === null ? 'draft' : 'release:latest');
    const workspace = await versionOf(version, folder, context);
    const exported = choosePolicies(workspace, policiesIn(args.value('policy'), workspace));
    if (exported.policies.length === 0)
      throw new InputError(
        'there is no policy to export.',
        'A policy is a file `rules/**/*.policy.yaml`; `proviso new policy` writes one to begin from.',
      );
    const place = await placeFor(out, exported.name, context);
    await expectRoomFor(place, args.has('overwrite'));
    const kit = kitOf(exported, args);

    const written = writeTargets(exported, targets, kit);
    const refused = written.filter((one) => one.refused.length > 0);
    const { proofs: timed, failed } =
      refused.length > 0 || args.has('no-proof')
        ? { proofs: unproven(written), failed: [] }
        : await prove(exported, written, kit, args, context);
    const proofs = timed.map(({ proof }) => proof);
    const shown = timed.map(({ proof, seconds }) => ({ ...proof, ...(seconds === null ? {} : { seconds }) }));
    if (refused.length > 0 || failed.length > 0) {
      context.stdout.write(
        args.has('json')
          ? jsonText({
              written: null,
              refused: refused.map(({ target: { id }, refused }) => ({ target: id, reasons: refused })),
              failed,
              proofs: shown,
            })
          : refusedText(refused, failed, context),
      );
      return exitCodes.no;
    }

    const verifier = await readFile(path.join(context.appFolder, 'conformance/verify.mjs'), 'utf8');
    const content = exportContent(exported, written, { kit, proofs, release, verifier });
    const { bundle: unsigned, problems } = await makeBundle(content, sha256Bytes);
    if (unsigned === null)
      throw new InputError(problems[0]!.message, 'Rename the file, and what refers to it.');
    const bundle = signer === null ? unsigned : await withSignature(unsigned, context.now, signer);
    const bytes = bundleArchive(bundle);
    await writeNewFile(place, bytes, args.has('overwrite'));
    const signedBy = signer?.keyId ?? null;
    context.stdout.write(
      args.has('json')
        ? jsonText({
            written: place,
            bytes: bytes.length,
            revision: bundle.revision,
            signedBy,
            manifest: bundle.manifest,
            proofs: shown,
          })
        : writtenText(place, bytes.length, bundle, timed, signedBy, version, context),
    );
    return exitCodes.ok;
  },
};

async function prove(
  exported: Exported,
  written: readonly TargetWriting[],
  kit: readonly KitLine[],
  args: Arguments,
  context: Context,
): Promise<ProvenExports> {
  const { allEngines } = await import('../../conformance/all-engines.ts');
  const withMutants = args.has('mutants');
  return proveExports({
    exported,
    written,
    kit,
    withMutants,
    engines: allEngines,
    onStart: (what) => {
      if (context.isTerminal) context.stderr.write(`proving ${what} …\n`);
    },
    ...(args.has('progress')
      ? {
          onProgress: (target, engine, progress) =>
            context.stderr.write(`${JSON.stringify({ progress: { target, engine, ...progress } })}\n`),
        }
      : {}),
  });
}

function targetsIn(written: string | null): readonly Target[] {
  if (written === null) return allTargets;
  const ids = idsIn(written);
  if (ids.length === 0) throw new InputError('`--target` names no target; left out, all are meant.', hint);
  return ids.map((id) => {
    const target = allTargets.find((one) => one.id === id);
    if (target) return target;
    const known = allTargets.map((one) => one.id);
    const near = suggest(id, known);
    throw new InputError(
      `there is no target \`${id}\`; ${near ? `did you mean \`${near}\`?` : `there are ${known.join(', ')}.`}`,
      hint,
    );
  });
}

function policiesIn(written: string | null, { policies }: Workspace): readonly string[] | null {
  if (written === null) return null;
  const known = [...new Set(policies.map(({ id }) => id))];
  const ids = idsIn(written);
  if (ids.length === 0) throw new InputError('`--policy` names no policy; left out, all are meant.', hint);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return ids;
  const near = suggest(unknown, known);
  throw new InputError(
    `there is no policy \`${unknown}\`${near ? `; did you mean \`${near}\`?` : '.'}`,
    `There are ${known.join(', ')}.`,
  );
}

/** Each once, in the order of their names: in which order they are written makes no other bundle. */
function idsIn(written: string): readonly string[] {
  return [...new Set(written.split(',').map((id) => id.trim()))].filter(Boolean).toSorted();
}

/** What the receiver proves it with; saved encounters that seem to name a person stay here until somebody looked. */
function kitOf({ policies, program, workspace }: Exported, args: Arguments): readonly KitLine[] {
  const { vocabulary, payers } = workspace;
  const saved = args.has('without-saved')
    ? []
    : savedEncounters(workspace).map(({ id, document }) => ({ id, document: onlyRead(document, program) }));
  const personal = args.has('keep-personal') ? null : personalIn(saved);
  if (personal)
    throw new InputError(
      `the saved encounter \`${personal.id}\` ${namesAPerson}, at \`${personal.at}\`, and would go along.`,
      'Take that out of it, leave saved encounters here with `--without-saved`, or look and add `--keep-personal`.',
    );
  return makeKit({ policies, vocabulary, payers, saved });
}

/** A folder gets a file that is named after what is in it. */
async function placeFor(out: string, name: string, context: Context): Promise<string> {
  const place = path.resolve(context.cwd, out);
  const isFolder = /[/\\]$/.test(out) || (await stat(place).catch(() => null))?.isDirectory() === true;
  return isFolder ? path.join(place, `${name}.ppb.tgz`) : place;
}

function refusedText(
  refused: readonly TargetWriting[],
  failed: readonly FailedProof[],
  { color }: Context,
): string {
  const paint = paintFor(color);
  const lines = [
    ...refused.flatMap(({ target: { id, title }, refused }) => [
      `${paint.red(`${id}:`)} ${plain(title)} cannot hold these policies`,
      ...refused.map(({ what, place }) =>
        plain(`  ${what}${place === null ? '' : ` (${place.path}:${place.line})`}`),
      ),
    ]),
    ...failed.flatMap(({ target, engine, told }) => [
      `${paint.red(`${target}:`)} ${plain(engine)} does not decide as the policies do`,
      ...told.map((line) => plain(`  ${line}`)),
    ]),
  ];
  return `${lines.join('\n')}\n\nnot exported\n`;
}

function writtenText(
  place: string,
  bytes: number,
  { manifest, revision }: Bundle,
  proofs: readonly TimedProof[],
  signedBy: string | null,
  version: string,
  { color }: Context,
): string {
  const paint = paintFor(color);
  const { kit, policies, targets } = manifest;
  const exported = new Set(policies.map(({ id }) => id)).size;
  return [
    `${paint.green('exported:')} ${plain(place)}, ${Math.ceil(bytes / 1024)} KiB`,
    `  ${exported} ${exported === 1 ? 'policy' : 'policies'} of ${plain(versionWords(version, manifest.release))}, with ${plural(kit.encounters, 'encounter')} to prove ${exported === 1 ? 'it' : 'them'} with`,
    ...targets.flatMap(({ id, title, losses }) => [
      '',
      paint.bold(title),
      ...(readOnly.has(id) ? ['  for people to read: it decides nothing, so nothing was run'] : []),
      ...proofs.filter(({ proof }) => proof.target === id).map((one) => `  ${timedText(one)}`),
      ...losses.map(({ what, at }) => plain(`  ${what}${at === null ? '' : ` (${at.path}:${at.line})`}`)),
    ]),
    '',
    `revision ${revision}`,
    signedBy === null
      ? 'not signed: nobody will vouch for it; --sign signs it'
      : `signed with key ${signedBy}`,
    '',
  ].join('\n');
}

const readOnly: ReadonlySet<string> = new Set(
  allTargets.filter(({ decides }) => !decides).map(({ id }) => id),
);

function versionWords(version: string, release: BundleManifest['release']): string {
  if (release !== null) return `release ${release.number}`;
  return version === 'draft' ? 'the draft, which nobody has published' : version;
}

function timedText({ proof, seconds }: TimedProof): string {
  return plain(`${proofText(proof)}${seconds === null ? '' : `; ${seconds} s`}`);
}
