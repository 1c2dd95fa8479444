import { formatDay, suggest, timelineOf } from '#engine';
import type { Lane, Workspace } from '#engine';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { knownPayer } from '../known-payer.ts';
import { jsonText } from '../print/json.ts';
import { plural } from '../print/terminal.ts';
import { timelineText } from '../print/timeline.ts';
import { readDay } from '../read-day.ts';
import { versionNote, versionOf } from '../version.ts';
import { openWorkspace } from '../workspace.ts';

export const timeline: Command = {
  name: 'timeline',
  summary: 'Show which revision of which policy is in force when, with gaps and overlaps',
  usage: 'timeline [--payer <id>] [--policy <id>] [--code <code>] [--on <date>] [--json]',
  options: {
    payer: { value: 'id', summary: 'only what is for this payer' },
    policy: { value: 'id', summary: 'only this policy' },
    code: { value: 'code', summary: 'only policies with a rule that a line with this code may meet' },
    on: { value: 'date', summary: 'say what is in force on this date of service; left out: today' },
    version: { value: 'version', summary: 'the version that is shown; left out: the folder as it is' },
    workspace: { value: 'folder', summary: 'the workspace; left out: the one you are in' },
    json: { summary: 'print one JSON document: { on, lanes: [...] }' },
  },
  notes: [
    'There is a lane for each policy of each payer, over dates of service; both days of a period count.',
    'A gap is days without a revision between two that have one; an overlap is days with two.',
    'Within a revision, the days are named on which a parameter or a list that it uses changes, and where an overlay lies over its base.',
    `A version is ${versionNote}.`,
  ],
  examples: [
    'timeline',
    'timeline --payer united-healthcare --on 2020-03-31',
    'timeline --code 97530 --json',
  ],

  async run(args, context) {
    if (args.positionals.length > 0)
      throw new InputError('`proviso timeline` takes options alone.', 'See `proviso help timeline`.');
    const on = readDay(args.value('on') ?? context.today, '--on');
    const { workspace, doubt } = await shown(args, context);
    const lanes = timelineOf(workspace, {
      payer: knownPayer(args.value('payer'), [workspace]),
      policy: knownPolicy(args.value('policy'), workspace),
      code: args.value('code'),
      on,
    });
    context.stderr.write(doubt);
    if (args.has('json')) context.stdout.write(jsonText({ on: formatDay(on), lanes: lanes.map(laneRow) }));
    else if (lanes.length === 0) context.stdout.write('No policy is of that kind.\n');
    else context.stdout.write(timelineText(lanes, on, workspace.lists, context.color));
    return exitCodes.ok;
  },
};

/** A folder with overlaps is the one whose timeline is wanted, so the folder as it is may have mistakes, and that is said. */
async function shown(
  args: Arguments,
  context: Context,
): Promise<{ readonly workspace: Workspace; readonly doubt: string }> {
  const folder = args.value('workspace');
  const version = args.value('version') ?? 'draft';
  if (version !== 'draft') return { workspace: await versionOf(version, folder, context), doubt: '' };
  const { workspace, diagnostics } = await openWorkspace(folder === null ? [] : [folder], context.cwd);
  const hiding = diagnostics.filter(
    ({ severity, code, place }) =>
      severity === 'error' && code !== 'period-overlap' && place.path.startsWith('rules/'),
  );
  if (hiding.length === 0) return { workspace, doubt: '' };
  const doubt = `${plural(hiding.length, 'error')} in the policies: what cannot be read has no lane here; \`proviso check\` says what is wrong.\n\n`;
  return { workspace, doubt };
}

function knownPolicy(written: string | null, { policies }: Workspace): string | null {
  const ids = [...new Set(policies.map(({ id }) => id))];
  if (written === null || ids.includes(written)) return written;
  const near = suggest(written, ids);
  throw new InputError(
    `there is no policy \`${written}\`${near ? `; did you mean \`${near}\`?` : '.'}`,
    '`proviso timeline` shows them all.',
  );
}

function laneRow({ payer, policy, title, revisions, gaps, receivedGaps, overlaps, replaced }: Lane): unknown {
  return {
    payer,
    policy,
    title,
    revisions: revisions.map((revision) => ({
      path: revision.path,
      ...days(revision),
      received:
        revision.received === null
          ? null
          : { from: dayOrNull(revision.received.from), to: dayOrNull(revision.received.to) },
      inForce: revision.inForce,
      over: revision.bases.map((layer) => ({ path: layer.path, ...days(layer) })),
      changes: revision.changes.map(({ day, changes }) => ({ day: formatDay(day), changes })),
    })),
    gaps: gaps.map((gap) => ({ ...days(gap), between: [gap.earlier.path, gap.later.path] })),
    receivedGaps: receivedGaps.map((gap) => ({
      ...days(gap),
      since: formatDay(gap.since),
      between: [gap.earlier.path, gap.later.path],
    })),
    overlaps: overlaps.map((it) => ({ ...days(it), between: [it.earlier.path, it.later.path] })),
    replaced: replaced.map((it) => ({ by: it.by, payers: it.payers, ...days(it) })),
  };
}

function days({ from, to }: { readonly from: number; readonly to: number | null }) {
  return { from: formatDay(from), to: dayOrNull(to) };
}

function dayOrNull(day: number | null): string | null {
  return day === null ? null : formatDay(day);
}
