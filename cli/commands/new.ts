import { compile, judge, suggest, updateWorkspace, verdictOf } from '#engine';
import type { Workspace } from '#engine';
import type { Command } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { jsonText } from '../print/json.ts';
import { fromHere } from '../print/report.ts';
import { encounterTemplate, policyTemplate, sourceTemplate, suiteTemplate } from '../templates.ts';
import { writeRevision } from '../new-revision.ts';
import { openWorkspace } from '../workspace.ts';

const kinds = ['policy', 'suite', 'encounter', 'revision'] as const;
const hint = 'See `proviso help new`.';

export const newFile: Command = {
  name: 'new',
  summary: 'Begin a policy, a suite, an encounter, or a new revision of a policy',
  usage: 'new policy|suite|encounter|revision <id> [--payer <id>] [--from <date>]',
  options: {
    from: { value: 'date', summary: 'of a revision: the first date of service on which it is in force' },
    payer: { value: 'id', summary: 'the payer, by its id in rules/lists/payers.list.yaml' },
    workspace: { value: 'folder', summary: 'the workspace to write in; left out: the one you are in' },
    json: { summary: 'print one JSON document: { created: [paths] }, of a revision { created, changed }' },
  },
  notes: [
    'An id is lower-case words and digits with dashes between: `hns-97530-time`.',
    'A policy comes with a source for what it cites; a suite comes with an encounter to start from.',
    'A new revision is a copy of the one in force on its first day, which then ends on the day before; no claim is decided otherwise until the copy is changed.',
    'Nothing that exists is overwritten.',
  ],
  examples: [
    'new policy hns-traction --payer hns',
    'new suite hns-traction',
    'new encounter second-visit --payer medicare',
    'new revision hns-97530-time --from 2027-01-01',
  ],

  async run(args, context) {
    const [kindWritten, id, ...more] = args.positionals;
    const kind = kinds.find((one) => one === kindWritten);
    if (kind === undefined) throw new InputError(wrongKind(kindWritten), hint);
    if (id === undefined)
      throw new InputError(`name the new ${kind}: \`proviso new ${kind} its-name\`.`, hint);
    if (more.length > 0) throw new InputError('begin one file at a time.', hint);
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
      throw new InputError(
        `\`${id}\` is not written as ids are: lower-case words and digits with dashes between.`,
        hint,
      );
    }
    const folder = args.value('workspace');
    const open = await openWorkspace(folder === null ? [] : [folder], context.cwd);
    if (kind === 'revision') {
      const { words, ...written } = await writeRevision(open, id, args.value('from'));
      context.stdout.write(
        args.has('json') ? jsonText(written) : `${words.join('\n')}\n\nNext: ${nextSteps.revision}\n`,
      );
      return exitCodes.ok;
    }
    if (args.value('from') !== null) throw new InputError('`--from` goes with `new revision`.', hint);
    const wanted = { id, payer: knownPayer(args.value('payer'), open.workspace), today: context.today };
    const files = { policy: policyFiles, suite: suiteFiles, encounter: encounterFiles }[kind](
      wanted,
      open.workspace,
    );

    const taken = [...open.contents.files, ...open.contents.unreadable].map((file) => file.path);
    const first = files.find((file) => taken.includes(file.path));
    if (first)
      throw new InputError(
        `\`${fromHere(open.folder, first.path, context.cwd)}\` exists, and nothing is overwritten.`,
      );
    for (const { path, text } of files) {
      const result = await open.storage.write(path, text, null);
      if (result.kind === 'conflict')
        throw new InputError(`\`${path}\` has come into being meanwhile, and nothing is overwritten.`);
    }
    const created = files.map((file) => file.path);
    if (args.has('json')) {
      context.stdout.write(jsonText({ created }));
    } else {
      const paths = created.map((file) => fromHere(open.folder, file, context.cwd)).join('\n');
      context.stdout.write(`${paths}\n\nNext: ${nextSteps[kind]}\n`);
    }
    return exitCodes.ok;
  },
};

const nextSteps = {
  policy:
    'write what the payer says into the source, then the rules; `proviso check` and `proviso new suite` follow.',
  suite: 'read what the case expects and mend it where the policies are wrong; `proviso test` runs it.',
  encounter: 'write what the claim and the record say; `proviso run` judges it.',
  revision: 'change the copy; `proviso timeline` shows both, and `proviso compare` what the change does.',
} as const;

interface Wanted {
  readonly id: string;
  readonly payer: string | null;
  readonly today: string;
}

interface NewFile {
  readonly path: string;
  readonly text: string;
}

function policyFiles({ id, payer, today }: Wanted, { policies, sources }: Workspace): readonly NewFile[] {
  const known = policies.find((policy) => policy.id === id);
  if (known)
    throw new InputError(
      `there is a policy \`${id}\` already, in ${known.place.path}.`,
      `\`proviso new revision ${id} --from <date>\` begins a new revision of it.`,
    );
  if (sources.some((source) => source.id === id)) {
    throw new InputError(
      `there is a source \`${id}\` already, and the new policy would begin with one of that name.`,
      'Choose another id.',
    );
  }
  return [
    {
      path: `rules/${payer ?? 'every-payer'}/${id}/${today}.policy.yaml`,
      text: policyTemplate(id, payer, today),
    },
    { path: `rules/sources/${id}.source.yaml`, text: sourceTemplate(id) },
  ];
}

function encounterFiles({ id, payer, today }: Wanted, workspace: Workspace): readonly NewFile[] {
  return [
    {
      path: `testcases/encounters/${id}.encounter.yaml`,
      text: encounterTemplate(id, payer ?? firstPayer(workspace), today),
    },
  ];
}

/** A suite by the name of a policy is for that policy alone, and for one of its payers. */
function suiteFiles({ id, payer, today }: Wanted, workspace: Workspace): readonly NewFile[] {
  const known = workspace.suites.find((suite) => suite.id === id);
  if (known) throw new InputError(`there is a suite \`${id}\` already, in ${known.place.path}.`);
  const revisions = workspace.policies.filter((policy) => policy.id === id);
  const ofPolicy = revisions[0]?.payers?.[0] ?? null;
  const encounterPath = `testcases/encounters/${id}.encounter.yaml`;
  const saved = workspace.encounters.find((file) => file.path === encounterPath);
  const encounter = {
    path: encounterPath,
    text: encounterTemplate(id, payer ?? ofPolicy ?? firstPayer(workspace), today),
  };
  const after = saved ? workspace : updateWorkspace(workspace, [encounter]);

  const table = after.encounters.find((file) => file.path === encounterPath)?.table;
  if (!table)
    throw new InputError(
      `the encounter \`${encounterPath}\` has mistakes, so no suite can start from it.`,
      'See `proviso check`.',
    );
  const program = revisions.length > 0 ? compile(revisions, after.vocabulary) : after.program;
  const suite = {
    path: `testcases/${id}.suite.yaml`,
    text: suiteTemplate({
      id,
      policy: revisions.length > 0 ? id : null,
      encounter: `encounters/${id}.encounter.yaml`,
      date: today,
      verdict: verdictOf(judge(program, table)),
    }),
  };
  return saved ? [suite] : [encounter, suite];
}

function payersOf({ lists }: Workspace): readonly string[] | null {
  return lists.find(({ id }) => id === 'payers')?.entries.map(({ value }) => value) ?? null;
}

/** Without a list of payers, any name will do. */
function firstPayer(workspace: Workspace): string {
  return payersOf(workspace)?.[0] ?? 'other';
}

function knownPayer(written: string | null, workspace: Workspace): string | null {
  const payers = payersOf(workspace);
  if (written === null || payers === null || payers.includes(written)) return written;
  const near = suggest(written, payers);
  throw new InputError(
    `there is no payer \`${written}\`${near ? `; did you mean \`${near}\`?` : '.'}`,
    'Payers are in rules/lists/payers.list.yaml; add a line for a new one.',
  );
}

function wrongKind(written: string | undefined): string {
  if (written === undefined) return 'say what to begin: a policy, a suite, an encounter or a revision.';
  const near = suggest(written, kinds);
  return `\`proviso new\` cannot begin a \`${written}\`; ${near ? `did you mean \`${near}\`?` : 'it begins a policy, a suite, an encounter or a revision.'}`;
}
