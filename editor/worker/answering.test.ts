import { describe, expect, test } from 'vitest';

import { dayOf } from '#engine';

import { createAnswering, enqueue } from './answering.ts';
import type { Answer, Question } from './protocol.ts';

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'seq'> : never) : never;

const change = (path: string, text: string, saved = false): Asked => ({
  kind: 'change',
  changes: [{ path, text }],
  saved,
});
const explain = (caseKey: string): Asked => ({ kind: 'explain', caseKey });
const format = (text: string): Asked => ({
  kind: 'query',
  name: 'format',
  params: { path: 'a.policy.yaml', text },
});
const compare: Asked = { kind: 'query', name: 'compare', params: undefined };
const stop: Asked = { kind: 'stop' };

describe('questions that wait', () => {
  /** What is left of several questions, as text. */
  const left = (...asked: readonly Asked[]): readonly string[] =>
    asked
      .map((question, index): Question => ({ ...question, seq: index + 1 }))
      .reduce<readonly Question[]>(enqueue, [])
      .map((question) => {
        if (question.kind === 'explain') return `explain ${question.caseKey}`;
        if (question.kind !== 'change') return question.kind;
        const changes = question.changes.map(({ path, text }) => `${path}=${text}`).join(' ');
        return `${question.saved ? 'saved' : 'draft'} ${changes}`;
      });

  test('of changes of one file the last is left', () => {
    expect(left(change('a', '1'), change('a', '2'), change('a', '3'))).toEqual(['draft a=3']);
  });

  test('changes of different files are one', () => {
    expect(left(change('a', '1'), change('a', '2'), change('b', '1'))).toEqual(['draft a=2 b=1']);
  });

  test('a save stays a save', () => {
    expect(left(change('a', '2'), change('a', '2', true), change('a', '3'))).toEqual([
      'draft a=2',
      'saved a=2',
      'draft a=3',
    ]);
  });

  test('of several cases only the last is explained, and every query is answered', () => {
    expect(left(explain('x'), format('1'), explain('y'), format('2'))).toEqual([
      'query',
      'explain y',
      'query',
    ]);
  });
});

/** So many encounters that judging them takes several slices. */
const howMany = 350;
const encounter = (number: number) => ({
  path: `testcases/${number}.encounter.yaml`,
  text: `encounter: e${number}
visit: { date: 2024-03-04, received: 2024-03-11, payer: hns, placeOfService: "11", diagnoses: [M54.50] }
lines:
  - { code: 97530, units: 1, charge: 45.00, diagnosisPointers: [1], record: { minutes: ${number % 30} } }
`,
});
const policy = (rules: string) => ({
  path: 'rules/a.policy.yaml',
  text: `policy: a\ntitle: A\nkind: billing\neffective: { from: 2019-05-01 }\nrules: ${rules}\n`,
});
const encounters = Array.from({ length: howMany }, (_, index) => encounter(index));
const files = [policy('[]'), ...encounters];
const open: Asked = { kind: 'open', files };
/** The same without a mistake, so that it can be compared. */
const openSound: Asked = {
  kind: 'open',
  files: [
    policy(
      '[{ id: r, title: R, cite: s#c, when: { line.code: "97530" }, require: { line.units: 1 }, otherwise: deny }]',
    ),
    { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
    ...encounters,
  ],
};

/**
 * A thread whose clock goes on by 5 milliseconds at each look.
 * `during` is asked at the pause of that number; everything said is noted: `judged 2`, `progress 1 judging`, and what queries were told.
 */
async function talk(
  first: readonly Asked[],
  during: Readonly<Record<number, readonly Asked[]>> = {},
  tick = 5,
) {
  const said: string[] = [];
  const results: unknown[] = [];
  let [time, pauses, seq] = [0, 0, 0];
  const ask = (question: Asked) => {
    seq += 1;
    receive({ ...question, seq });
  };
  const receive = createAnswering({
    now: () => (time += tick),
    today: () => dayOf(2026, 11, 23),
    pause: async () => {
      await Promise.resolve();
      pauses += 1;
      for (const question of during[pauses] ?? []) ask(question);
    },
    reply: (answer: Answer) => {
      const words =
        answer.kind === 'progress'
          ? ` ${answer.doing}`
          : answer.kind === 'failed'
            ? ` ${answer.message}`
            : '';
      said.push(`${answer.kind} ${answer.seq}${words}`);
      if (answer.kind === 'told') results.push(answer.result);
    },
  });
  for (const question of first) ask(question);
  await expect.poll(() => said.some((words) => words.endsWith(` ${seq}`))).toBe(true);
  return { said, pauses, results };
}

describe('a long question', () => {
  test('says after half a second how far it is', async () => {
    const { said } = await talk([open]);
    const kinds = [...new Set(said)];
    expect(kinds).toEqual(['progress 1 reading', 'progress 1 judging', 'judged 1']);
    expect(said.length).toBeGreaterThan(10);
  });

  test('a short one says only what it found', async () => {
    expect((await talk([open], {}, 0)).said).toEqual(['judged 1']);
  });

  test('gives way to a newer change', async () => {
    const opening = (await talk([open])).pauses;
    // One pause before each question, then in the middle of judging.
    const { said } = await talk([open, change('b.txt', '')], {
      [opening + 2]: [change('c.txt', ''), explain('nothing')],
    });
    expect(said.filter((words) => !words.startsWith('progress'))).toEqual([
      'judged 1',
      'judged 3',
      'explained 4',
    ]);
  });

  test('lets a query through, which knows of the newest text', async () => {
    const opening = (await talk([open])).pauses;
    const { said } = await talk([open, change('b.txt', '')], { [opening + 2]: [format('a:   1\n')] });
    expect(said.filter((words) => !words.startsWith('progress'))).toEqual(['judged 1', 'told 3', 'judged 2']);
  });

  test('a slow query waits until everything is judged', async () => {
    const opening = (await talk([open])).pauses;
    const { said } = await talk([open, change('b.txt', '')], { [opening + 2]: [compare] });
    expect(said.filter((words) => !words.startsWith('progress'))).toEqual(['judged 1', 'judged 2', 'told 3']);
  });

  test('a slow query is given up for a newer change, and for the same asked again', async () => {
    const opening = (await talk([openSound])).pauses;
    const { said, results } = await talk([openSound, compare], {
      [opening + 2]: [change('b.txt', ''), compare, compare],
    });
    expect(said.filter((words) => !words.startsWith('progress'))).toEqual([
      'judged 1',
      'told 2',
      'judged 3',
      'told 4',
      'told 5',
    ]);
    expect(results).toEqual([null, null, expect.objectContaining({ kind: 'compared', equal: true })]);
  });

  test('can be stopped while it judges, and the next change judges everything', async () => {
    const opening = (await talk([open])).pauses;
    const { said } = await talk([open], { [opening - 1]: [stop, change('b.txt', '')] });
    expect(said.filter((words) => !words.startsWith('progress'))).toEqual(['stopped 2', 'judged 3']);
  });
});

test('a defect is told, and the next question is answered all the same', async () => {
  const { said } = await talk([explain('x'), open]);
  expect(said.filter((words) => !words.startsWith('progress'))).toEqual([
    'failed 1 This could not be judged: Error: asked to explain before the workspace was opened',
    'judged 2',
  ]);
});
