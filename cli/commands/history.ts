import { eachPersonOnce, samePerson } from '#engine';
import type { Manifest, ReleaseProblem, VerifiedRelease } from '#engine';
import type { Command, Context } from '../command.ts';
import { exitCodes } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { openReleases } from '../releases.ts';
import { wholeWorkspace } from '../workspace.ts';

export const history: Command = {
  name: 'history',
  summary: 'List the releases: who, when, why, what changed, who approved it',
  usage: 'history [folder] [--json]',
  options: {
    json: { summary: 'print one JSON document: { releases: [...] }, the last one first' },
  },
  notes: [
    'The last release comes first. What changed is counted as it was when it was approved.',
    'A release that is not as it was published is said to be so; `proviso verify` says what was changed.',
  ],
  examples: ['history', 'history ../policies --json'],

  async run(args, context) {
    const folder = await wholeWorkspace(
      args.positionals,
      context.cwd,
      'releases belong to the whole workspace.',
    );
    const { releases, problems } = await openReleases(folder);
    const rows = releases.toReversed().map((release) => rowOf(release, problems));
    if (args.has('json')) context.stdout.write(jsonText({ releases: rows }));
    else
      context.stdout.write(rows.length === 0 ? 'nothing has been published yet\n' : textFor(rows, context));
    return rows.some(({ asPublished }) => !asPublished) ? exitCodes.no : exitCodes.ok;
  },
};

type Row = ReturnType<typeof rowOf>;

function rowOf({ number, manifest, sha256 }: VerifiedRelease, problems: readonly ReleaseProblem[]) {
  return {
    number,
    sha256,
    asPublished: !problems.some(({ release }) => release === number),
    when: manifest?.when ?? null,
    who: manifest?.who ?? null,
    why: manifest?.why ?? null,
    changes: manifest && changesIn(manifest),
    approvers: manifest === null ? [] : approversIn(manifest),
    knownGaps: manifest?.knownGaps.length ?? null,
    overrides: manifest?.overrides.map(({ what, who, reason }) => ({ what, who, reason })) ?? [],
  };
}

/** How much was decided, by the first word of each item's name. */
function changesIn({ previous, approvals }: Manifest) {
  const count = (kind: string) => approvals.filter(({ item }) => item.startsWith(`${kind}-`)).length;
  return {
    first: previous === null,
    regions: count('region'),
    encounters: count('encounter'),
    cases: count('case'),
  };
}

/** Each by the name first written, with how many items this person has decided. */
function approversIn({ approvals }: Manifest): readonly { readonly who: string; readonly items: number }[] {
  const names = approvals.flatMap(({ decisions }) => decisions.map(({ who }) => who));
  return eachPersonOnce(names).map((who) => ({
    who,
    items: names.filter((name) => samePerson(name, who)).length,
  }));
}

function textFor(rows: readonly Row[], context: Context): string {
  const paint = paintFor(context.color);
  return rows
    .map(({ number, asPublished, when, who, why, changes, approvers, knownGaps, overrides }) => {
      const state = asPublished ? '' : `  ${paint.red('not as it was published')}`;
      if (changes === null || who === null || why === null) return `${paint.bold(String(number))}${state}\n`;
      const lines = [
        `${paint.bold(String(number))}  ${when}  ${plain(who)}: ${plain(why)}${state}`,
        `   ${changesText(changes)}`,
        ...(approvers.length === 0
          ? []
          : [
              `   approved by ${approvers.map((it) => `${plain(it.who)} (${plural(it.items, 'item')})`).join(', ')}`,
            ]),
        ...(knownGaps === 0 || knownGaps === null ? [] : [`   ${plural(knownGaps, 'known gap')}`]),
        ...overrides.map((it) => `   ${it.what} overridden by ${plain(it.who)}: ${plain(it.reason)}`),
      ];
      return lines.map((line) => `${line}\n`).join('');
    })
    .join('\n');
}

function changesText({ first, regions, encounters, cases }: NonNullable<Row['changes']>): string {
  if (first) return 'the first release';
  if (regions + encounters + cases === 0) return 'no decision changed';
  return [
    `decisions changed in ${plural(regions, 'region')}`,
    `${plural(encounters, 'saved encounter')} judged otherwise`,
    ...(cases === 0 ? [] : [`${plural(cases, 'case')} changed`]),
  ].join(', ');
}
