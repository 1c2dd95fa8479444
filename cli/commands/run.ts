import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkspace,
  eachRuleOnce,
  epochsInForce,
  explainTraces,
  formatDay,
  hasErrors,
  judge,
  traceOf,
  verdictOf,
  withDays,
} from '#engine';
import type {
  Diagnostic,
  ExplainedCondition,
  Explanation,
  FactTable,
  LineVerdict,
  Verdict,
  Workspace,
} from '#engine';
import type { Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import { readLines } from '../corpus/lines.ts';
import { maxFileBytes } from '../../storage/content.ts';
import { diagnosticRow, jsonText } from '../print/json.ts';
import { diagnosticsText } from '../print/report.ts';
import { plural } from '../print/terminal.ts';
import { explanationsText, verdictText } from '../print/verdict.ts';
import { versionNote } from '../version.ts';
import { readWhatIf, rulesOf, whatIfJson, whatIfNotes, whatIfOptions, whatIfWords } from '../what-if.ts';
import type { WhatIf } from '../what-if.ts';
import { openWorkspace } from '../workspace.ts';

export const run: Command = {
  name: 'run',
  summary: 'Judge one encounter by the policies in force',
  usage:
    'run <encounter file>[:<line>] [--as-of <date>] [--received <date>] [--version <version>] [--explain] [--json]',
  options: {
    ...whatIfOptions,
    explain: { summary: 'say why: every rule with its conditions in words and the values found' },
    workspace: {
      value: 'folder',
      summary: 'the workspace whose policies judge; left out: the one you are in',
    },
    json: { summary: 'print one JSON document: { encounter, decision, lines: [...], visit: {...} }' },
  },
  notes: [
    'The encounter file may lie anywhere; `-` reads it from standard input.',
    'Of a file with one encounter in each line (.ndjson, .jsonl, also .gz) `claims.ndjson:17` is the one in line 17.',
    ...whatIfNotes,
    `A version is ${versionNote}.`,
    'An encounter that was judged gives exit code 0 whatever was decided; one with mistakes in it is not judged.',
  ],
  examples: [
    'run testcases/hns/encounters/initial-visit.encounter.yaml',
    'run claim.encounter.yaml --explain --as-of 2020-10-01',
    'run claim.encounter.yaml --version release:2 --received 2020-04-01',
    'run - --json < claim.encounter.yaml',
  ],

  async run(args, context) {
    const [written, ...more] = args.positionals;
    if (written === undefined)
      throw new InputError('name the encounter file to judge.', 'See `proviso help run`.');
    if (more.length > 0) throw new InputError('judge one encounter at a time.', 'See `proviso help run`.');
    const whatIf = readWhatIf(args);
    const text = await readEncounter(written, context);
    const folder = args.value('workspace');
    const open = await openWorkspace(folder === null ? [] : [folder], context.cwd);

    const rules = await rulesOf(whatIf?.version ?? null, open.folder, context);
    const policyErrors = open.diagnostics.filter(
      ({ severity, place }) => rules === null && severity === 'error' && place.path.startsWith('rules/'),
    );
    if (policyErrors.length > 0) {
      const message = `the policies have ${plural(policyErrors.length, 'error')}; nothing is judged until they are mended.`;
      return refuse(
        message,
        policyErrors,
        open.workspace,
        open.folder,
        exitCodes.no,
        args.has('json'),
        context,
      );
    }

    const { workspace, table, errors } = placeEncounter(text, rules ?? open.contents.files);
    if (table === null) {
      const message = `the encounter has ${plural(errors.length, 'error')} and cannot be judged.`;
      return refuse(
        message,
        namedAs(errors, written),
        named(workspace, written),
        context.cwd,
        exitCodes.usage,
        args.has('json'),
        context,
      );
    }

    const asked: FactTable = whatIf === null ? table : withDays(table, whatIf, workspace.vocabulary);
    const judged = judgeEncounter(workspace, asked);
    const explanations = args.has('explain')
      ? explainTraces(traceOf(workspace.program, asked), judged.verdict, workspace)
      : null;
    if (args.has('json')) {
      context.stdout.write(jsonText(jsonVerdict(judged, asked, whatIf, explanations)));
      return exitCodes.ok;
    }
    context.stdout.write(
      verdictText(
        {
          ...judged,
          payer: asked.payer,
          date: formatDay(table.day),
          inForceOn: formatDay(asked.day),
          whatIf: whatIf === null ? null : whatIfWords(whatIf),
        },
        context.color,
      ),
    );
    if (explanations) context.stdout.write(`\n${explanationsText(explanations, context.color)}`);
    return exitCodes.ok;
  },
};

async function readEncounter(written: string, context: Context): Promise<string> {
  const [, file, line] = /^(.+\.(?:ndjson|jsonl)(?:\.gz)?):(\d+)$/i.exec(written) ?? [];
  const bytes =
    written === '-'
      ? await context.stdin()
      : file !== undefined
        ? await readLine(path.resolve(context.cwd, file), file, Number(line))
        : await readBytes(path.resolve(context.cwd, written), written);
  if (bytes.length > maxFileBytes)
    throw new InputError(`\`${written}\` is larger than 2 MB, the most that a file may have.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`\`${written}\` is not UTF-8 text.`);
  }
}

async function readBytes(absolute: string, written: string): Promise<Uint8Array> {
  const found = await stat(absolute).catch(() => null);
  if (found === null) throw new InputError(`there is no file \`${written}\`.`);
  if (!found.isFile()) throw new InputError(`\`${written}\` is not a file.`);
  // A huge file is refused by its size, before it is in memory.
  if (found.size > maxFileBytes)
    throw new InputError(`\`${written}\` is larger than 2 MB, the most that a file may have.`);
  try {
    return await readFile(absolute);
  } catch (error) {
    throw new InputError(
      `\`${written}\` cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'the system refuses'}.`,
    );
  }
}

/** One line of a file that may be far too large to be read whole. */
async function readLine(absolute: string, written: string, wanted: number): Promise<Uint8Array> {
  if ((await stat(absolute).catch(() => null)) === null)
    throw new InputError(`there is no file \`${written}\`.`);
  let last = 0;
  try {
    const { lines } = readLines({ absolute, zipped: /\.gz$/i.test(written) });
    for await (const some of lines) {
      const found = some.find(({ number }) => number === wanted);
      if (found?.bytes === null)
        throw new InputError(
          `line ${wanted} of \`${written}\` is larger than 2 MB, the most that an encounter may have.`,
        );
      if (found) return found.bytes;
      last = some.at(-1)!.number;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `\`${written}\` cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'the system refuses'}.`,
    );
  }
  throw new InputError(`\`${written}\` has ${plural(last, 'line')}, and no line ${wanted}.`);
}

/** Where the encounter stands beside the policies, so that it is read with their payers and their vocabulary. */
const placed = 'testcases/judged.encounter.yaml';

function placeEncounter(
  text: string,
  files: readonly { readonly path: string; readonly text: string }[],
): { workspace: Workspace; table: FactTable | null; errors: readonly Diagnostic[] } {
  // The other encounters and the suites have no say here, whatever state they are in.
  const rules = files.filter((file) => file.path.startsWith('rules/'));
  const workspace = createWorkspace([...rules, { path: placed, text }]);
  const own = workspace.diagnostics.filter(({ place }) => place.path === placed);
  const table = workspace.encounters.find((file) => file.path === placed)?.table ?? null;
  return {
    workspace,
    table: hasErrors(own) ? null : table,
    errors: own.filter(({ severity }) => severity === 'error'),
  };
}

interface JudgedEncounter {
  readonly verdict: Verdict;
  /** The policies in force, by id. */
  readonly policies: readonly string[];
}

function judgeEncounter(workspace: Workspace, table: FactTable): JudgedEncounter {
  return {
    verdict: verdictOf(judge(workspace.program, table)),
    policies: epochsInForce(workspace.program, table).map(({ policy }) => policy.id),
  };
}

function jsonVerdict(
  { verdict, policies }: JudgedEncounter,
  table: FactTable,
  whatIf: WhatIf | null,
  explanations: readonly Explanation[] | null,
): unknown {
  return {
    encounter: verdict.encounter,
    decision: verdict.decision,
    payer: table.payer,
    ...(whatIf === null ? {} : whatIfJson(whatIf)),
    policies,
    lines: verdict.lines.map((line) => ({
      line: line.line,
      code: line.code,
      decision: line.decision,
      supportableUnits: line.supportableUnits,
      ...subjectJson(line),
    })),
    visit: subjectJson(verdict.visit),
    ...(explanations ? { explanations: explanations.map(explanationJson) } : {}),
  };
}

function subjectJson({ violated, undetermined }: Pick<LineVerdict, 'violated' | 'undetermined'>) {
  const open = eachRuleOnce(undetermined);
  return {
    violated: violated.map(({ rule }) => rule),
    undetermined: open.map(({ rule }) => rule),
    findings: violated.map(({ rule, effect, message, remedy, cites }) => ({
      rule,
      effect,
      message,
      remedy,
      cites,
    })),
    missing: open.map(({ rule, needs }) => ({ rule, needs })),
  };
}

function explanationJson({ place, parts, citations, ...rest }: Explanation) {
  return {
    ...rest,
    cites: citations.map(({ source, clause }) => `${source}#${clause}`),
    at: at(place),
    parts: parts.map(({ role, ifReceived, conditions }) => ({
      role,
      ...(ifReceived === null ? {} : { ifReceived }),
      conditions: conditions.map(conditionJson),
    })),
  };
}

function conditionJson({
  otherLine,
  sentence,
  result,
  found,
  needs,
  place,
  children,
}: ExplainedCondition): unknown {
  return {
    ...(otherLine === null ? {} : { otherLine }),
    sentence,
    result,
    ...(found === null ? {} : { found }),
    ...(needs === null ? {} : { needs }),
    at: at(place),
    ...(children.length === 0 ? {} : { conditions: children.map(conditionJson) }),
  };
}

const at = ({ path: file, line, column }: Explanation['place']) => ({ path: file, line, column });

function refuse(
  message: string,
  diagnostics: readonly Diagnostic[],
  workspace: Pick<Workspace, 'files'>,
  folder: string,
  exitCode: number,
  asJson: boolean,
  context: Context,
): number {
  if (asJson) {
    context.stdout.write(jsonText({ error: { message }, diagnostics: diagnostics.map(diagnosticRow) }));
  } else {
    context.stderr.write(`${diagnosticsText(diagnostics, { folder, workspace }, context)}${message}\n`);
  }
  return exitCode;
}

/** The diagnostics of the encounter under the name by which the user knows the file. */
function namedAs(diagnostics: readonly Diagnostic[], written: string): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, path: written } }));
}

function named(workspace: Workspace, written: string): Pick<Workspace, 'files'> {
  return { files: new Map([[written, workspace.files.get(placed)!]]) };
}
