import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import path from 'node:path';
import { decisionTotals, joinedVocabulary, payersOfBoth } from '#engine';
import type { ImpactRows, Move, Workspace } from '#engine';
import type { Arguments, Command, Context } from '../command.ts';
import { exitCodes, InputError } from '../command.ts';
import type { Ground } from '../corpus/blocks.ts';
import { runImpact } from '../corpus/impact-run.ts';
import type { ImpactResult } from '../corpus/impact-run.ts';
import { surveyInputs } from '../corpus/inputs.ts';
import type { Survey } from '../corpus/inputs.ts';
import { createProgress, durationWords } from '../corpus/progress.ts';
import { impactText, number } from '../print/impact.ts';
import { jsonText } from '../print/json.ts';
import { paintFor } from '../print/terminal.ts';
import { versionNote, versionOf } from '../version.ts';

const hint = 'See `proviso help impact`.';

export const impact: Command = {
  name: 'impact',
  summary: 'Count what a change does to your own encounters: how many, and what was charged for them',
  usage: 'impact <a> <b> --encounters <folder or file> [more folders or files] [options]',
  options: {
    encounters: {
      value: 'path',
      summary:
        'a folder, or a file with one encounter in each line (.ndjson, .jsonl, also .gz); more may follow',
    },
    changed: {
      value: 'file',
      summary:
        'write the encounters that are decided otherwise: one JSON line each, with file, line and rules',
    },
    keep: {
      value: 'file',
      summary: 'keep the encounters in columns in this file; given again, they are taken from there',
    },
    'hash-ids': { summary: 'write a hash in place of each id, under a key that is made for this run alone' },
    fresh: { summary: 'begin anew, also where an earlier run was interrupted' },
    state: {
      value: 'file',
      summary: 'where it is written down how far the run is; left out: a file of your account',
    },
    workspace: {
      value: 'folder',
      summary: 'the workspace that `draft`, `release:` and `git:` mean; left out: the one you are in',
    },
    json: {
      summary:
        'print one JSON document: { encounters, changed, decisions: [...], moves: [...], byCode: [...], byPayer: [...], byRule: [...], unreadable }',
    },
  },
  notes: [
    `<a> is the version before, <b> the one after: ${versionNote}.`,
    'In a folder, files that end in `.encounter.yaml`, `.yaml` or `.json` hold one encounter each; those of other kinds are passed over.',
    'A run that was interrupted, by Ctrl+C or otherwise, goes on where it was when the same command is given again.',
    'An encounter that cannot be read is counted and named with its place, and stops nothing.',
    'Of the encounters only ids, places, decisions and rules are written; ids may point to people, and `--hash-ids` replaces them.',
    'A file made by `--keep` is the exception: it holds everything that the encounters say. Protect it as you protect them.',
    'One encounter of a file is looked at with `proviso run <file>:<line>`.',
  ],
  examples: [
    'impact release:latest draft --encounters claims.ndjson.gz --changed changed.ndjson',
    'impact git:HEAD draft --encounters claims/2023 claims/2024 --json',
    'impact release:3 draft --encounters claims.ndjson --keep claims.columns',
  ],

  async run(args, context) {
    const asked = readAsked(args, context);
    let isStopped = false;
    void context.untilStopped().then(() => (isStopped = true));
    const [before, after] = [
      await versionOf(asked.before, asked.folder, context),
      await versionOf(asked.after, asked.folder, context),
    ];
    const ground = groundOf(before, after);
    const survey = await surveyInputs(asked.encounters, context.cwd);
    const say = (sentence: string) => context.stderr.write(`${sentence}\n`);
    const progress = createProgress(context.stderr, context.isWatched, context.elapsed);
    let result: ImpactResult;
    try {
      result = await runImpact(
        {
          before: before.program,
          after: after.program,
          ground,
          encounters: asked.encounters,
          cwd: context.cwd,
          bytes: survey.bytes,
          asked: { before: hashOfRules(before), after: hashOfRules(after), encounters: survey.digest },
          stateFile: asked.stateFile,
          changed: asked.changed,
          keep: asked.keep,
          keepFrom: hashOf([
            survey.digest,
            ground.vocabulary.facts,
            [...(ground.payers ?? [])],
            endianness(),
          ]),
          hashIds: args.has('hash-ids'),
          fresh: args.has('fresh'),
        },
        { elapsed: context.elapsed, isStopped: () => isStopped, say, progress: progress.at },
      );
    } finally {
      progress.end();
    }
    if (args.has('json')) context.stdout.write(jsonText(documentOf(asked, result, survey)));
    else context.stdout.write(textOf(asked, result, survey, after, args, context));
    if (!result.isWhole) {
      say(stoppedText(result));
      return exitCodes.no;
    }
    await result.forget();
    return result.state.encounters === 0 ? exitCodes.no : exitCodes.ok;
  },
};

interface AskedImpact {
  readonly before: string;
  readonly after: string;
  readonly encounters: readonly string[];
  readonly folder: string | null;
  readonly changed: string | null;
  readonly keep: string | null;
  readonly stateFile: string;
}

function readAsked(args: Arguments, context: Context): AskedImpact {
  const [before, after, ...more] = args.positionals;
  const first = args.value('encounters');
  if (before === undefined || after === undefined)
    throw new InputError('name two versions: the one before and the one after.', hint);
  if (first === null) throw new InputError('name the encounters: `--encounters <folder or file>`.', hint);
  const encounters = [first, ...more];
  const absolute = (name: string) => {
    const written = args.value(name);
    return written === null ? null : path.resolve(context.cwd, written);
  };
  const [changed, keep, folder] = [absolute('changed'), absolute('keep'), args.value('workspace')];
  const inputs = encounters.map((name) => path.resolve(context.cwd, name));
  const outputs = [changed, keep, absolute('state')].filter((file) => file !== null);
  const clash = outputs.find((file, index) => inputs.includes(file) || outputs.indexOf(file) !== index);
  if (clash !== undefined)
    throw new InputError(`\`${path.relative(context.cwd, clash)}\` is named for two things.`, hint);
  // The same command has the same state; whether what it means is still the same is looked at on its own.
  const key = hashOf([context.cwd, before, after, folder, inputs, changed, keep, args.has('hash-ids')]);
  return {
    before,
    after,
    encounters,
    folder,
    changed,
    keep,
    stateFile: absolute('state') ?? path.join(context.stateFolder, 'impact', `${key.slice(0, 32)}.json`),
  };
}

/** What encounters are read with, so that one reading serves both versions. */
function groundOf(before: Workspace, after: Workspace): Ground {
  const { vocabulary, differing } = joinedVocabulary(after.vocabulary, before.vocabulary);
  const [fact] = differing;
  if (fact !== undefined)
    throw new InputError(
      `the fact \`${fact}\` is another kind of thing in the two versions, so no encounter can be read for both.`,
      'Give it the same type, values and bounds in both, or another name in one.',
    );
  return { vocabulary, payers: payersOfBoth(before, after) };
}

/** Of everything that decides: suites and saved encounters have no say in it. */
function hashOfRules({ files }: Workspace): string {
  return hashOf(
    [...files].filter(([file]) => file.startsWith('rules/')).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function stoppedText({ state }: ImpactResult): string {
  return `Stopped after ${number(state.encounters)} encounters, which are counted above. The same command goes on from here; with --fresh it begins anew.`;
}

function textOf(
  { before, after }: AskedImpact,
  { state, isWhole }: ImpactResult,
  { passedOver }: Survey,
  { lists }: Workspace,
  args: Arguments,
  context: Context,
): string {
  const { encounters, unreadable, impact: rows, seconds } = state;
  const told = { before, after, encounters, unreadable, rows, passedOver };
  const [changed, keep] = [args.value('changed'), args.value('keep')];
  const lines = isWhole
    ? [
        `Counted in ${durationWords(seconds)}, ${number(Math.round(encounters / Math.max(seconds, 0.001)))} encounters a second.`,
        ...(changed ? [`The encounters that are decided otherwise are in ${changed}.`] : []),
        ...(keep ? [`The encounters are kept in ${keep}; it holds everything that they say.`] : []),
      ]
    : [];
  return `${impactText(told, lists, paintFor(context.color))}${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`;
}

/** Charges are whole cents, so that nothing is rounded. */
function documentOf(
  { before, after }: AskedImpact,
  { state, isWhole }: ImpactResult,
  { files, passedOver }: Survey,
) {
  const { encounters, unreadable, impact: rows, seconds } = state;
  return {
    before,
    after,
    complete: isWhole,
    encounters,
    changed: rows.changed,
    linesWithoutCharge: rows.linesWithoutCharge,
    decisions: decisionTotals(rows.encounters),
    moves: movesOnly(rows.encounters),
    lines: { decisions: decisionTotals(rows.lines), moves: movesOnly(rows.lines) },
    byCode: rows.byCode.map(({ code, moves }) => ({ code, ...grouped(moves) })),
    byPayer: rows.byPayer.map(({ payer, moves }) => ({ payer, ...grouped(moves) })),
    byRule: rows.byRule,
    unreadable: {
      count: unreadable.count,
      listed: unreadable.listed.map(({ place, reason }) => ({ ...place, reason })),
    },
    files,
    passedOver,
    seconds: Number(seconds.toFixed(3)),
  };
}

function grouped(moves: ImpactRows['lines']) {
  return { decisions: decisionTotals(moves), moves: movesOnly(moves) };
}

function movesOnly(moves: readonly Move[]): readonly Move[] {
  return moves.filter(({ before, after }) => before !== after);
}
