import {
  canonicalFiles,
  hashFiles,
  isOverridable,
  makeManifest,
  manifestText,
  overridableRefusals,
  refusalsOf,
  releaseFiles,
  runCases,
  sameData,
  suggest,
} from '#engine';
import type { Evidence, Manifest, OverridableRefusal, Override, PublishRefusal } from '#engine';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { readDay } from '../read-day.ts';
import { inOwnWords, interruptedText, openReleases, sha256 } from '../releases.ts';
import { openWorkspace } from '../workspace.ts';

const hint = 'See `proviso help publish`.';

export const publish: Command = {
  name: 'publish',
  summary: 'Freeze policies and suites as the next numbered release',
  usage: 'publish [folder] --who <name> --why <reason> [--override <what> --because <reason>] [--json]',
  options: {
    who: { value: 'name', summary: 'who publishes; it stands in the release' },
    why: { value: 'reason', summary: 'why there is a new release; it stands in the release' },
    override: {
      value: 'what',
      summary: `publish all the same; several with commas: ${overridableRefusals.join(', ')}`,
    },
    because: { value: 'reason', summary: 'why that may be overridden; it stands in the release' },
    json: {
      summary: 'print one JSON document: { published, number, sha256, manifest, refusals, interrupted }',
    },
  },
  notes: [
    'A release is a folder `releases/<number>/`: copies of all files, and a manifest with the SHA-256 of each.',
    'The answer is a no when something speaks against publishing; each reason is told with the next move.',
    'Errors in files, overlapping periods, missing citations, cases that cannot be judged and a broken chain of releases cannot be overridden.',
    'Keep the hash that is printed somewhere else: `proviso verify --hash` proves by it that nothing was changed.',
  ],
  examples: [
    'publish --who "R. Alvarez" --why "New minimum from July on"',
    'publish --who "R. Alvarez" --why "Interim" --override failing-cases --because "Payer confirms by Friday"',
  ],

  async run(args, context) {
    const who = needed(args, 'who');
    const why = needed(args, 'why');
    const wanted = readOverrides(args);
    const open = await openWorkspace(args.positionals, context.cwd);
    if (!open.selectsAll)
      throw new InputError(
        'a release always holds the whole workspace.',
        'Name the workspace folder, or none.',
      );

    const releases = await openReleases(open.folder);
    const { workspace, diagnostics } = open;
    const report = runCases(workspace.cases, readDay(context.today, 'today'));
    const evidence: Evidence = { diagnostics, suites: workspace.suites, cases: workspace.cases, report };
    const copies = canonicalFiles(workspace.files);
    const files = await hashFiles(copies, sha256);
    const last = releases.releases.at(-1);
    const before = last?.manifest ?? null;
    const refusals = refusalsOf({
      diagnostics,
      report,
      broken: releases.problems.map(({ message }) => message),
      when: context.now,
      last: before && {
        number: before.number,
        when: before.when,
        sameFiles: sameData(before.files, files),
      },
    });
    const blocking = refusals.filter(({ what }) => !isOverridable(what) || !wanted.has(what));
    if (blocking.length > 0) {
      sayRefused(blocking, releases.interrupted, args, context);
      return exitCodes.no;
    }

    const overrides = refusals.flatMap(({ what, found, details }): Override[] =>
      isOverridable(what) ? [{ what, found: [found, ...details].join('\n'), reason: wanted.get(what)! }] : [],
    );
    const previous = last?.sha256 ? { number: last.number, sha256: last.sha256 } : null;
    const manifest = makeManifest({ previous, who, why, when: context.now, files, overrides }, evidence);
    await inOwnWords(() => releases.store.publish(manifest.number, releaseFiles(manifest, copies)));
    await sayPublished(manifest, releases.interrupted, args, context);
    return exitCodes.ok;
  },
};

function needed(args: Arguments, name: 'who' | 'why' | 'because'): string {
  const value = args.value(name)?.trim() ?? '';
  if (value === '') throw new InputError(`\`--${name}\` is needed; it stands in the release.`, hint);
  return value;
}

/** What is to be overridden, each with the reason. */
function readOverrides(args: Arguments): ReadonlyMap<OverridableRefusal, string> {
  const written = args.value('override');
  if (written === null) {
    if (args.has('because')) throw new InputError('`--because` goes with `--override`.', hint);
    return new Map();
  }
  const reason = needed(args, 'because');
  return new Map(written.split(',').map((name) => [readOverride(name.trim()), reason]));
}

function readOverride(name: string): OverridableRefusal {
  const what = overridableRefusals.find((one) => one === name);
  if (what !== undefined) return what;
  const near = suggest(name, overridableRefusals);
  throw new InputError(
    `\`${name}\` cannot be overridden; ${near ? `did you mean \`${near}\`?` : `what can be: ${overridableRefusals.join(', ')}.`}`,
    hint,
  );
}

function sayRefused(
  refusals: readonly PublishRefusal[],
  interrupted: readonly number[],
  args: Arguments,
  context: Context,
): void {
  if (args.has('json')) {
    context.stdout.write(
      jsonText({ published: false, number: null, sha256: null, manifest: null, refusals, interrupted }),
    );
    return;
  }
  const paint = paintFor(context.color);
  const told = refusals.map(({ what, found, details, next }) => {
    const override = isOverridable(what)
      ? [`  or publish all the same: --override ${what} --because <reason>`]
      : [];
    return [
      `${paint.red(`${what}:`)} ${plain(found)}`,
      ...details.slice(0, mostDetails).map((line) => `  ${plain(line)}`),
      ...(details.length > mostDetails ? [`  and ${details.length - mostDetails} more`] : []),
      `  next: ${plain(next)}`,
      ...override,
      '',
    ].join('\n');
  });
  context.stdout.write(
    `${interruptedText(interrupted, 'what it left goes with the next publish')}${told.join('\n')}\nnot published\n`,
  );
}

/** A screen is soon full; the rest is told by `check` and `test`. */
const mostDetails = 10;

async function sayPublished(
  manifest: Manifest,
  interrupted: readonly number[],
  args: Arguments,
  context: Context,
): Promise<void> {
  const { number, files, overrides, knownGaps } = manifest;
  const hash = await sha256(manifestText(manifest));
  if (args.has('json')) {
    context.stdout.write(
      jsonText({ published: true, number, sha256: hash, manifest, refusals: [], interrupted }),
    );
    return;
  }
  context.stdout.write(
    [
      interruptedText(interrupted, 'what it left was removed'),
      `release ${number} published: ${plural(files.length, 'file')}, ${plural(overrides.length, 'override')}, ${plural(knownGaps.length, 'known gap')}\n`,
      `sha256 of its manifest: ${hash}\n`,
    ].join(''),
  );
}
