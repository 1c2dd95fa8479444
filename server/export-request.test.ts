import { expect, onTestFinished, test } from 'vitest';
import type { Exporting, ExportProgress, ExportResult } from '../publishing/exporting.ts';
import { createHttpExporting } from '../publishing/http-exporting.ts';
import { BadRequest } from './bad-request.ts';
import { exportRequestIn } from './export-request.ts';
import { startTestServer } from './testing.ts';

const step: ExportProgress = {
  target: 'sql',
  engine: 'SQLite',
  stage: 'kit',
  done: 1,
  total: 2,
  identical: 1,
  caught: 0,
};
const result: ExportResult = { kind: 'refused', reasons: ['It cannot hold them.'] };
const wish = { targets: ['sql'], version: 'draft', mutants: false, withoutSaved: true } as const;

/** A page and its server, over a real socket. */
async function through(exporting: Partial<Exporting>) {
  const server = await startTestServer({
    exporting: {
      unavailable: null,
      targets: () => Promise.resolve([]),
      run: () => Promise.resolve(result),
      ...exporting,
    },
  });
  onTestFinished(server.dispose);
  return { server, page: createHttpExporting({ base: server.origin, token: server.token }) };
}

test('progress comes as it is told, then the result', async () => {
  const { page } = await through({
    run: async (request, onProgress) => {
      expect(request).toEqual(wish);
      onProgress(step);
      await new Promise((resolve) => setTimeout(resolve, 5));
      onProgress({ ...step, done: 2 });
      return result;
    },
  });
  const told: number[] = [];
  const found = await page.run(wish, ({ done }) => told.push(done), new AbortController().signal);
  expect([told, found]).toEqual([[1, 2], result]);
});

test('what goes wrong is told as a sentence', async () => {
  const { page } = await through({ run: () => Promise.reject(new Error('The disk is full.')) });
  await expect(page.run(wish, () => {}, new AbortController().signal)).rejects.toThrow('The disk is full.');
});

test('a stop reaches the exporter', async () => {
  let stopped = false;
  const { page } = await through({
    run: (_, onProgress, signal) =>
      new Promise((_resolve, reject) => {
        onProgress(step);
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new Error('stopped'));
        });
      }),
  });
  const stopping = new AbortController();
  const running = page.run(wish, () => stopping.abort(new Error('enough')), stopping.signal);
  await expect(running).rejects.toThrow('enough');
  await expect.poll(() => stopped).toBe(true);
});

test.each([
  [{}],
  [{ ...wish, targets: [] }],
  [{ ...wish, targets: ['--out'] }],
  [{ ...wish, targets: 'sql' }],
  [{ ...wish, version: 'git:HEAD' }],
  [{ ...wish, mutants: 'yes' }],
])('a request of another shape is refused: %j', (body) => {
  expect(() => exportRequestIn(body)).toThrow(BadRequest);
});
