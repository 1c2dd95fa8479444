import { inputSchema } from '../input-schema.ts';
import type { KitLine } from '../kit-line.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';
import { library } from './library.ts';
import { readme } from './write-readme.ts';
import { tablesOf, writeRules } from './write-rules.ts';

/** As many of the kit's encounters stand in the bundle as tests of its own; the whole kit is in `conformance/`. */
const testsInBundle = 200;

/** The package of an export: letters, digits and underscores only. */
export function packageOf(name: string): string {
  return `proviso.${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^(?=[0-9])/, 'p')}`;
}

export const opa: Target = {
  id: 'opa',
  title: 'Open Policy Agent',
  audience: 'Platform teams who ask one service for every decision.',
  decides: true,
  write: ({ program, name, kit }) => {
    const packageName = packageOf(name);
    const path = packageName.split('.');
    return {
      files: [
        { path: 'README.md', text: readme(packageName) },
        {
          path: 'bundle/.manifest',
          text: json({ metadata: { semantics: program.semantics }, roots: [path.join('/')] }),
        },
        {
          path: 'bundle/data.json',
          text: json(
            path.reduceRight((inner: object, part) => ({ [part]: inner }), {
              policy_tables: tablesOf(program),
            }),
          ),
        },
        { path: 'bundle/library.rego', text: library(packageName) },
        { path: 'bundle/policy.rego', text: writeRules(program, packageName) },
        { path: 'bundle/policy_test.rego', text: tests(kit, packageName) },
        { path: 'input.schema.json', text: inputSchema(program) },
      ],
      refused: [],
      losses: [noMessages],
    };
  },
};

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Tests for `opa test`: encounters spread evenly over the kit. */
function tests(kit: readonly KitLine[], packageName: string): string {
  const every = Math.max(1, Math.ceil(kit.length / testsInBundle));
  const written = kit
    .filter((_, at) => at % every === 0)
    .map(
      ({ id, encounter, expected }, at) =>
        `# ${id.replaceAll(/\s+/g, ' ')}\ntest_${at + 1} if {\n\tfound := policy.answer with input as ${JSON.stringify(encounter)}\n\tfound.answer == ${JSON.stringify(expected.answer)}\n\t(found.refused == null) == ${expected.refused === null}\n}`,
    );
  return `${[`package ${packageName}.kit_test`, `import data.${packageName} as policy`, 'import rego.v1', ...written].join('\n\n')}\n`;
}
