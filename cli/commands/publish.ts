import { overridableRefusals, suggest } from '#engine';
import type { OverridableRefusal } from '#engine';
import { openDiskPublishing } from '../../publishing/disk-publishing.ts';
import type { NotPublished, Published, PublishRequest } from '../../publishing/publishing.ts';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { plural } from '../print/terminal.ts';
import { inOwnWords, interruptedText, neededWords, refusalsText } from '../releases.ts';
import { wholeWorkspace } from '../workspace.ts';

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
    'What changes since the last release must be approved: see `proviso approve`. Who publishes the first release approves it.',
    'Errors in files, overlapping periods, missing citations, cases that cannot be judged and a broken chain of releases cannot be overridden.',
    'Keep the hash that is printed somewhere else: `proviso verify --hash` proves by it that nothing was changed.',
  ],
  examples: [
    'publish --who "R. Alvarez" --why "New minimum from July on"',
    'publish --who "R. Alvarez" --why "Interim" --override failing-cases --because "Payer confirms by Friday"',
  ],

  async run(args, context) {
    const who = neededWords(args, 'who', hint);
    const why = neededWords(args, 'why', hint);
    const overrides = readOverrides(args);
    const folder = await wholeWorkspace(
      args.positionals,
      context.cwd,
      'a release always holds the whole workspace.',
    );
    const answer = await inOwnWords(async () => {
      const publishing = await openDiskPublishing(folder, () => context);
      return publishing.publish({ who, why, overrides, seen: null });
    });
    if (args.has('json')) context.stdout.write(jsonText(answer));
    else context.stdout.write(answer.published ? publishedText(answer) : refusedText(answer, context));
    return answer.published ? exitCodes.ok : exitCodes.no;
  },
};

/** What is to be overridden, each with the reason. */
function readOverrides(args: Arguments): PublishRequest['overrides'] {
  const written = args.value('override');
  if (written === null) {
    if (args.has('because')) throw new InputError('`--because` goes with `--override`.', hint);
    return [];
  }
  const reason = neededWords(args, 'because', hint);
  return written.split(',').map((name) => ({ what: readOverride(name.trim()), reason }));
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

function refusedText({ refusals, interrupted }: NotPublished, context: Context): string {
  return `${interruptedText(interrupted, 'what it left goes with the next publish')}${refusalsText(refusals, context)}\nnot published\n`;
}

function publishedText({ number, sha256, manifest, interrupted }: Published): string {
  const { files, overrides, knownGaps } = manifest;
  return [
    interruptedText(interrupted, 'what it left was removed'),
    `release ${number} published: ${plural(files.length, 'file')}, ${plural(overrides.length, 'override')}, ${plural(knownGaps.length, 'known gap')}\n`,
    `sha256 of its manifest: ${sha256}\n`,
  ].join('');
}
