import { compareWorkspaces, decisionText, payerName } from '#engine';
import type {
  Cause,
  ChangedEncounter,
  CodeDirection,
  TextChange,
  ToldRegion,
  Workspace,
  WorkspaceComparison,
} from '#engine';
import type { Command, Context } from '../command.ts';
import { exitCodes } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { paintFor, plain, plural } from '../print/terminal.ts';
import { twoVersionsOf, versionNote } from '../version.ts';

const conditions = ['changes', 'looser', 'stricter'] as const;
type FailOn = (typeof conditions)[number];
const hint = 'See `proviso help compare`.';

export const compare: Command = {
  name: 'compare',
  summary: 'Say what a change does to every encounter there can be, and to the saved ones',
  usage: 'compare <a> <b> [--fail-on <what>] [--json]',
  options: {
    'fail-on': {
      value: 'what',
      choices: conditions,
      summary: 'exit 1 where anything changes, or in this direction',
    },
    workspace: {
      value: 'folder',
      summary: 'the workspace that `draft`, `release:` and `git:` mean; left out: the one you are in',
    },
    json: { summary: 'print one JSON document: { equal, regions: [...], encounters: [...], text: [...] }' },
  },
  notes: [
    `<a> is the version before, <b> the one after: ${versionNote}.`,
    'The regions are complete: outside of them nothing changes. What was too large to go through is named.',
    'Stricter is a graver decision than before, looser a milder one, neutral the same for another reason.',
    'Each region has an example, an encounter as a file; where none was found among those tried, that is said.',
  ],
  examples: [
    'compare release:latest draft',
    'compare git:HEAD draft',
    'compare git:main draft --fail-on looser',
    'compare ../released . --json',
  ],

  async run(args, context) {
    const [before, after] = await twoVersionsOf(args, context, hint);
    const found = compareWorkspaces(before, after);
    if (args.has('json')) context.stdout.write(jsonText(rowsOf(found)));
    else context.stdout.write(textFor(found, after, context));
    const failOn = conditions.find((it) => it === args.value('fail-on'));
    return failOn !== undefined && fails(found, failOn) ? exitCodes.no : exitCodes.ok;
  },
};

function fails({ equal, encounters, regions, uncovered }: WorkspaceComparison, failOn: FailOn): boolean {
  // What was not gone through may go either way.
  if (uncovered.length > 0) return true;
  return failOn === 'changes'
    ? !equal || encounters.length > 0
    : regions.some(({ direction }) => direction === failOn);
}

function rowsOf({ equal, regions, units, uncovered, directions, encounters, text }: WorkspaceComparison) {
  return {
    equal,
    regions: regions.map(({ when, sentence, before, after, direction, policy, rules, witness }) => ({
      when,
      sentence,
      before,
      after,
      direction,
      policy,
      rules,
      witness,
    })),
    units,
    uncovered,
    directions,
    encounters: encounters.map(({ path: file, suiteCase, title, before, after, causes }) => ({
      path: file,
      case: suiteCase && `${suiteCase.suite}/${suiteCase.id}`,
      title,
      before: before.decision,
      after: after.decision,
      causes,
    })),
    text,
  };
}

// ------------------------------------------------------------------------------------- for people

function textFor(found: WorkspaceComparison, after: Workspace, context: Context): string {
  const paint = paintFor(context.color);
  const parts = [
    found.equal
      ? ['Proven equal: no encounter is judged otherwise.']
      : [
          `Decisions change in ${plural(found.regions.length, 'region')} and nowhere else${found.uncovered.length > 0 ? ' that was gone through' : ''}.`,
        ],
    ...found.regions.map((region) => regionLines(region, paint.bold)),
    found.units,
    found.uncovered,
    section('Direction by payer and code:', directionLines(found.directions, after)),
    section(encountersTitle(found), found.encounters.flatMap(encounterLines)),
    section('Written otherwise:', found.text.map(changeLine)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function encountersTitle({ equal, encounters }: WorkspaceComparison): string {
  const many = `${plural(encounters.length, 'saved encounter')} judged otherwise`;
  if (encounters.length === 0) return `${many}.`;
  // The policies as they stand were compared; a case may put a parameter of its own into them.
  const own =
    encounters.length === 1
      ? 'which tries a number or says something of its own'
      : 'which try a number or say something of their own';
  return equal ? `${many} all the same, ${own}:` : `${many}:`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return title.endsWith('.') ? [title] : [];
  return [title, ...lines.map((line) => `  ${line}`)];
}

function regionLines(
  { sentence, titles, rules, witness }: ToldRegion,
  bold: (text: string) => string,
): readonly string[] {
  return [
    bold(sentence),
    ...rules.map((rule, at) => `  by the rule ${rule}: ${plain(titles[at] ?? '')}`),
    ...(witness === null
      ? ['  no example was found among those tried']
      : [
          '  for example:',
          ...plain(witness)
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]),
  ];
}

/** Codes that go the same way at one payer stand together. */
function directionLines(directions: readonly CodeDirection[], { lists }: Workspace): readonly string[] {
  const groups = new Map<
    string,
    { readonly head: string; readonly codes: string[]; readonly direction: string }
  >();
  for (const { payer, code, direction } of directions) {
    const key = JSON.stringify([payer, direction]);
    const group = groups.get(key) ?? { head: payerName(payer, lists), codes: [], direction };
    group.codes.push(code ?? 'any other code');
    groups.set(key, group);
  }
  return [...groups.values()].map(
    ({ head, codes, direction }) => `${plain(head)}, ${direction}: ${codes.join(', ')}`,
  );
}

function encounterLines({
  title,
  path: file,
  suiteCase,
  before,
  after,
  causes,
}: ChangedEncounter): readonly string[] {
  const where = suiteCase === null ? file : `${suiteCase.suite}/${suiteCase.id}`;
  const change =
    before.decision === after.decision
      ? `${decisionText(after.decision)} as before`
      : `was ${decisionText(before.decision)}, now ${decisionText(after.decision)}`;
  return [`${plain(title)} (${where}): ${change}`, ...causeLines(causes).map((line) => `  ${plain(line)}`)];
}

/** What happens in the same way to several lines of the claim is said once. */
function causeLines(causes: readonly Cause[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { rule, line, before, after, conditions: changed } of causes) {
    const said = changed[0]?.after;
    const found = said?.found == null ? '' : `, found: ${said.found}`;
    const because = said ? `; ${said.sentence}${found}` : '';
    const text = `${rule}: ${before ?? 'not in force'} → ${after ?? 'not in force'}${because}`;
    groups.set(text, [...(groups.get(text) ?? []), line === null ? 'visit' : String(line)]);
  }
  return [...groups].map(([text, at]) => {
    const [first] = at;
    const where =
      first === 'visit' ? 'the visit' : at.length === 1 ? `line ${first}` : `lines ${at.join(', ')}`;
    return `${where}, ${text}`;
  });
}

function changeLine({ path: file, of, at, before, after }: TextChange): string {
  const what = [of === 'file' ? '' : of, at].filter((it) => it !== '').join(', ');
  const change =
    before === null ? `new: ${after}` : after === null ? `gone: ${before}` : `${before} → ${after}`;
  return plain(`${file}${what === '' ? '' : `: ${what}`}: ${change}`);
}
