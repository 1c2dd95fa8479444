import type { PlainProgram } from '../../intermediate/form.ts';
import { inputSchema } from '../input-schema.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';
import { namedPeriods } from '../write-plain-period.ts';
import type { NamedPeriod } from '../write-plain-period.ts';
import { decideFunction } from './write-decide.ts';
import { readFunction } from './write-input.ts';
import { writeReadme } from './write-readme.ts';
import { writePeriod } from './write-rules.ts';
import { timeFunction } from './write-units.ts';

export const gorules: Target = {
  id: 'gorules',
  title: 'GoRules JDM',
  audience: 'Teams who run decisions on the GoRules engine, ZEN, inside their own programs.',
  decides: true,
  write: ({ program }) => ({
    files: [
      { path: 'README.md', text: writeReadme() },
      { path: 'input.schema.json', text: inputSchema(program) },
      { path: 'policy.json', text: `${JSON.stringify(writeGraph(program), null, 2)}\n` },
    ],
    refused: [],
    losses: [noMessages],
  }),
};

interface Node {
  readonly id: string;
  readonly type: 'inputNode' | 'outputNode' | 'functionNode' | 'expressionNode';
  readonly name: string;
  readonly content: unknown;
}

/** Columns from left to right; the nodes of one column stand below each other. Each column reads the one before it. */
function writeGraph(program: PlainProgram) {
  const named = namedPeriods(program);
  const code = (id: string, name: string, source: string): Node => ({
    id,
    type: 'functionNode',
    name,
    content: { source },
  });
  const time = code('time', 'Minutes to units', timeFunction(named));
  const columns: readonly (readonly Node[])[] = [
    [{ id: 'input', type: 'inputNode', name: 'Encounter', content: {} }],
    [code('read', 'Read the encounter', readFunction(program))],
    [time],
    named.map((one) => periodNode(one, program)),
    [code('decide', 'Decide', decideFunction(named))],
    [{ id: 'output', type: 'outputNode', name: 'Answer', content: {} }],
  ];
  const steps = columns
    .slice(1)
    .flatMap((to, at) =>
      columns[at]!.flatMap((source) => to.map((target) => [source.id, target.id] as const)),
    );
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: columns.flatMap((column, x) =>
      column.map((node, y) => ({ ...node, position: { x: 80 + x * 340, y: 80 + y * 120 } })),
    ),
    // The lines and their units are needed at the end, too.
    edges: [...steps, [time.id, 'decide'] as const].map(([sourceId, targetId]) => ({
      id: `${sourceId}-${targetId}`,
      type: 'edge',
      sourceId,
      targetId,
    })),
  };
}

function periodNode(named: NamedPeriod, program: PlainProgram): Node {
  const { key, policy, period } = named;
  const expressions = writePeriod(named, program);
  return {
    id: key,
    type: 'expressionNode',
    name: `${policy.title} (${period.from} to ${period.to ?? 'further notice'})`,
    content: {
      expressions: expressions.map(({ key: name, value }) => ({ id: name, key: name, value })),
      passThrough: false,
      inputField: null,
      outputPath: null,
      executionMode: 'single',
    },
  };
}
