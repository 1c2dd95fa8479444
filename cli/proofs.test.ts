import { expect, test } from 'vitest';
import { choosePolicies, createWorkspace, makeKit, savedEncounters } from '#engine';
import type { KitLine, TargetWriting } from '#engine';
import type { ConformanceEngine, EngineAnswer } from '../conformance/engine.ts';
import { proveExports } from './proofs.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const workspace = createWorkspace(Object.entries(smallWorkspace).map(([path, text]) => ({ path, text })));
const exported = choosePolicies(workspace, null);
const all = makeKit({
  policies: exported.policies,
  vocabulary: workspace.vocabulary,
  payers: workspace.payers,
  saved: savedEncounters(workspace),
});
const isAnswered = ({ expected }: KitLine) => expected.refused === null;
/** Four that are answered, and one that is refused. */
const kit = [...all.filter(isAnswered).slice(0, 4), all.find((line) => !isAnswered(line))!];
const [first, , , , last] = kit as [KitLine, KitLine, KitLine, KitLine, KitLine];

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
          judge: async (encounters) => {
            const answers = encounters.map((encounter) =>
              answer(
                all.find((line) => line.encounter === encounter)!,
                run,
              ),
            );
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

const hanging: ConformanceEngine = {
  ...engine(({ expected }) => expected),
  start: async () => ({
    missing: null,
    version: '1.2',
    load: () => new Promise(() => undefined),
    stop: async () => undefined,
  }),
};

/** No package, and no name that a compiler would look up. */
const absent = ['no', 'such', 'package'].join('-');

const right = ({ expected }: KitLine): EngineAnswer => expected;
const wrong = ({ expected }: KitLine): EngineAnswer =>
  expected.answer === null ? expected : { answer: { ...expected.answer, decision: 'advise' }, refused: null };
/** An answer as it is told. */
const said = (answer: EngineAnswer): string =>
  answer.cannotHold ??
  (answer.refused
    ? `refused at ${answer.refused.map(({ at }) => at).join(', ')}`
    : JSON.stringify(answer.answer));
const request = (one: ConformanceEngine) => ({
  exported,
  written: [writing],
  kit,
  withMutants: false,
  engines: [one],
  onStart: () => undefined,
});
const whole = {
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
  ['answers as expected', engine(right), whole, []],
  [
    'refuses in words of its own',
    engine((line) =>
      line.expected.refused
        ? { answer: null, refused: line.expected.refused.map(({ at }) => ({ at, problem: '' })) }
        : right(line),
    ),
    whole,
    [],
  ],
  [
    'refuses for another reason',
    engine((line) =>
      line.expected.refused ? { answer: null, refused: [{ at: 'elsewhere', problem: '' }] } : right(line),
    ),
    { ...whole, identical: 4 },
    [
      '1 of 5 answered otherwise',
      `${last.id}: expected ${said(last.expected)}; answered refused at elsewhere`,
    ],
  ],
  [
    'answers otherwise',
    engine(wrong),
    { ...whole, identical: 1 },
    [
      '4 of 5 answered otherwise',
      ...kit
        .slice(0, 3)
        .map((line) => `${line.id}: expected ${said(line.expected)}; answered ${said(wrong(line))}`),
    ],
  ],
  [
    'answers otherwise from run to run',
    engine((line, run) => (run === 1 && line === first ? wrong(line) : right(line))),
    { ...whole, steady: false, identical: 4 },
    [
      '1 of 5 answered otherwise',
      `${first.id}: expected ${said(first.expected)}; answered ${said(wrong(first))}`,
      `1 answered otherwise from run to run: ${first.id}`,
    ],
  ],
  [
    'cannot hold an encounter',
    engine((line) => (line === last ? { cannotHold: 'It has no lines.' } : right(line))),
    { ...whole, identical: 4, total: 4, cannotHold: [last.id] },
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
    'does not come back',
    hanging,
    { proven: false, target: 'sql', why: 'Told did not answer within 0.001 minutes and was stopped.' },
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
  const found = await proveExports({ ...request(one), ...(one === hanging ? { minutes: 0.001 } : {}) });
  expect({ ...found, proofs: found.proofs.map((timed) => timed.proof) }).toEqual({
    proofs: [proof],
    failed: told.length === 0 ? [] : [{ target: 'sql', engine: 'Told', told }],
  });
});

test('deliberate errors that an engine does not show are told', async () => {
  const found = await proveExports({ ...request(engine(right)), kit: all, withMutants: true });
  const proof = found.proofs[0]?.proof;
  if (!proof?.proven) throw new Error('the engine is here');
  // Whatever is exported, this engine answers as if nothing was wrong; so of the errors none is caught.
  expect(proof.mutants).toEqual({ caught: 0, total: proof.mutants?.total });
  expect(proof.mutants?.total).toBeGreaterThan(3);
  expect(found.failed.map(({ told }) => told[0])).toEqual([
    expect.stringMatching(`^${proof.mutants?.total} deliberate errors not noticed: `),
  ]);
});

test('a mistake in an engine of ours is none of the policies, and is not caught', async () => {
  const broken = { ...engine(right), start: () => Promise.reject(new Error('broken')) };
  await expect(proveExports(request(broken))).rejects.toThrow('broken');
});

test('how long an engine took is told beside its proof, in seconds, and nothing of one that was not run', async () => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
  const slow: ConformanceEngine = {
    ...engine(right),
    start: async () => {
      const started = await engine(right).start();
      if (started.missing !== null) return started;
      return {
        ...started,
        load: async (files, program) => {
          await pause();
          return started.load(files, program);
        },
      };
    },
  };
  const { proofs } = await proveExports(request(slow));
  expect(proofs.map(({ seconds }) => seconds! >= 0.1 && seconds! < 10)).toEqual([true]);
  const absent = { ...engine(right), start: async () => ({ missing: 'it is not here.' }) };
  expect((await proveExports(request(absent))).proofs.map(({ seconds }) => seconds)).toEqual([null]);
});
