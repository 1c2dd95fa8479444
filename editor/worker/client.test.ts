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
