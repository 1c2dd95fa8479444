import { inputSchema } from '../input-schema.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';
import { declarations } from './declarations.ts';
import { writeModule } from './write-module.ts';
import { writeReadme } from './write-readme.ts';

export const javascript: Target = {
  id: 'javascript',
  title: 'JavaScript',
  audience: 'Teams who judge claims in a service of their own, on Node.js or any other JavaScript engine.',
  decides: true,
  write: ({ program }) => ({
    files: [
      { path: 'README.md', text: writeReadme(program) },
      { path: 'input.schema.json', text: inputSchema(program) },
      { path: 'policy.d.mts', text: declarations },
      { path: 'policy.mjs', text: writeModule(program) },
    ],
    refused: [],
    losses: [noMessages],
  }),
};
