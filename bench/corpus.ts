import {
  addImpacts,
  columnsOf,
  createColumnJudge,
  factTable,
  impactOf,
  noImpact,
  updateWorkspace,
} from '#engine';
import type { Columns, JudgedColumns, Program, Workspace } from '#engine';
import { syntheticEncounters } from './encounters.ts';
import { measureInTurns, spread } from './measure.ts';
import type { Spread } from './measure.ts';

const inBlock = 10_000;

export interface CorpusFigures {
  /** Two versions judged without anything kept but the columns, and counted: CPU µs an encounter. */
  readonly compared: Spread;
  /** One edited rule judged again over all, CPU ms. */
  readonly edited: Spread;
  /** The same with its file read again, and everything counted against the version before. */
  readonly editedAndCounted: Spread;
  /** The same of an edited limit that the time rule reads. */
  readonly limit: Spread;
  readonly bytesEach: number;
}

/** What an author waits for over many encounters, which are laid out in columns once. */
export async function measureCorpus(
  workspace: Workspace,
  howMany: number,
  seed: number,
  rounds: number,
): Promise<CorpusFigures> {
  const blocks: Columns[] = [];
  for (let made = 0; made < howMany; made += inBlock) {
    const encounters = syntheticEncounters(Math.min(inBlock, howMany - made), seed + blocks.length);
    const tables = encounters.map((encounter) => factTable(encounter, workspace.vocabulary));
    blocks.push(columnsOf(tables, workspace.vocabulary));
  }
  const judges = blocks.map(createColumnJudge);
  const judgeAll = (program: Program) => judges.map((judgeBlock) => judgeBlock(program));
  const first = judgeAll(workspace.program);
  const count = (after: readonly JudgedColumns[]) =>
    after.reduce((sum, judged, index) => addImpacts(sum, impactOf(first[index]!, judged)), noImpact);

  // Every turn writes a number that was not there before: no answer can be left over from an earlier turn.
  let turn = 1;
  const edit = (path: string, was: string, becomes: (turn: number) => string) => {
    const text = workspace.files.get(path)!;
    turn += 1;
    const edited = text.replace(was, becomes(turn));
    if (edited === text) throw new Error(`${path} is not as the bench expects it`);
    const { program, diagnostics } = updateWorkspace(workspace, [{ path, text: edited }]);
    const [mistake] = diagnostics.filter(({ severity }) => severity === 'error');
    if (mistake) throw new Error(`the edit of the bench is a mistake: ${mistake.message}`);
    return program;
  };
  const editRule = () =>
    edit(
      'rules/hns/hns-therapies/2019-05-01.policy.yaml',
      'require: { line.units: { atMost: $massageUnits } }',
      (limit) => `require: { line.units: { atMost: ${limit} } }`,
    );
  const editLimit = () =>
    edit(
      'rules/hns/hns-97530-time/2019-05-01.policy.yaml',
      'minimumMinutes: { value: 8',
      (limit) => `minimumMinutes: { value: ${8 + limit}`,
    );
  const rule = count(judgeAll(editRule())).byRule.get('hns-therapies/massage-units');
  if (!rule || rule.after.violated.count >= rule.before.violated.count)
    throw new Error('the edited rule says what it said');
  const programs = Array.from({ length: rounds + 1 }, editRule);
  const other = editLimit();
  const compared = await measureInTurns(
    [
      {
        name: 'compared',
        encounters: howMany,
        run: () =>
          blocks.reduce((sum, columns) => {
            const judgeBlock = createColumnJudge(columns);
            return addImpacts(sum, impactOf(judgeBlock(workspace.program), judgeBlock(other)));
          }, noImpact),
      },
    ],
    rounds,
  );
  const edits = await measureInTurns(
    [
      { name: 'edited', encounters: 1_000, run: () => judgeAll(programs.pop()!) },
      { name: 'editedAndCounted', encounters: 1_000, run: () => count(judgeAll(editRule())) },
      { name: 'limit', encounters: 1_000, run: () => count(judgeAll(editLimit())) },
    ],
    rounds,
  );
  return {
    compared: spread(compared.get('compared')!),
    edited: spread(edits.get('edited')!),
    editedAndCounted: spread(edits.get('editedAndCounted')!),
    limit: spread(edits.get('limit')!),
    bytesEach: blocks.reduce((sum, columns) => sum + bytesOf(columns), 0) / howMany,
  };
}

function bytesOf({ facts, lineStart, priorStart, order, days, hasPrior }: Columns): number {
  return [...facts.values()].reduce(
    (sum, { codes }) => sum + codes.byteLength,
    [lineStart, priorStart, order, days, hasPrior].reduce((sum, { byteLength }) => sum + byteLength, 0),
  );
}
