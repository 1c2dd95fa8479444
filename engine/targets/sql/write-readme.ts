import type { InputNames } from './names.ts';

/** For who receives the export. */
export function writeReadme({ fields }: InputNames): string {
  const lists = fields.filter(({ list }) => list).length;
  return `# The policies as SQL

\`policy.sql\` judges every encounter in the tables of \`schema.sql\` at once. The same text runs on SQLite (3.25 or later),
DuckDB, PostgreSQL and Spark SQL; in Spark the tables are those of \`schema.spark.sql\`.

1. Make the tables of \`schema.sql\`, or views with the same columns over your own. There is a row in \`encounter\` for each
   visit, a row in \`line\` for each claim line (\`line\` counts from 1)${lists > 0 ? `, and a row for each value of the ${lists} lists` : ''}.
   Days are whole numbers since 1970-01-01 (\`date - DATE '1970-01-01'\` in PostgreSQL and DuckDB, \`julianday(date) - 2440587.5\`
   in SQLite, \`datediff(date, '1970-01-01')\` in Spark); columns that end in \`_thousandths\` hold decimals times 1000.
   A \`…_supplied\` column is false where that part of the health record was never sent; its columns must then be NULL.
   Where it was sent and a field is blank, the field is NULL and \`…_supplied\` is true. The two decide differently.
2. Run \`policy.sql\`. It makes tables of what each policy finds, \`proviso_result\` of all of it, and three views on that;
   all begin with \`proviso_\`, and running it again makes them anew.
3. Read \`proviso_encounter_answer\` (a decision for each encounter), \`proviso_line_answer\` (a decision and the units that the
   record supports for each line) and \`proviso_finding\` (violated and undetermined rules; line 0 is the visit).

To see that your database decides as ours: in an empty one run \`schema.sql\`, \`self-check-data.sql\` (encounters with their
expected answers), \`policy.sql\` and \`self-check.sql\`. The view \`proviso_self_check\` lists what differs; it must be empty.
An encounter with a value of the wrong type (minutes as text, say) cannot stand in these tables and must be refused before;
such encounters are not in the self-check.
`;
}
