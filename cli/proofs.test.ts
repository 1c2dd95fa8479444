import { expect, test } from 'vitest';
import { choosePolicies, createWorkspace } from '#engine';
import type { KitLine, TargetWriting } from '#engine';
import type { ConformanceEngine, EngineAnswer } from '../conformance/engine.ts';
import { proveExports } from './proofs.ts';
import { savedKit } from './saved-kit.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const workspace = createWorkspace(Object.entries(smallWorkspace).map(([path, text]) => ({ path, text })));
const exported = choosePolicies(workspace, null);
const kit: readonly KitLine[] = [
  ...savedKit(exported),
  {
    id: 'no-lines',
    tag: 'wrong-type',
    encounter: {},
    expected: { answer: null, refused: [{ at: 'lines', problem: 'must be a list' }] },
  },
];
const writing = {
  target: {
    id: 'sql',
    title: 'SQL',
    audience: '',
    decides: true,
    write: () => ({ files: [], refused: [], losses: [] }),
  },
  files: [],
  refused: [],
  losses: [],
} as const satisfies TargetWriting;

/** An engine that answers as it is told to; `run` counts from 0. */
function engine(answer: (line: KitLine, run: number) => EngineAnswer): ConformanceEngine {
  return {
    target: 'sql',
    id: 'told',
    title: 'Told',
    from: 'npm',
    start: async () => {
      let run = 0;
      return {
        missing: null,
        version: '1.2',
        load: async () => ({
          judge: async () => {
            const answers = kit.map((line) => answer(line, run));
            run += 1;
            return answers;
          },
          unload: async () => undefined,
        }),
        stop: async () => undefined,
      };
    },
  };
}

/** No package, and no name that a compiler would look up. */
const absent = ['no', 'such', 'package'].join('-');

const right = ({ expected }: KitLine): EngineAnswer => expected;
const wrong = ({ expected }: KitLine): EngineAnswer =>
  expected.answer === null ? expected : { answer: { ...expected.answer, decision: 'advise' }, refused: null };
const all = {
  proven: true,
  target: 'sql',
  engine: 'Told',
  version: '1.2',
  runs: 3,
  steady: true,
  identical: 5,
  total: 5,
  cannotHold: [],
  mutants: null,
};

test.each<[string, ConformanceEngine, object, readonly string[]]>([
  ['answers as expected', engine(right), all, []],
  [
    'refuses in words of its own',
    engine((line) =>
      line.expected.refused ? { answer: null, refused: [{ at: 'lines', problem: '' }] } : right(line),
    ),
    all,
    [],
  ],
  [
    'refuses for another reason',
    engine((line) =>
      line.expected.refused ? { answer: null, refused: [{ at: 'visit', problem: '' }] } : right(line),
    ),
    { ...all, identical: 4 },
    ['1 of 5 answered otherwise: no-lines'],
  ],
  [
    'answers otherwise',
    engine(wrong),
    { ...all, identical: 1 },
    [
      `4 of 5 answered otherwise: ${kit
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')}, …`,
    ],
  ],
  [
    'answers otherwise from run to run',
    engine((line, run) => (run === 1 && line.id === kit[0]!.id ? wrong(line) : right(line))),
    { ...all, steady: false },
    [`1 answered otherwise from run to run: ${kit[0]!.id}`],
  ],
  [
    'cannot hold an encounter',
    engine((line) => (line.id === 'no-lines' ? { cannotHold: 'It has no lines.' } : right(line))),
    { ...all, identical: 4, total: 4, cannotHold: ['no-lines'] },
    [],
  ],
  [
    'is not here',
    { ...engine(right), start: async () => ({ missing: 'there is no server.' }) },
    { proven: false, target: 'sql', why: 'Told is not here: there is no server.' },
    [],
  ],
  [
    'is not installed',
    { ...engine(right), start: () => import(absent) },
    { proven: false, target: 'sql', why: 'Told is not here: its package is not installed.' },
    [],
  ],
  [
    'is left to another command',
    { ...engine(right), from: 'machine' },
    { proven: false, target: 'sql', why: 'no engine of it comes with Proviso.' },
    [],
  ],
])('an engine that %s', async (_, one, proof, told) => {
  expect(kit).toHaveLength(5);
  const found = await proveExports(exported, [writing], kit, [one], () => undefined);
  expect(found).toEqual({
    proofs: [proof],
    failed: told.length === 0 ? [] : [{ target: 'sql', engine: 'Told', told }],
  });
});

test('a mistake in an engine of ours is none of the policies, and is not caught', async () => {
  const broken = { ...engine(right), start: () => Promise.reject(new Error('broken')) };
  await expect(proveExports(exported, [writing], kit, [broken], () => undefined)).rejects.toThrow('broken');
});
