import { inputNames, insertStatements, readDocument, rowsOf } from '#engine';
import type { Answer, Input, PlainProgram, TargetFile } from '#engine';
import type { EngineAnswer, LoadedExport } from '../engine.ts';

/** A database of one engine that is ours alone. */
export interface SqlDatabase {
  /** Statements, each ended by a semicolon. */
  readonly run: (statements: string) => Promise<void>;
  readonly rows: (query: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => Promise<void>;
}

/** The export in a database: its tables are made, filled with the encounters of each call, judged, and emptied. */
export async function loadSql(
  database: SqlDatabase,
  files: readonly TargetFile[],
  program: PlainProgram,
  dialect: '' | '.spark' = '',
): Promise<LoadedExport> {
  const textOf = (path: string) => files.find((file) => file.path === path)!.text;
  const [schema, policy] = [textOf(`schema${dialect}.sql`), textOf('policy.sql')];
  const emptied = dialect === '.spark' ? 'TRUNCATE TABLE' : 'DELETE FROM';
  const names = inputNames(program);
  const tables = [...schema.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name]) => name!);
  await database.run(schema);
  return {
    async judge(encounters) {
      const read = encounters.map((encounter) => readDocument(encounter, program));
      // Encounters of a warehouse have ids of their own; here the position tells apart what has the same.
      const inputs = read.flatMap(({ input }, at): Input[] => (input ? [{ ...input, id: String(at) }] : []));
      const fill = rowsOf(inputs, names).flatMap((rows) => insertStatements(rows));
      const empty = tables.map((table) => `${emptied} ${table};`);
      // At once, because for a server each is a program that is started.
      await database.run([...empty, ...fill, policy].join('\n'));
      const answers = await readAnswers(database, inputs);
      return read.map(({ problems }, at): EngineAnswer =>
        problems ? { answer: null, refused: problems } : { answer: answers.get(String(at))!, refused: null },
      );
    },
    unload: () => database.close(),
  };
}

interface Found {
  readonly violated: string[];
  readonly undetermined: string[];
}

async function readAnswers(
  { rows }: SqlDatabase,
  inputs: readonly Input[],
): Promise<ReadonlyMap<string, Answer>> {
  const found = new Map<string, Found>();
  const at = (encounter: unknown, line: unknown) => `${String(encounter)} ${Number(line)}`;
  const foundAt = (key: string) => {
    const known = found.get(key) ?? { violated: [], undetermined: [] };
    found.set(key, known);
    return known;
  };
  for (const row of await rows('SELECT encounter_id, line, kind, rule_id FROM proviso_finding'))
    foundAt(at(row.encounter_id, row.line))[row.kind as keyof Found].push(String(row.rule_id));
  const lines = new Map(
    (await rows('SELECT encounter_id, line, decision, supportable_units FROM proviso_line_answer')).map(
      (row) => [at(row.encounter_id, row.line), row],
    ),
  );
  const whole = new Map(
    (await rows('SELECT encounter_id, decision FROM proviso_encounter_answer')).map((row) => [
      String(row.encounter_id),
      row.decision,
    ]),
  );
  const subject = (key: string) => {
    const { violated, undetermined } = foundAt(key);
    return { violated: violated.toSorted(), undetermined: undetermined.toSorted() };
  };
  return new Map(
    inputs.map(({ id, lines: billed }): [string, Answer] => [
      id,
      {
        decision: whole.get(id) as Answer['decision'],
        lines: billed.map((_, index) => {
          const row = lines.get(at(id, index + 1));
          return {
            line: index + 1,
            decision: row?.decision as Answer['decision'],
            supportableUnits: row?.supportable_units == null ? null : Number(row.supportable_units),
            ...subject(at(id, index + 1)),
          };
        }),
        visit: subject(at(id, 0)),
      },
    ]),
  );
}
