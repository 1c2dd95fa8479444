import { expect, test } from 'vitest';

import { dayOf } from '#engine';

import type { Ask, Port } from './client.ts';
import { createClient } from './client.ts';
import { inProcess } from './in-process.ts';
import type { Question } from './protocol.ts';

const change = (path: string, text: string, saved = false): Ask => ({
  kind: 'change',
  changes: [{ path, text }],
  saved,
});
const explain = (caseKey: string): Ask => ({ kind: 'explain', caseKey });

/** A worker that notes what it is asked and answers when it is told to. */
function standIn(): Port & { readonly log: readonly Question[]; readonly answer: (seq: number) => void } {
  const log: Question[] = [];
  let listener: Parameters<Port['addEventListener']>[1] = () => undefined;
  return {
    log,
    postMessage: (question) => log.push(question),
    addEventListener: (_, given) => {
      listener = given;
    },
    answer: (seq) => listener({ data: { kind: 'failed', seq, message: 'it broke' } }),
  };
}

/** Asks everything at once, then answers one question after the other; what was really sent, as text. */
function sent(...questions: readonly Ask[]): readonly string[] {
  const { log, answer, ...port } = standIn();
  const client = createClient(port, () => undefined);
  for (const question of questions) client.ask(question);
  for (let at = 0; at < log.length; at += 1) answer(log[at]!.seq);
  return log.map((question) => {
    if (question.kind === 'explain') return `explain ${question.caseKey}`;
    if (question.kind !== 'change') return question.kind;
    const changes = question.changes.map(({ path, text }) => `${path}=${text}`).join(' ');
    return `${question.saved ? 'saved' : 'draft'} ${changes}`;
  });
}

test('the first question goes at once, of the later ones only the newest', () => {
  expect(sent(change('a', '1'), change('a', '2'), change('a', '3'))).toEqual(['draft a=1', 'draft a=3']);
});

test('changes of different files are asked together', () => {
  expect(sent(change('a', '1'), change('a', '2'), change('b', '1'))).toEqual(['draft a=1', 'draft a=2 b=1']);
});

test('a save stays a save', () => {
  expect(sent(change('a', '1'), change('a', '2'), change('a', '2', true), change('a', '3'))).toEqual([
    'draft a=1',
    'draft a=2',
    'saved a=2',
    'draft a=3',
  ]);
});

test('of several cases only the last is explained', () => {
  expect(sent(change('a', '1'), explain('x'), explain('y'), change('a', '2'))).toEqual([
    'draft a=1',
    'explain y',
    'draft a=2',
  ]);
});

test('an answer that is not awaited does not let a second question overtake', () => {
  const { log, answer, ...port } = standIn();
  const client = createClient(port, () => undefined);
  client.ask(change('a', '1'));
  client.ask(change('a', '2'));
  answer(99);
  expect(log.length).toBe(1);
});

test('a query is answered to whoever asked, after every change before it', async () => {
  const questions: string[] = [];
  const answers: string[] = [];
  const client = createClient(
    inProcess(dayOf(2024, 3, 4), ({ kind }) => questions.push(kind)),
    ({ kind }) => answers.push(kind),
  );
  client.ask({ kind: 'open', files: [] });
  client.ask(change('a.policy.yaml', 'policy:   a\n'));
  const texts = await Promise.all(
    ['a:   1\n', 'b:   2\n'].map((text) => client.query('format', { path: 'a.policy.yaml', text })),
  );
  expect(texts).toEqual(['a: 1\n', 'b: 2\n']);
  expect(questions).toEqual(['open', 'change', 'query', 'query']);
  expect(answers).toEqual(['judged', 'judged']);
});

test('a query that fails says so to whoever asked', async () => {
  const { log, answer, ...port } = standIn();
  const client = createClient(port, () => undefined);
  const asked = client.query('format', { path: 'a', text: '' });
  answer(log[0]!.seq);
  await expect(asked).rejects.toThrow('it broke');
});
