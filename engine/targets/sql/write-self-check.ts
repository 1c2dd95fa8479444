import { readDocument } from '../../intermediate/document.ts';
import type { PlainProgram } from '../../intermediate/form.ts';
import type { KitLine } from '../kit-line.ts';
import type { InputNames } from './names.ts';
import { text } from './names.ts';
import { insertStatements, rowsOf } from './write-input.ts';
import type { Rows } from './write-input.ts';

/** The kit as rows of the tables of `schema.sql`, and what must be found as rows beside them. */
export function selfCheckData(kit: readonly KitLine[], program: PlainProgram, names: InputNames): string {
  const judged = kit.flatMap(({ id, encounter, expected }) => {
    const { input } = readDocument(encounter, program);
    return input && expected.answer ? [{ input: { ...input, id }, answer: expected.answer }] : [];
  });
  const rules: Rows = {
    table: 'proviso_expected_finding',
    columns: ['encounter_id', 'line', 'kind', 'rule_id'],
    values: judged.flatMap(({ input, answer }) =>
      [{ line: 0, ...answer.visit }, ...answer.lines].flatMap(({ line, violated, undetermined }) => [
        ...violated.map((rule) => [text(input.id), String(line), `'violated'`, text(rule)]),
        ...undetermined.map((rule) => [text(input.id), String(line), `'undetermined'`, text(rule)]),
      ]),
    ),
  };
  const lines: Rows = {
    table: 'proviso_expected_line',
    columns: ['encounter_id', 'line', 'decision', 'supportable_units'],
    values: judged.flatMap(({ input, answer }) =>
      answer.lines.map(({ line, decision, supportableUnits }) => [
        text(input.id),
        String(line),
        text(decision),
        supportableUnits === null ? 'NULL' : String(supportableUnits),
      ]),
    ),
  };
  const encounters: Rows = {
    table: 'proviso_expected_encounter',
    columns: ['encounter_id', 'decision'],
    values: judged.map(({ input, answer }) => [text(input.id), text(answer.decision)]),
  };
  const rows = [
    ...rowsOf(
      judged.map(({ input }) => input),
      names,
    ),
    encounters,
    lines,
    rules,
  ];
  return `${[tables, ...rows.flatMap((one) => insertStatements(one))].join('\n\n')}\n`;
}

const tables = `CREATE TABLE proviso_expected_encounter (encounter_id TEXT NOT NULL, decision TEXT NOT NULL);

CREATE TABLE proviso_expected_line (
  encounter_id TEXT NOT NULL, line BIGINT NOT NULL, decision TEXT NOT NULL, supportable_units BIGINT
);

CREATE TABLE proviso_expected_finding (
  encounter_id TEXT NOT NULL, line BIGINT NOT NULL, kind TEXT NOT NULL, rule_id TEXT NOT NULL
);`;

/** Everything in which the answers differ from the expected ones; to be run after `policy.sql`. */
export const selfCheckView = `DROP VIEW IF EXISTS proviso_self_check;

CREATE VIEW proviso_self_check AS
SELECT x.encounter_id, 0 AS line, 'decision' AS what, x.decision AS expected, a.decision AS found
FROM proviso_expected_encounter x
LEFT JOIN proviso_encounter_answer a ON a.encounter_id = x.encounter_id
WHERE a.decision IS NULL OR a.decision <> x.decision
UNION ALL
SELECT x.encounter_id, x.line, 'decision of the line', x.decision, a.decision
FROM proviso_expected_line x
LEFT JOIN proviso_line_answer a ON a.encounter_id = x.encounter_id AND a.line = x.line
WHERE a.decision IS NULL OR a.decision <> x.decision
UNION ALL
SELECT x.encounter_id, x.line, 'supportable units', CAST(x.supportable_units AS TEXT), CAST(a.supportable_units AS TEXT)
FROM proviso_expected_line x
JOIN proviso_line_answer a ON a.encounter_id = x.encounter_id AND a.line = x.line
WHERE COALESCE(x.supportable_units, -1) <> COALESCE(a.supportable_units, -1)
UNION ALL
SELECT x.encounter_id, x.line, x.kind, x.rule_id, NULL
FROM proviso_expected_finding x
LEFT JOIN proviso_finding f ON f.encounter_id = x.encounter_id AND f.line = x.line AND f.kind = x.kind AND f.rule_id = x.rule_id
WHERE f.rule_id IS NULL
UNION ALL
SELECT f.encounter_id, f.line, f.kind, NULL, f.rule_id
FROM proviso_finding f
LEFT JOIN proviso_expected_finding x ON x.encounter_id = f.encounter_id AND x.line = f.line AND x.kind = f.kind AND x.rule_id = f.rule_id
WHERE x.rule_id IS NULL;
`;
