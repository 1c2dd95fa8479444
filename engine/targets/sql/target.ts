import { inputNames } from './names.ts';
import { spark, standard } from './dialects.ts';
import { writeReadme } from './write-readme.ts';
import { insertStatements, rowsOf, writeSchema } from './write-input.ts';
import { writeRules } from './write-rules.ts';
import { selfCheckData, selfCheckView } from './write-self-check.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';

export { inputNames, insertStatements, rowsOf };

export const sql: Target = {
  id: 'sql',
  title: 'SQL',
  audience: 'Audit and payment integrity teams who judge whole tables of claims in a warehouse.',
  decides: true,
  write: ({ program, kit }) => {
    const names = inputNames(program);
    const rules = writeRules(program, names);
    return {
      files: [
        { path: 'README.md', text: writeReadme(names) },
        { path: 'policy.sql', text: rules.sql },
        { path: 'schema.spark.sql', text: writeSchema(names, spark) },
        { path: 'schema.sql', text: writeSchema(names, standard) },
        { path: 'self-check-data.sql', text: selfCheckData(kit, program, names) },
        { path: 'self-check.sql', text: selfCheckView },
      ],
      refused: [],
      losses: [noMessages, ...rules.tooWide],
    };
  },
};
