import { declarations } from '../javascript/declarations.ts';
import { inputSchema } from '../input-schema.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';
import { writeModule } from './write-module.ts';
import { writeReadme } from './write-readme.ts';
import { writeRules } from './write-rules.ts';

/** The versions that the export is proven on, and that its package.json asks for. */
const packageFile = {
  name: 'policies',
  private: true,
  type: 'module',
  dependencies: { 'json-rules-engine': '7.3.1' },
  overrides: { 'jsonpath-plus': '11.3.0' },
};

export const jsonRulesEngine: Target = {
  id: 'json-rules-engine',
  title: 'json-rules-engine',
  audience: 'Teams who run rules as JSON in services on Node.js, and read and list them there.',
  decides: true,
  write: ({ program }) => ({
    files: [
      { path: 'README.md', text: writeReadme(packageFile.dependencies['json-rules-engine']) },
      {
        path: 'facts.d.mts',
        text: declarations.replace(
          'judge(encounter: unknown): Answer | { readonly refused: readonly Problem[] }',
          'judge(encounter: unknown): Promise<Answer | { readonly refused: readonly Problem[] }>',
        ),
      },
      { path: 'facts.mjs', text: writeModule() },
      { path: 'input.schema.json', text: inputSchema(program) },
      { path: 'package.json', text: asJson(packageFile) },
      { path: 'rules.json', text: asJson(writeRules(program)) },
    ],
    refused: [],
    losses: [noMessages],
  }),
};

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
